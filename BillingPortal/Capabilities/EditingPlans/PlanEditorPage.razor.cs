using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Plans;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.EditingPlans;

/// <summary>A plan's next version: drafted, compared with what is in force, published on a date. For finance.</summary>
public sealed partial class PlanEditorPage(GetCatalogue catalogue, EditingPlan editing, CurrentCaller current, TimeProvider clock, ILogger<PlanEditorPage> log) : ComponentBase, IDisposable
{
    private Fetching<Outcome<CatalogueSheet>> _sheet = null!;
    private PlanForm _form = new();
    private FieldErrors _errors = FieldErrors.None;
    private OutcomeText? _words;
    private PlanVersion? _published;
    private string _from = "";

    /// <summary>The plan's code.</summary>
    [Parameter]
    public string Code { get; set; } = "";

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _from = clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        _sheet = new(async cancel => await catalogue.RunAsync(await current.GetAsync(), cancel), StateHasChanged, log);
        await ReadAsync();
    }

    /// <inheritdoc />
    public void Dispose() => _sheet?.Dispose();

    private async Task ReadAsync()
    {
        await _sheet.RunAsync();
        if (_sheet.Value is Outcome<CatalogueSheet>.Done(var sheet) && sheet.InForce(Code) is { } version)
        {
            _form = PlanForm.Of(Draft(sheet)?.Terms ?? version.Terms);
        }
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
        DateOnly? from = DateOnly.TryParseExact(_from.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        var outcome = await editing.PublishAsync(await current.GetAsync(), Code, draft.Version, from, CancellationToken.None);
        await AfterAsync(outcome, "Nothing was published.");
        _published = (outcome as Outcome<PlanVersion>.Done)?.Value;
    }

    private async Task AfterAsync<T>(Outcome<T> outcome, string undone)
    {
        (_errors, _words, _published) = (FieldErrors.Of(outcome), OutcomeText.Of(outcome, undone), null);
        if (outcome is Outcome<T>.Done)
        {
            await ReadAsync();
        }
    }
}
