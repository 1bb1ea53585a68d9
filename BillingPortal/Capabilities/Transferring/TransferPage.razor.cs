using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Web;
using BillingPortal.Web.Deciding;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.Transferring;

/// <summary>Moves value between an organization and its parent or one below it: form and live preview of both ledgers, commit bound to what was shown.</summary>
public sealed partial class TransferPage(
    GetTransferDesk desks, TransferringBalance transferring, CurrentCaller current, DraftKeeper drafts, TimeProvider clock, ILogger<TransferPage> log)
    : ComponentBase, IDisposable
{
    private Fetching<Outcome<TransferDesk>> _desk = default!;
    private MoneyAct<TransferForm> _act = default!;
    private TransferForm _form = new();
    private string _amountText = "";
    private FieldErrors _missing = FieldErrors.None;
    private IReadOnlyList<ShownLedger> _shown = [];

    /// <summary>The number of the organization from whose side it is looked at.</summary>
    [Parameter]
    public long Number { get; set; }

    /// <summary>Chooses the other one: its number.</summary>
    [SupplyParameterFromQuery]
    public string? With { get; set; }

    /// <summary>Finds those below by name or number, where there are many.</summary>
    [SupplyParameterFromQuery]
    public string? Find { get; set; }

    private OrganizationId Id => new(Number);

    private string Named => Find ?? "";

    private string DraftKey => "transfer/" + Id;

    private TransferDesk? Desk => (_desk.Value as Outcome<TransferDesk>.Done)?.Value;

    private FieldErrors Errors => _missing.Any ? _missing
        : _act.Kept is { } kept ? FieldErrors.Of(kept)
        : _act.Refusal is { } refusal ? FieldErrors.Of(refusal)
        : FieldErrors.None;

    /// <inheritdoc />
    public void Dispose()
    {
        _desk.Dispose();
        _act.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var live = new LivePreview<TransferForm>(PreviewAsync, InvokeAsync, StateHasChanged, clock, log);
        _act = new(live, CommitAsync, StateHasChanged, clock, log) { OnPosted = PostedAsync };
        _desk = new(async cancel => await desks.RunAsync(await current.GetAsync(), Id, Named, cancel), StateHasChanged, log);
        await _desk.RunAsync();
        _form = Begun();
        Name(_form);
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || await drafts.FindAsync<TransferDraft>(DraftKey) is not { } draft)
        {
            return;
        }

        var bucket = TransferBalance.Buckets.FirstOrDefault(kind => ChartOfAccounts.CodeOf(kind) == draft.Bucket, AccountKind.Cash);
        _form = new TransferForm { From = Of(draft.From), To = Of(draft.To), Bucket = bucket, Amount = draft.Amount, Comment = draft.Comment };
        _amountText = draft.AmountText;
        Name(_form);
        if (_form.IsComplete)
        {
            // Under the key of a submit whose answer was lost: confirming again is answered with its receipt.
            _act.Live.Ask(_form, draft.Key);
        }

        StateHasChanged();
    }

    private static OrganizationId? Of(long? number) => number is { } id ? new OrganizationId(id) : null;

    private TransferForm Begun()
    {
        var other = Desk is not { } desk ? null
            : long.TryParse(With, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && desk.Find(new OrganizationId(asked)) is { } named ? named
            : desk.Others is [var only] ? only : null;

        // A reseller gives; a sub-organization that looks at its parent most often asks.
        return other is { IsParent: true } ? new TransferForm { From = other.Id, To = Id } : new TransferForm { From = Id, To = other?.Id };
    }

    private string NameOf(OrganizationId? id) => _shown.FirstOrDefault(ledger => ledger.Organization == id)?.Name ?? "";

    private void Name(TransferForm form) => _shown = [.. new[] { form.From, form.To }.Select(id => Desk?.Find(id)).OfType<TransferParty>().Select(party => new ShownLedger(party.Id, party.Name))];

    private async Task<Outcome<Preview>> PreviewAsync(TransferForm form, string key, CancellationToken cancel) =>
        await transferring.PreviewAsync(await current.GetAsync(), form, key, cancel);

    /// <summary>Leaving the page does not take a submit back, so nothing cancels it.</summary>
    private async Task<Outcome<Receipt>> CommitAsync(TransferForm form, Agreement agreement, string key) =>
        await transferring.CommitAsync(await current.GetAsync(), form, agreement, key, CancellationToken.None);

    private async Task ChangeAsync(TransferForm form)
    {
        _form = form;
        _missing = FieldErrors.None;
        Name(form);
        _act.Turn();
        if (form.IsComplete)
        {
            _act.Live.Ask(form);
        }
        else
        {
            _act.Live.Clear();
        }

        await KeepAsync(form, key: null);
    }

    private async Task AskAsync()
    {
        if (_form.IsComplete)
        {
            await _act.Live.AskNowAsync(_form);
            return;
        }

        _missing = FieldErrors.Of<Preview>(new Outcome<Preview>.Invalid(TransferFormRules.Instance.Errors(_form)));
    }

    private async Task SubmitAsync(ShownPreview<TransferForm> shown)
    {
        await KeepAsync(shown.Form, shown.Key);
        await _act.SubmitAsync(shown);
    }

    private Task KeepAsync(TransferForm form, string? key) => drafts.KeepAsync(DraftKey,
        new TransferDraft(form.From?.Value, form.To?.Value, ChartOfAccounts.CodeOf(form.Bucket), _amountText, form.Amount, form.Comment, key));

    private async Task PostedAsync(PostedAct<TransferForm> posted)
    {
        (_form, _amountText) = (posted.Form with { Amount = null, Comment = "" }, "");
        await drafts.ForgetAsync(DraftKey);
        await _desk.RunAsync();
    }
}
