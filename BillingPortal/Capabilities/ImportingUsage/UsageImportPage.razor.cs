using BillingPortal.Domain;
using BillingPortal.Store.Usage;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace BillingPortal.Capabilities.ImportingUsage;

/// <summary>One import: what it would post, with the act; what it posted; or why it was refused.</summary>
public sealed partial class UsageImportPage : ComponentBase, IDisposable
{
    private const int ErrorsShown = 100;
    private static readonly TimeSpan Renewal = Store.Agreement.Validity - TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _leaving = new();
    private readonly Fetching<UsageImport> _import;
    private readonly CurrentCaller _current;
    private readonly GetUsageImports _query;
    private readonly PreviewUsage _previewing;
    private readonly PublishUsage _publishing;
    private readonly ITimer _renewal;
    private UsagePreview? _preview;
    private IReadOnlyList<UsageError> _errors = [];
    private OutcomeText? _words;
    private bool _busy;

    /// <summary>Makes the page.</summary>
    public UsageImportPage(
        CurrentCaller current, GetUsageImports query, PreviewUsage previewing, PublishUsage publishing, TimeProvider clock, ILogger<UsageImportPage> log)
    {
        (_current, _query, _previewing, _publishing) = (current, query, previewing, publishing);
        _import = new(ReadAsync, StateHasChanged, log);
        _renewal = clock.CreateTimer(_ => _ = InvokeAsync(RenewAsync), null, Renewal, Renewal);
    }

    /// <summary>The import's number.</summary>
    [Parameter]
    public long Import { get; set; }

    /// <inheritdoc />
    public void Dispose()
    {
        _renewal.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
        _import.Dispose();
    }

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => _import.RunAsync();

    private static string Done(UsageImport import) => import.Summary.Entries == 0
        ? "Recorded the delivery; no charge amounts to a millionth"
        : $"Posted {UsageImportWords.Count(import.Summary.Entries, "entry", "entries")} to "
            + UsageImportWords.Count(import.Summary.OrganizationsCharged, "organization", "organizations");

    private static string Found(UsageImport import) =>
        (import.Summary.MayBeMoreErrors ? "at least " : "") + UsageImportWords.Count(import.Summary.Errors, "error", "errors");

    private async Task<UsageImport?> ReadAsync(CancellationToken cancel)
    {
        var caller = await _current.GetAsync();
        if (await _query.FindAsync(caller, Import, cancel) is not Outcome<UsageImport>.Done { Value: var import })
        {
            return null;
        }

        _errors = import.State is UsageImportState.Refused
            && await _query.ErrorsAsync(caller, Import, ErrorsShown, cancel) is Outcome<IReadOnlyList<UsageError>>.Done errors ? errors.Value : [];
        _preview = import.State is UsageImportState.Staged
            && await _previewing.RunAsync(caller, Import, cancel) is Outcome<UsagePreview>.Done preview ? preview.Value : null;
        return import;
    }

    private Task PublishAsync() => _preview is { } shown ? ActAsync(caller => _publishing.RunAsync(caller, shown, _leaving.Token)) : Task.CompletedTask;

    private Task CancelAsync() => ActAsync(caller => _publishing.CancelAsync(caller, Import, _leaving.Token));

    /// <summary>Acts, and shows what became of it; after a refusal or a stale preview, with a fresh one.</summary>
    private async Task ActAsync(Func<Store.Caller, Task<Outcome<UsageImport>>> act)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            _words = OutcomeText.Of(await act(await _current.GetAsync()));
            await _import.RunAsync();
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The person left; what entered the writer runs to its end, and the list of imports says how it went.
        }
        finally
        {
            _busy = false;
        }
    }

    private Task RenewAsync() => _preview is null || _busy ? Task.CompletedTask : _import.RunAsync();
}
