using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Parts;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.BillingDetails;

/// <summary>Whom an organization's invoices are made out to: one form, the tax number's standing, and every change.</summary>
public sealed partial class BillingDetailsPage(
    GetDetailsSheet reading, ChangeDetails changing, CurrentCaller current, DraftKeeper drafts, ILogger<BillingDetailsPage> log) : ComponentBase, IDisposable
{
    private DetailsDraft _draft = new();
    private Fetching<Outcome<DetailsSheet>> _sheet = null!;
    private FieldErrors _errors = FieldErrors.None;
    private OutcomeText? _words;
    private List<DetailField>? _conflicts;
    private string? _done;
    private bool _restored;
    private bool _begun;
    private int _changes = GetDetailsSheet.Shown;

    /// <summary>The organization's number.</summary>
    [Parameter]
    public long Number { get; set; }

    private string DraftKey => string.Create(CultureInfo.InvariantCulture, $"billing-details/{Number}");

    /// <inheritdoc />
    public void Dispose() => _sheet.Dispose();

    /// <inheritdoc />
    protected override Task OnInitializedAsync()
    {
        _sheet = new(ReadAsync, StateHasChanged, log);
        return _sheet.RunAsync();
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && await drafts.FindAsync<DetailsDraft>(DraftKey) is { Texts.Count: > 0 } kept && kept.Change.Wishes.Count > 0)
        {
            (_draft, _restored, _begun) = (kept, true, true);
            StateHasChanged();
        }
    }

    private static List<Crumb> CrumbsOf(DetailsSheet sheet)
    {
        var own = new Crumb(sheet.Organization.Name, $"/organizations/{new OrganizationId(sheet.Organization.Id)}");
        return sheet.Parent is { } parent
            ? [new("Organizations", "/"), new(parent.Name, $"/organizations/{new OrganizationId(parent.Id)}"), own]
            : [new("Organizations", "/"), own];
    }

    /// <summary>What is typed outlives every reading; only a page on which nothing is typed shows what was read.</summary>
    private async Task<Outcome<DetailsSheet>?> ReadAsync(CancellationToken cancel)
    {
        var outcome = await reading.RunAsync(await current.GetAsync(), new OrganizationId(Number), _changes, cancel);
        if (outcome is Outcome<DetailsSheet>.Done(var sheet) && !_begun)
        {
            _draft = DetailsDraft.Of(sheet.Stored.Details);
        }

        return outcome;
    }

    private async Task KeepAsync()
    {
        (_begun, _done) = (true, null);
        await drafts.KeepAsync(DraftKey, _draft);
    }

    private async Task SaveAsync()
    {
        var change = _draft.Change;
        if (change.Wishes.IsEmpty)
        {
            (_errors, _conflicts, _words) = (FieldErrors.None, null, new OutcomeText(NoteKind.Info, "Nothing was changed.", "What is typed is what is stored."));
            return;
        }

        var outcome = await changing.RunAsync(await current.GetAsync(), new OrganizationId(Number), change, _draft.Shown, CancellationToken.None);
        (_errors, _words, _done, _conflicts) = (FieldErrors.Of(outcome), OutcomeText.Of(outcome, "Nothing was changed."), null, null);
        if (outcome is Outcome<StoredDetails>.Done)
        {
            _done = $"Saved: {string.Join(", ", DetailField.OfContract.Where(change.Wishes.ContainsKey).Select(field => field.Label))}.";
            await DiscardAsync();
        }
        else if (outcome is Outcome<StoredDetails>.Stale)
        {
            _conflicts = [.. change.Wishes.Keys];
            await _sheet.RunAsync();
        }
    }

    private Task SaveOverAsync()
    {
        if (_sheet.Value is Outcome<DetailsSheet>.Done(var sheet))
        {
            _draft = _draft.Over(sheet.Stored.Details);
        }

        return SaveAsync();
    }

    private async Task DiscardAsync()
    {
        (_restored, _begun, _conflicts, _words, _errors) = (false, false, null, null, FieldErrors.None);
        await drafts.ForgetAsync(DraftKey);
        await _sheet.RunAsync();
    }

    private Task MoreAsync()
    {
        _changes += GetDetailsSheet.Shown;
        return _sheet.RunAsync();
    }
}
