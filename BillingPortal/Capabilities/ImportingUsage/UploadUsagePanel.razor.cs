using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Store.Usage;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Parts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;

namespace BillingPortal.Capabilities.ImportingUsage;

/// <summary>Chooses a file and reads it, with progress; leaving the page stops the reading, and then nothing of the file is left.</summary>
public sealed partial class UploadUsagePanel(CurrentCaller current, StageUsage stage) : ComponentBase, IDisposable
{
    /// <summary>Largest file taken from a browser; larger ones go through the command line.</summary>
    public const long MaxBytes = 4L << 30;

    private static readonly UsageProgress NotBegun = new(new(0, 0), 0);
    private CancellationTokenSource _cancel = new();
    private IBrowserFile? _file;
    private OutcomeText? _words;
    private UsageProgress _progress = NotBegun;
    private bool _running;

    /// <summary>Called when reading ended: with the import, or with null where it was stopped.</summary>
    [Parameter, EditorRequired]
    public EventCallback<UsageImport?> OnEnded { get; set; }

    private long Percent => _file is { Size: > 0 } file ? Math.Min(100, _progress.Read.Bytes * 100 / file.Size) : 0;

    private string Size => _file switch
    {
        { Size: >= 1 << 20 } large => string.Create(CultureInfo.CurrentCulture, $"{(decimal)large.Size / (1 << 20):N1} MB"),
        { } small => string.Create(CultureInfo.CurrentCulture, $"{(decimal)small.Size / (1 << 10):N1} KB"),
        _ => "",
    };

    /// <inheritdoc />
    public void Dispose()
    {
        _cancel.Cancel();
        _cancel.Dispose();
    }

    private void Choose(InputFileChangeEventArgs chosen)
    {
        (_file, _words) = (chosen.File, null);
        if (_file.Size > MaxBytes)
        {
            (_file, _words) = (null, new(NoteKind.Bad, "Nothing was imported.", "The file is larger than 4 GB. Import it with import-usage on the server."));
        }
    }

    private void Stop() => _cancel.Cancel();

    private async Task ReadAsync()
    {
        if (_running || _file is not { } file)
        {
            return;
        }

        (_running, _words, _progress) = (true, null, NotBegun);
        UsageImport? import = null;
        try
        {
            await using var content = file.OpenReadStream(MaxBytes, _cancel.Token);
            var outcome = await stage.RunAsync(await current.GetAsync(), file.Name, content, new Progress<UsageProgress>(Show), _cancel.Token);
            (import, _words) = (outcome is Outcome<UsageImport>.Done done ? done.Value : null, OutcomeText.Of(outcome, "Nothing was imported."));
        }
        catch (OperationCanceledException)
        {
            _words = new(NoteKind.Info, "Cancelled.", "Nothing was imported, and nothing of the file is left.");
        }
        catch (Exception broken) when (broken is IOException or JSException or TimeoutException)
        {
            _words = new(NoteKind.Bad, "Nothing was imported.", "The upload broke off: the file was moved or changed, or the connection was lost. Choose it again.");
        }

        _running = false;
        if (_cancel.IsCancellationRequested)
        {
            _cancel = Renew(_cancel);
        }

        await OnEnded.InvokeAsync(import);
    }

    private static CancellationTokenSource Renew(CancellationTokenSource used)
    {
        used.Dispose();
        return new();
    }

    private void Show(UsageProgress progress)
    {
        _progress = progress;
        StateHasChanged();
    }
}
