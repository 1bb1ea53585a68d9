using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Web;
using BillingPortal.Web.Deciding;
using BillingPortal.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.PrepaidBalances;

/// <summary>Adds to a prepaid balance: a payment from outside, a credit note, an opening balance.</summary>
public sealed partial class AddToBalancePanel(AddingToBalance adding, CurrentCaller current, DraftKeeper drafts, TimeProvider clock, ILogger<AddToBalancePanel> log) : ComponentBase, IDisposable
{
    private MoneyAct<AddToBalanceForm> _act = default!;
    private AddToBalanceForm _form = new();
    private string _amountText = "";
    private FieldErrors _missing = FieldErrors.None;

    /// <summary>Whose balance, and what the caller may do.</summary>
    [Parameter, EditorRequired]
    public PrepaidBalanceView About { get; set; } = default!;

    /// <summary>Raised when something was posted.</summary>
    [Parameter]
    public EventCallback OnPosted { get; set; }

    private Currency Currency => About.Organization.Money;

    private OrganizationId Id => About.Id;

    private string DraftKey => "add-to-balance/" + Id;

    private FieldErrors Errors => _missing.Any ? _missing
        : _act.Kept is { } kept ? FieldErrors.Of(kept)
        : _act.Refusal is { } refusal ? FieldErrors.Of(refusal)
        : FieldErrors.None;

    /// <inheritdoc />
    public void Dispose() => _act.Dispose();

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        var live = new LivePreview<AddToBalanceForm>(PreviewAsync, InvokeAsync, StateHasChanged, clock, log);
        _act = new(live, CommitAsync, StateHasChanged, clock, log) { OnPosted = PostedAsync };
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && About.MayAdd && await drafts.FindAsync<AddToBalanceDraft>(DraftKey) is { } draft)
        {
            (_form, _amountText) = (draft.Form, draft.AmountText);
            if (_form.IsComplete)
            {
                // Under the key of a submit whose answer was lost: confirming again is answered with its receipt.
                _act.Live.Ask(_form, draft.Key);
            }

            StateHasChanged();
        }
    }

    private async Task<Outcome<Preview>> PreviewAsync(AddToBalanceForm form, string key, CancellationToken cancel) =>
        await adding.PreviewAsync(await current.GetAsync(), Id, form, key, cancel);

    /// <summary>Leaving the page does not take a submit back, so nothing cancels it.</summary>
    private async Task<Outcome<Receipt>> CommitAsync(AddToBalanceForm form, Agreement agreement, string key) =>
        await adding.CommitAsync(await current.GetAsync(), Id, form, agreement, key, CancellationToken.None);

    private Task ChooseAsync(ChangeEventArgs change) => ChangeAsync(_form with
    {
        PaymentOption = int.TryParse(change.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var option) && option > 0 ? option : null,
    });

    private async Task ChangeAsync(AddToBalanceForm form)
    {
        _form = form;
        _missing = FieldErrors.None;
        _act.Turn();
        if (form.IsComplete)
        {
            _act.Live.Ask(form);
        }
        else
        {
            _act.Live.Clear();
        }

        await drafts.KeepAsync(DraftKey, new AddToBalanceDraft(form, _amountText, Key: null));
    }

    private async Task AskAsync()
    {
        if (_form.IsComplete)
        {
            await _act.Live.AskNowAsync(_form);
            return;
        }

        _missing = FieldErrors.Of<Preview>(new Outcome<Preview>.Invalid(AddToBalanceFormRules.Instance.Errors(_form)));
    }

    private async Task SubmitAsync(ShownPreview<AddToBalanceForm> shown)
    {
        await drafts.KeepAsync(DraftKey, new AddToBalanceDraft(shown.Form, _amountText, shown.Key));
        await _act.SubmitAsync(shown);
    }

    private async Task PostedAsync(PostedAct<AddToBalanceForm> posted)
    {
        (_form, _amountText) = (new AddToBalanceForm { Type = posted.Form.Type, PaymentOption = posted.Form.PaymentOption }, "");
        await drafts.ForgetAsync(DraftKey);
        await OnPosted.InvokeAsync();
    }
}

/// <summary>What the browser's tab keeps of it, so that a lost connection loses nothing and submits nothing twice.</summary>
/// <param name="Form">What was filled in.</param>
/// <param name="AmountText">The amount as it was typed.</param>
/// <param name="Key">The key under which it was submitted; null while it was not.</param>
public sealed record AddToBalanceDraft(AddToBalanceForm Form, string AmountText, string? Key);
