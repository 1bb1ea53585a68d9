using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Plans;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Parts;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.EditingPlans;

/// <summary>A plan's next version: drafted, compared with what is in force, published on a date. For finance.</summary>
public sealed partial class PlanEditorPage(GetCatalogue catalogue, GetHolders holding, EditingPlan editing, CurrentCaller current, TimeProvider clock, ILogger<PlanEditorPage> log) : ComponentBase, IDisposable
{
    private Fetching<Outcome<CatalogueSheet>> _sheet = null!;
    private PlanForm _form = new();
    private FieldErrors _errors = FieldErrors.None;
    private OutcomeText? _words;
    private PlanVersion? _published;
    private PlanHolders? _holders;
    private DateOnly? _from;
    private string? _shown;
    private bool _stale;
    private bool _dropping;

    /// <summary>The plan's code.</summary>
    [Parameter]
    public string Code { get; set; } = "";

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        _from = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        _sheet = new(async cancel => await catalogue.RunAsync(await current.GetAsync(), cancel), StateHasChanged, log);
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Code)
        {
            (_shown, _errors, _words, _published, _holders) = (Code, FieldErrors.None, null, null, null);
            await ReadAsync();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _sheet?.Dispose();

    private async Task ReadAsync()
    {
        await _sheet.RunAsync();
        if (_sheet.Value is Outcome<CatalogueSheet>.Done(var sheet) && sheet.InForce(Code) is { } version)
        {
            (_form, _stale, _dropping) = (PlanForm.Of(Draft(sheet)?.Terms ?? version.Terms), false, false);
            _holders = (await holding.RunAsync(await current.GetAsync(), Code, CancellationToken.None) as Outcome<PlanHolders>.Done)?.Value;
        }
    }

    private static string Keeps(CatalogueSheet sheet, PlanVersion current)
    {
        var kept = sheet.Catalogue.Versions.Where(version => version.Code == current.Code).Sum(sheet.On);
        return kept == 0 ? "No organization is on this plan: nobody keeps an older version."
            : string.Create(CultureInfo.CurrentCulture, $"The {kept:#,0} {(kept == 1 ? "organization that is on it keeps the version it has" : "organizations that are on it keep the version they have")}, until they change plan.");
    }

    private CatalogueDraft? Draft(CatalogueSheet sheet) => sheet.Drafts.GetValueOrDefault(Code);

    private async Task SaveAsync()
    {
        if (_sheet.Value is Outcome<CatalogueSheet>.Done(var sheet))
        {
            await AfterAsync(await editing.SaveAsync(await current.GetAsync(), Code, _form, Draft(sheet)?.Version ?? 0, CancellationToken.None), "The draft was not saved.");
        }
    }

    private async Task DropAsync(CatalogueDraft draft) =>
        await AfterAsync(await editing.DropAsync(await current.GetAsync(), Code, draft.Version, CancellationToken.None), "The draft was not dropped.");

    private async Task PublishAsync(CatalogueDraft draft)
    {
        var outcome = await editing.PublishAsync(await current.GetAsync(), Code, draft.Version, _from, CancellationToken.None);
        await AfterAsync(outcome, "Nothing was published.");
        _published = (outcome as Outcome<PlanVersion>.Done)?.Value;
    }

    private async Task AfterAsync<T>(Outcome<T> outcome, string undone)
    {
        (_errors, _words, _published) = (FieldErrors.Of(outcome), outcome is Outcome<T>.Invalid ? new OutcomeText(NoteKind.Bad, undone, "What is marked is not right yet.") : OutcomeText.Of(outcome, undone), null);
        if (outcome is Outcome<T>.Done)
        {
            await ReadAsync();
        }
        else if (outcome is Outcome<T>.Stale)
        {
            // Both are shown: what somebody else saved, and what is typed here.
            _stale = true;
            await _sheet.RunAsync();
        }
    }
}
