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

/// <summary>Undoes one entry: a preview of its reversal, committed as shown.</summary>
public sealed partial class UndoEntryPage(
    GetEntryToUndo about, UndoingEntry undoing, CurrentCaller current, DraftKeeper drafts, TimeProvider clock, ILogger<UndoEntryPage> log)
    : ComponentBase, IDisposable
{
    private Fetching<Outcome<EntryToUndo>> _about = default!;
    private MoneyAct<UndoForm> _act = default!;
    private UndoForm _form = new();

    /// <summary>The organization's number.</summary>
    [Parameter]
    public long Number { get; set; }

    /// <summary>The entry's number within it.</summary>
    [Parameter]
    public long Seq { get; set; }

    private OrganizationId Id => new(Number);

    private string EntryHref => string.Create(CultureInfo.InvariantCulture, $"/organizations/{Number}/journal/{Seq}");

    private string DraftKey => string.Create(CultureInfo.InvariantCulture, $"undo/{Number}/{Seq}");

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
        _act = new(new LivePreview<UndoForm>(PreviewAsync, InvokeAsync, StateHasChanged, clock, log), CommitAsync, StateHasChanged, clock, log)
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
            // An entry is undone once at most, so a submit whose answer was lost shows as "was undone".
            _form = await drafts.FindAsync<UndoForm>(DraftKey) ?? _form;
            await _act.Live.AskNowAsync(_form);
        }
    }

    private async Task<Outcome<Preview>> PreviewAsync(UndoForm form, string key, CancellationToken cancel) =>
        await undoing.PreviewAsync(await current.GetAsync(), Id, Seq, form, key, cancel);

    /// <summary>Leaving the page does not take a submit back, so nothing cancels it.</summary>
    private async Task<Outcome<Receipt>> CommitAsync(UndoForm form, Agreement agreement, string key) =>
        await undoing.CommitAsync(await current.GetAsync(), Id, Seq, form, agreement, key, CancellationToken.None);

    private async Task ChangeAsync(string? comment)
    {
        _form = new UndoForm { Comment = comment ?? "" };
        _act.Turn();
        _act.Live.Ask(_form);
        await drafts.KeepAsync(DraftKey, _form);
    }

    private Task SubmitAsync(ShownPreview<UndoForm> shown) => _act.SubmitAsync(shown);

    /// <summary>The act, as in "Undo 10001/192: −$250.00 for Acme Robotics".</summary>
    private static string Words(EntryToUndo about) => about.Net.IsZero
        ? $"Undo entry {about.Name} of {about.Organization.Name}"
        : $"Undo entry {about.Name}: {(about.Net.Micros < 0 ? "+" : "")}{(-about.Net).ToString(CultureInfo.CurrentCulture)} for {about.Organization.Name}";
}
