using BillingPortal.Domain;
using BillingPortal.Store.Usage;

namespace BillingPortal.Capabilities.ImportingUsage;

/// <summary>
/// Clears what imports leave behind: files whose reader was killed half-way, staged imports that nobody published in a day, rows that no
/// delivery needs any more. None of it was ever visible; this only gives the room back and says in the list what became of it.
/// </summary>
public sealed partial class AbandonedImports(UsageStaging staging, UsageImports imports, TimeProvider clock, ILogger<AbandonedImports> log) : BackgroundService
{
    /// <summary>How long a reader on another machine may be silent.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMinutes(2);

    /// <summary>How long a staged import waits to be published.</summary>
    public static readonly TimeSpan Waiting = TimeSpan.FromHours(24);

    /// <summary>Clears once; gives how many imports were abandoned.</summary>
    public async Task<int> ClearAsync(CancellationToken cancel)
    {
        var now = Instant.Now(clock);
        var abandoned = 0;
        foreach (var (id, state, holder, beat) in await imports.OpenAsync(cancel))
        {
            var gone = state == UsageImportState.Staged
                ? beat.Plus(Waiting) < now
                : Holder.IsGone(holder) || beat.Plus(Silence) < now;
            if (gone)
            {
                await staging.EndAsync(id, UsageImportState.Abandoned, null, [], mayBeMore: false, cancel);
                abandoned++;
            }
        }

        foreach (var id in await imports.ForgottenAsync(cancel))
        {
            await staging.ForgetAsync(id, cancel);
        }

        return abandoned;
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), clock);
        do
        {
            try
            {
                var abandoned = await ClearAsync(stoppingToken);
                if (abandoned > 0)
                {
                    Cleared(log, abandoned);
                }
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                Failed(log, fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(1201, LogLevel.Information, "{Count} usage imports were left half-way and are cleared; nothing of them was posted.")]
    private static partial void Cleared(ILogger log, int count);

    [LoggerMessage(1202, LogLevel.Warning, "Clearing left-over usage imports failed and is tried again in a minute; check that the database is up.")]
    private static partial void Failed(ILogger log, Exception fault);
}
