using System.Globalization;
using BillingPortal.Domain;
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
    private MoneyAct<AdjustBalanceForm> _act = default!;
    private AdjustBalanceForm _form = new();
    private string _amountText = "";
    private FieldErrors _missing = FieldErrors.None;

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

    private FieldErrors Errors => _missing.Any ? _missing
        : _act.Kept is { } kept ? FieldErrors.Of(kept)
        : _act.Refusal is { } refusal ? FieldErrors.Of(refusal)
        : FieldErrors.None;

    /// <inheritdoc />
    public void Dispose()
    {
        _about.Dispose();
        _act.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var live = new LivePreview<AdjustBalanceForm>(PreviewAsync, InvokeAsync, StateHasChanged, clock, log);
        _act = new(live, CommitAsync, StateHasChanged, clock, log) { OnPosted = PostedAsync };
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
        (_form, _amountText) = draft is null ? (_form, _amountText) : (draft.Form, draft.AmountText);
        if (draft is { Key: { } key } && await about.IsPostedAsync(await current.GetAsync(), Id, key, CancellationToken.None))
        {
            // The connection was lost between submit and answer: the same submit again is answered with its receipt.
            await SubmitAsync(new ShownPreview<AdjustBalanceForm>(draft.Form, key, new Outcome<Preview>.Unknown("")));
            return;
        }

        if (_form.IsComplete)
        {
            _act.Live.Ask(_form, draft?.Key);
        }

        StateHasChanged();
    }

    private async Task<Outcome<Preview>> PreviewAsync(AdjustBalanceForm form, string key, CancellationToken cancel) =>
        await adjusting.PreviewAsync(await current.GetAsync(), Id, form, key, cancel);

    /// <summary>Leaving the page does not take a submit back, so nothing cancels it.</summary>
    private async Task<Outcome<Receipt>> CommitAsync(AdjustBalanceForm form, Agreement agreement, string key) =>
        await adjusting.CommitAsync(await current.GetAsync(), Id, form, agreement, key, CancellationToken.None);

    private async Task ChangeAsync(AdjustBalanceForm form)
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

        await drafts.KeepAsync(DraftKey, new AdjustmentDraft(form, _amountText, Key: null));
    }

    private async Task AskAsync()
    {
        if (_form.IsComplete)
        {
            await _act.Live.AskNowAsync(_form);
            return;
        }

        _missing = FieldErrors.Of<Preview>(new Outcome<Preview>.Invalid(AdjustBalanceFormRules.Instance.Errors(_form)));
    }

    private async Task SubmitAsync(ShownPreview<AdjustBalanceForm> shown)
    {
        await drafts.KeepAsync(DraftKey, new AdjustmentDraft(shown.Form, _amountText, shown.Key));
        await _act.SubmitAsync(shown);
    }

    private async Task PostedAsync(PostedAct<AdjustBalanceForm> posted)
    {
        (_form, _amountText) = (new AdjustBalanceForm { Direction = posted.Form.Direction }, "");
        await drafts.ForgetAsync(DraftKey);
        await _about.RunAsync();
    }
}
