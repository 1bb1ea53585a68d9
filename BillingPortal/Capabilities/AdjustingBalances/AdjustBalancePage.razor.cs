using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Web;
using BillingPortal.Web.Deciding;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.AdjustingBalances;

/// <summary>Adjusts one organization's balance: form and live preview, commit bound to what was shown, receipt in the page.</summary>
public sealed partial class AdjustBalancePage(
    GetAdjustedOrganization about, AdjustingBalance adjusting, CurrentCaller current, DraftKeeper drafts, TimeProvider clock,
    ILogger<AdjustBalancePage> log) : ComponentBase, IDisposable
{
    private Fetching<Outcome<AdjustedOrganization>> _about = default!;
    private LivePreview<AdjustBalanceForm> _live = default!;
    private AdjustBalanceForm _form = new();
    private string _amountText = "";
    private FieldErrors _errors = FieldErrors.None;
    private PostedEntry? _posted;
    private (Preview Shown, string Reason)? _stale;
    private UnknownSubmit? _unknown;
    private bool _committing;

    /// <summary>The organization's number.</summary>
    [Parameter]
    public long Number { get; set; }

    /// <summary>Fills the bucket in: its code, as in <c>cash</c>.</summary>
    [SupplyParameterFromQuery]
    public string? Bucket { get; set; }

    /// <summary>Fills the direction in.</summary>
    [SupplyParameterFromQuery]
    public string? Direction { get; set; }

    /// <summary>Fills the amount in: an invariant decimal.</summary>
    [SupplyParameterFromQuery]
    public string? Amount { get; set; }

    /// <summary>Fills the reason in: its code.</summary>
    [SupplyParameterFromQuery]
    public string? Reason { get; set; }

    private OrganizationId Id => new(Number);

    private string DraftKey => "adjust/" + Id;

    private OutcomeText? Refusal => _live.Shown is { Preview: null } shown ? OutcomeText.Of(shown.Answer) : null;

    /// <inheritdoc />
    public void Dispose()
    {
        _about.Dispose();
        _live.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _live = new(PreviewAsync, InvokeAsync, Answered, clock, log);
        _about = new(async cancel => await about.RunAsync(await current.GetAsync(), Id, cancel), StateHasChanged, log);
        _form = AdjustmentAddress.Read(Direction, Bucket, Amount, Reason);
        _amountText = _form.Amount?.ToString(CultureInfo.CurrentCulture) ?? "";
        await _about.RunAsync();
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        var draft = Amount is null && Bucket is null ? await drafts.FindAsync<AdjustmentDraft>(DraftKey) : null;
        if (draft is { Key: { } key } && await about.PostedUnderAsync(await current.GetAsync(), Id, key, CancellationToken.None) is not null)
        {
            // The connection was lost between submit and answer: the same submit again is answered with its receipt.
            await CommitAsync(new ShownPreview<AdjustBalanceForm>(draft.Form, key, new Outcome<Preview>.Unknown("")));
            return;
        }

        (_form, _amountText) = draft is null ? (_form, _amountText) : (draft.Form, draft.AmountText);
        if (_form.IsComplete)
        {
            _live.Ask(_form, draft?.Key);
        }

        StateHasChanged();
    }

    private async Task<Outcome<Preview>> PreviewAsync(AdjustBalanceForm form, string key, CancellationToken cancel) =>
        await adjusting.PreviewAsync(await current.GetAsync(), Id, form, key, cancel);

    private void Answered()
    {
        _errors = _live.Shown is { } shown ? FieldErrors.Of(shown.Answer) : FieldErrors.None;
        StateHasChanged();
    }

    private async Task ChangeAsync(AdjustBalanceForm form)
    {
        (_form, _posted, _stale) = (form, null, null);
        if (form.IsComplete)
        {
            _live.Ask(form);
        }
        else
        {
            _live.Clear();
            _errors = FieldErrors.None;
        }

        await drafts.KeepAsync(DraftKey, new AdjustmentDraft(form, _amountText, Key: null));
    }

    private async Task AskAsync()
    {
        if (_form.IsComplete)
        {
            await _live.AskNowAsync(_form);
            return;
        }

        _errors = FieldErrors.Of<Preview>(new Outcome<Preview>.Invalid(AdjustBalanceFormRules.Instance.Errors(_form)));
    }

    private void GoOn() => _stale = null;

    private async Task CommitAsync(ShownPreview<AdjustBalanceForm> shown)
    {
        if (_committing)
        {
            return;
        }

        _committing = true;
        try
        {
            await drafts.KeepAsync(DraftKey, new AdjustmentDraft(shown.Form, _amountText, shown.Key));
            await TakeAsync(shown, await SubmitAsync(shown));
        }
        finally
        {
            _committing = false;
            StateHasChanged();
        }
    }

    /// <summary>Leaving the page does not take a submit back, so nothing cancels it.</summary>
    private async Task<Outcome<Receipt>> SubmitAsync(ShownPreview<AdjustBalanceForm> shown)
    {
        try
        {
            // An answer that was lost is asked for by its key alone: what is found is answered, and nothing else can be.
            var agreement = shown.Preview is { } preview ? Agreement.To(preview) : new Agreement(new Digest(Hash256.Genesis), Instant.Now(clock));
            return await adjusting.CommitAsync(await current.GetAsync(), Id, shown.Form, agreement, shown.Key, CancellationToken.None);
        }
#pragma warning disable CA1031 // whatever broke, it is not known whether the ledger was reached, and that is what the person must hear
        catch (Exception broken)
#pragma warning restore CA1031
        {
            SubmitBroke(log, broken);
            return new Outcome<Receipt>.Unknown("The store did not answer.");
        }
    }

    private async Task TakeAsync(ShownPreview<AdjustBalanceForm> shown, Outcome<Receipt> outcome)
    {
        _unknown = null;
        switch (outcome)
        {
            case Outcome<Receipt>.Done({ Entries: [var entry, ..] } receipt):
                var name = _about.Value is Outcome<AdjustedOrganization>.Done(var reached) ? reached.Organization.Name : "";
                var currency = _about.Value is Outcome<AdjustedOrganization>.Done(var known) ? known.Ledger.Currency : Currency.Usd;
                _posted = new PostedEntry(AdjustmentWords.Done(shown.Form, currency, name), entry, receipt.Replayed);
                (_form, _amountText, _stale) = (new AdjustBalanceForm { Direction = shown.Form.Direction }, "", null);
                _live.Clear();
                await drafts.ForgetAsync(DraftKey);
                await _about.RunAsync();
                break;
            case Outcome<Receipt>.Stale(var reason) when shown.Preview is { } seen:
                _stale = (seen, reason);
                await _live.AskNowAsync(shown.Form);
                break;
            case Outcome<Receipt>.Unknown(var reason):
                _unknown = new UnknownSubmit(shown, reason);
                break;
            default:
                await _live.AskNowAsync(shown.Form);
                _errors = FieldErrors.Of(outcome);
                break;
        }
    }

    [LoggerMessage(LogLevel.Error, "An adjustment's outcome is unknown")]
    private static partial void SubmitBroke(ILogger log, Exception broken);

    private sealed record PostedEntry(string Title, JournalEntry Entry, bool Replayed);

    private sealed record UnknownSubmit(ShownPreview<AdjustBalanceForm> Shown, string Reason);
}
