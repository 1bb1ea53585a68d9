using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Store.Usage;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.ImportingUsage;

/// <summary>Uploads usage files and lists what was imported.</summary>
public sealed partial class ImportUsagePage : ComponentBase, IDisposable
{
    private const int PageRows = 25;
    private readonly Fetching<IReadOnlyList<UsageImport>> _imports;
    private readonly CurrentCaller _current;
    private readonly GetUsageImports _query;
    private readonly NavigationManager _navigation;
    private OutcomeText? _words;

    /// <summary>Makes the page.</summary>
    public ImportUsagePage(CurrentCaller current, GetUsageImports query, NavigationManager navigation, ILogger<ImportUsagePage> log)
    {
        (_current, _query, _navigation) = (current, query, navigation);
        _imports = new(ReadAsync, StateHasChanged, log);
    }

    /// <summary>Imports below this number are shown; from the newest where absent.</summary>
    [SupplyParameterFromQuery]
    public long? Before { get; set; }

    /// <inheritdoc />
    public void Dispose() => _imports.Dispose();

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => _imports.RunAsync();

    private async Task<IReadOnlyList<UsageImport>?> ReadAsync(CancellationToken cancel)
    {
        var outcome = await _query.LatestAsync(await _current.GetAsync(), Before, PageRows, cancel);
        _words = OutcomeText.Of(outcome, "Nothing is shown.");
        return outcome is Outcome<IReadOnlyList<UsageImport>>.Done done ? done.Value : null;
    }

    /// <summary>A file that was read has a page of its own; one that was stopped only its line in the list.</summary>
    private async Task ShowAsync(UsageImport? import)
    {
        if (import is null)
        {
            await _imports.RunAsync();
        }
        else
        {
            _navigation.NavigateTo("/imports/" + import.Id.ToString(CultureInfo.InvariantCulture));
        }
    }
}
