using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Parts;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace BillingPortal.Capabilities.ApiTokens;

/// <summary>One's own API tokens: made, shown once, listed, revoked after asking.</summary>
public sealed partial class TokensPage(
    CurrentCaller current, ListTokens list, CreateToken create, RevokeToken revoke, TimeProvider clock, IJSRuntime browser, ILogger<TokensPage> log)
    : ComponentBase, IDisposable
{
    private readonly SortedSet<string> _scopes = new(StringComparer.Ordinal);
    private Fetching<OwnTokens> _tokens = null!;
    private ElementReference _confirm;
    private FieldErrors _errors = FieldErrors.None;
    private OutcomeText? _words;
    private NewToken? _made;
    private string? _refusal, _copied;
    private string _name = "";
    private int _days = 90;
    private long? _revoking;
    private bool _focusConfirm;

    /// <inheritdoc />
    public void Dispose() => _tokens.Dispose();

    /// <inheritdoc />
    protected override Task OnInitializedAsync()
    {
        _tokens = new(ReadAsync, StateHasChanged, log);
        return _tokens.RunAsync();
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focusConfirm)
        {
            _focusConfirm = false;
            await _confirm.FocusAsync();
        }
    }

    private static State StateOf(OwnToken token) => token switch
    {
        { RevokedAt: not null } => State.Revoked,
        { IsExpired: true } => State.Expired,
        _ => State.Active,
    };

    private static string Meaning(string scope) => string.Join(", ", Enum.GetValues<Permission>()
        .Where(permission => PermissionNames.ScopeOf(permission) == scope).Select(PermissionNames.Of));

    private async Task<OwnTokens?> ReadAsync(CancellationToken cancel)
    {
        var outcome = await list.RunAsync(await current.GetAsync(), cancel);
        _refusal = (outcome as Outcome<OwnTokens>.Refused)?.Refusal.Message;
        return (outcome as Outcome<OwnTokens>.Done)?.Value;
    }

    private void Choose(string scope, bool chosen) => _ = chosen ? _scopes.Add(scope) : _scopes.Remove(scope);

    private async Task CreateAsync()
    {
        var form = new TokenForm(_name, [.. _scopes], _days == 0 ? null : Instant.Now(clock).Plus(TimeSpan.FromDays(_days)));
        var outcome = await create.RunAsync(await current.GetAsync(), form, CancellationToken.None);
        _words = OutcomeText.Of(outcome, "No token was made.");
        _errors = FieldErrors.Of(outcome);
        if (outcome is Outcome<NewToken>.Done done)
        {
            (_made, _copied, _name) = (done.Value, null, "");
            _scopes.Clear();
            await _tokens.RunAsync();
        }
    }

    private void Ask(long token) => (_revoking, _focusConfirm) = (token, true);

    private async Task RevokeAsync(long token)
    {
        var outcome = await revoke.RunAsync(await current.GetAsync(), token, CancellationToken.None);
        _words = OutcomeText.Of(outcome, "The token was not revoked.");
        _revoking = null;
        if (_made?.Id == token)
        {
            _made = null;
        }

        await _tokens.RunAsync();
    }

    private async Task CopyAsync()
    {
        try
        {
            await browser.InvokeVoidAsync("portal.copy", _made?.Text);
            _copied = "Copied.";
        }
        catch (JSException)
        {
            _copied = "The browser does not allow it here. Select the token and copy it yourself.";
        }
    }
}
