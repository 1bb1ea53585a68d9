using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Store;
using BillingPortal.Store.Auditing;

namespace BillingPortal.Capabilities.Auditing;

/// <summary>A check under way.</summary>
/// <param name="Since">When it began.</param>
/// <param name="Of">How many entries there were to check.</param>
/// <param name="Ledgers">Ledgers read.</param>
/// <param name="Entries">Entries read.</param>
public sealed record RunningCheck(Instant Since, long Of, long Ledgers, long Entries)
{
    /// <summary>How far it is, in whole per cent.</summary>
    public int Percent => Of == 0 ? 0 : (int)Math.Min(100, Entries * 100 / Of);
}

/// <summary>
/// The check of all laws as a job of this process: one at a time, whoever asks; it goes on when the page that started it is left, and
/// everybody's page shows it.
/// </summary>
public sealed partial class LawChecking(CheckLaws check, TimeProvider clock, ILogger<LawChecking> log) : ICapability, IAsyncDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);
    private readonly Lock _gate = new();
    private CancellationTokenSource? _stop;
    private Task _job = Task.CompletedTask;
    private Instant _told;

    /// <inheritdoc />
    public static Permission Permission => Permission.ReadBooks;

    /// <summary>Raised when a check begins, goes on and ends; on any thread.</summary>
    public event EventHandler? Changed;

    /// <summary>The check under way; null while there is none.</summary>
    public RunningCheck? Running { get; private set; }

    /// <summary>Why the last check did not end; null where it did.</summary>
    public string? Failure { get; private set; }

    /// <summary>Starts a check, unless one is under way.</summary>
    public async Task<Outcome<RunningCheck>> StartAsync(Caller caller, CancellationToken cancel) =>
        (await check.AskAsync(caller, cancel)).Then<RunningCheck>(entries => new Outcome<RunningCheck>.Done(Begin(entries)));

    /// <summary>Starts a check by the clock, and ends with it.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        Begin(await check.EntriesAsync(cancel));
        await _job.WaitAsync(cancel);
    }

    /// <summary>Gives the check under way up; what was kept before stays.</summary>
    public async Task<Outcome<bool>> CancelAsync(Caller caller, CancellationToken cancel)
    {
        var allowed = await check.AskAsync(caller, cancel);
        if (allowed is Outcome<long>.Done && _stop is { } stop)
        {
            await stop.CancelAsync();
        }

        return allowed.Then<bool>(_ => new Outcome<bool>.Done(Value: true));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_stop is { } stop)
        {
            await stop.CancelAsync();
        }

        await _job;
    }

    private RunningCheck Begin(long entries)
    {
        lock (_gate)
        {
            if (Running is { } already)
            {
                return already;
            }

            var stop = new CancellationTokenSource();
            (_stop, Failure) = (stop, null);
            var begun = Running = new RunningCheck(Instant.Now(clock), entries, 0, 0);
            _job = Task.Run(() => JobAsync(stop), CancellationToken.None);
            return begun;
        }
    }

    private async Task JobAsync(CancellationTokenSource stop)
    {
        Changed?.Invoke(this, EventArgs.Empty);
        try
        {
            var broken = await check.RunAsync(Tell, stop.Token);
            Ended(log, broken);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Failure = "It was cancelled; the results of the check before it stand.";
        }
#pragma warning disable CA1031 // a job has nobody above it: what broke it is logged and shown
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Broke(log, fault);
            Failure = "It could not be finished; the results of the check before it stand.";
        }

        lock (_gate)
        {
            (Running, _stop) = (null, null);
        }

        Changed?.Invoke(this, EventArgs.Empty);
    }

    private void Tell(AuditProgress progress)
    {
        Running = Running! with { Ledgers = progress.Ledgers, Entries = progress.Entries };
        var now = Instant.Now(clock);
        if (now >= _told.Plus(Between))
        {
            _told = now;
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }

    [LoggerMessage(LogLevel.Information, "The laws were checked; {Broken} are broken")]
    private static partial void Ended(ILogger log, int broken);

    [LoggerMessage(LogLevel.Error, "The check of the laws failed")]
    private static partial void Broke(ILogger log, Exception fault);
}
