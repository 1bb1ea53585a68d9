using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Rows;
using BillingPortal.Web;
using BillingPortal.Web.Deciding;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.Transferring;

/// <summary>Undoes a transfer on both sides: a preview of both reversals, committed as shown. Either entry leads here.</summary>
public sealed partial class UndoTransferPage(
    GetTransferToUndo about, UndoingTransfer undoing, CurrentCaller current, DraftKeeper drafts, TimeProvider clock, ILogger<UndoTransferPage> log)
    : ComponentBase, IDisposable
{
    private Fetching<Outcome<TransferToUndo>> _about = default!;
    private MoneyAct<UndoTransferForm> _act = default!;
    private UndoTransferForm _form = new();

    /// <summary>The organization's number.</summary>
    [Parameter]
    public long Number { get; set; }

    /// <summary>The number of its entry of the transfer.</summary>
    [Parameter]
    public long Seq { get; set; }

    private OrganizationId Id => new(Number);

    private string EntryHref => string.Create(CultureInfo.InvariantCulture, $"/organizations/{Number}/journal/{Seq}");

    private string DraftKey => string.Create(CultureInfo.InvariantCulture, $"undo-transfer/{Number}/{Seq}");

    private FieldErrors Errors => _act.Kept is { } kept ? FieldErrors.Of(kept) : _act.Refusal is { } refusal ? FieldErrors.Of(refusal) : FieldErrors.None;

    /// <inheritdoc />
    public void Dispose()
    {
        _about.Dispose();
        _act.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _act = new(new LivePreview<UndoTransferForm>(PreviewAsync, InvokeAsync, StateHasChanged, clock, log), CommitAsync, StateHasChanged, clock, log)
        {
            OnPosted = _ => drafts.ForgetAsync(DraftKey),
        };
        _about = new(async cancel => await about.RunAsync(await current.GetAsync(), Id, Seq, cancel), StateHasChanged, log);
        await _about.RunAsync();
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            // A transfer is undone once at most, so a submit whose answer was lost shows as "was undone".
            _form = await drafts.FindAsync<UndoTransferForm>(DraftKey) ?? _form;
            await _act.Live.AskNowAsync(_form);
        }
    }

    /// <summary>Who gets it back first.</summary>
    private static IReadOnlyList<ShownLedger> Shown(TransferToUndo undone) =>
        [.. new[] { undone.Giver, undone.Receiver }.Select(organization => new ShownLedger(new OrganizationId(organization.Id), organization.Name))];

    private static string NameOf(TransferToUndo undone, long number) => undone.Giver.Id == number ? undone.Giver.Name : undone.Receiver.Name;

    private static string HrefOf(EntryRow entry) => string.Create(CultureInfo.InvariantCulture, $"/organizations/{entry.OrganizationId}/journal/{entry.Seq}");

    private async Task<Outcome<Preview>> PreviewAsync(UndoTransferForm form, string key, CancellationToken cancel) =>
        await undoing.PreviewAsync(await current.GetAsync(), Id, Seq, form, key, cancel);

    /// <summary>Leaving the page does not take a submit back, so nothing cancels it.</summary>
    private async Task<Outcome<Receipt>> CommitAsync(UndoTransferForm form, Agreement agreement, string key) =>
        await undoing.CommitAsync(await current.GetAsync(), Id, Seq, form, agreement, key, CancellationToken.None);

    private async Task ChangeAsync(string? comment)
    {
        _form = new UndoTransferForm { Comment = comment ?? "" };
        _act.Turn();
        _act.Live.Ask(_form);
        await drafts.KeepAsync(DraftKey, _form);
    }
}
