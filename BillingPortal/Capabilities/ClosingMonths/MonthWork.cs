using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Store;

namespace BillingPortal.Capabilities.ClosingMonths;

/// <summary>A run under way.</summary>
/// <param name="Act">Closing or issuing.</param>
/// <param name="Period">Which month.</param>
/// <param name="Commits">False while it only looks.</param>
/// <param name="Since">When it began.</param>
/// <param name="Done">Lines so far.</param>
/// <param name="Of">Lines in all; 0 where that is not known yet.</param>
public sealed record RunningMonth(MonthAct Act, BillingPeriod Period, bool Commits, Instant Since, int Done, int Of);

/// <summary>What a run showed or did.</summary>
/// <param name="Act">Closing or issuing.</param>
/// <param name="Period">Which month.</param>
/// <param name="Committed">False where it only looked.</param>
/// <param name="At">When it ended.</param>
/// <param name="Lines">The lines.</param>
public sealed record EndedMonth(MonthAct Act, BillingPeriod Period, bool Committed, Instant At, ImmutableArray<MonthLine> Lines)
{
    /// <summary>When the first of its lines can no longer be agreed to.</summary>
    public Instant? ValidUntil => Lines.Where(line => line.State == LineState.Ready).Select(line => (Instant?)line.Agreed.ShownAt.Plus(Agreement.Validity)).Min();
}

/// <summary>
/// Runs of a month as jobs of this process: one at a time, whoever asks. A run goes on when the page that started it is left, and everybody's page shows
/// it. Two nodes may run at once: what one has closed, the other finds closed.
/// </summary>
public sealed partial class MonthWork(PreviewingMonth previewing, CommittingMonth committing, TimeProvider clock, ILogger<MonthWork> log) : ICapability, IAsyncDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);
    private readonly Lock _gate = new();
    private CancellationTokenSource? _stop;
    private Task _job = Task.CompletedTask;
    private Instant _told;
    private int _done;

    /// <inheritdoc />
    public static Permission Permission => Permission.ClosePeriods;

    /// <summary>Raised when a run begins, goes on and ends; on any thread.</summary>
    public event EventHandler? Changed;

    /// <summary>The run under way; null while there is none.</summary>
    public RunningMonth? Running { get; private set; }

    /// <summary>What the last run showed or did.</summary>
    public EndedMonth? Ended { get; private set; }

    /// <summary>Why the last run did not end; null where it did.</summary>
    public string? Failure { get; private set; }

    /// <summary>Looks at what an act would do, unless a run is under way.</summary>
    public async Task<Outcome<RunningMonth>> PreviewAsync(Caller caller, MonthAct act, BillingPeriod period, IReadOnlySet<long>? chosen, CancellationToken cancel) =>
        (await previewing.AskAsync(caller, cancel)).Then<RunningMonth>(_ => Begin(new RunningMonth(act, period, Commits: false, Instant.Now(clock), 0, 0), async stop =>
            (await previewing.RunAsync(caller, act, period, chosen, Tell, stop)).Then<EndedMonth>(lines => Shown(act, period, committed: false, lines))));

    /// <summary>Does what the last run showed: only its lines, each as it was shown.</summary>
    public async Task<Outcome<RunningMonth>> CommitAsync(Caller caller, EndedMonth shown, CancellationToken cancel)
    {
        var ready = shown.Lines.Count(line => line.State == LineState.Ready);
        return (await previewing.AskAsync(caller, cancel)).Then<RunningMonth>(_ => Begin(
            new RunningMonth(shown.Act, shown.Period, Commits: true, Instant.Now(clock), 0, ready),
            async stop => (await committing.RunAsync(caller, shown.Act, shown.Period, shown.Lines, Guid.NewGuid().ToString("N"), () => Tell(Interlocked.Increment(ref _done)), stop))
                .Then<EndedMonth>(lines => Shown(shown.Act, shown.Period, committed: true, lines))));
    }

    /// <summary>Stops the run under way: what was sent is done, the rest is left.</summary>
    public async Task<Outcome<bool>> CancelAsync(Caller caller, CancellationToken cancel)
    {
        var allowed = await previewing.AskAsync(caller, cancel);
        if (allowed is Outcome<bool>.Done && _stop is { } stop)
        {
            await stop.CancelAsync();
        }

        return allowed;
    }

    /// <summary>Waits until the run under way has ended.</summary>
    public Task EndAsync(CancellationToken cancel) => _job.WaitAsync(cancel);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_stop is { } stop)
        {
            await stop.CancelAsync();
        }

        await _job;
    }

    private Outcome<EndedMonth> Shown(MonthAct act, BillingPeriod period, bool committed, ImmutableArray<MonthLine> lines) =>
        new Outcome<EndedMonth>.Done(new EndedMonth(act, period, committed, Instant.Now(clock), lines));

    private Outcome<RunningMonth> Begin(RunningMonth run, Func<CancellationToken, Task<Outcome<EndedMonth>>> work)
    {
        lock (_gate)
        {
            if (Running is not null)
            {
                return new Outcome<RunningMonth>.Refused(new Refusal(RefusalCode.NotDue, "Another run is under way. Wait until it has ended, or stop it."));
            }

            var stop = new CancellationTokenSource();
            (_stop, Failure, _done, Running) = (stop, null, 0, run);
            _job = Task.Run(() => JobAsync(work, stop), CancellationToken.None);
            return new Outcome<RunningMonth>.Done(run);
        }
    }

    private async Task JobAsync(Func<CancellationToken, Task<Outcome<EndedMonth>>> work, CancellationTokenSource stop)
    {
        Changed?.Invoke(this, EventArgs.Empty);
        EndedMonth? ended = null;
        string? failure = null;
        try
        {
            (ended, failure) = await work(stop.Token) switch
            {
                Outcome<EndedMonth>.Done(var done) => (done, stop.IsCancellationRequested ? "It was stopped. What had been sent is done; the rest is as it was." : null),
                Outcome<EndedMonth>.Refused(var refusal) => ((EndedMonth?)null, refusal.Message),
                _ => (null, "It could not be finished."),
            };
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            failure = "It was stopped. Nothing was changed.";
        }
#pragma warning disable CA1031 // a job has nobody above it: what broke it is logged and shown
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Broke(log, fault);
            failure = "It broke off. Look at the month anew: it shows what was done and what was not.";
        }

        lock (_gate)
        {
            (Running, _stop, Failure, Ended) = (null, null, failure, ended ?? (failure is null ? Ended : null));
        }

        Changed?.Invoke(this, EventArgs.Empty);
    }

    private void Tell(int done)
    {
        lock (_gate)
        {
            Running = Running is { } running ? running with { Done = Math.Max(running.Done, done) } : null;
            var now = Instant.Now(clock);
            if (now < _told.Plus(Between))
            {
                return;
            }

            _told = now;
        }

        Changed?.Invoke(this, EventArgs.Empty);
    }

    [LoggerMessage(2301, LogLevel.Error, "A run of the month end broke off. What it had done stands, and nothing is done twice: look at the month anew on the page Month end")]
    private static partial void Broke(ILogger log, Exception fault);
}
