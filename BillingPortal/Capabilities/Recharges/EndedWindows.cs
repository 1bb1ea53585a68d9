using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace BillingPortal.Capabilities.Recharges;

/// <summary>Unblocks organizations whose cap's window ended while they were blocked by it. The writer decides; this only finds them.</summary>
public sealed partial class EndedWindows(IDbContextFactory<BillingStore> stores, JournalWriter writer, TimeProvider clock, ILogger<EndedWindows> log)
{
    /// <summary>Looks at each again; gives how many.</summary>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var now = Instant.Now(clock);
        List<Ended> ended;
        await using (var store = await stores.CreateDbContextAsync(cancel))
        {
            ended = await store.SpendingWindows.Where(window => window.EndsAt <= now.Micros)
                .Join(store.Organizations.Where(o => (o.BlockedCause & BlockCause.CapReached) == BlockCause.CapReached), window => window.OrganizationId, o => o.Id, (window, _) => window)
                .OrderBy(window => window.EndsAt).ThenBy(window => window.OrganizationId).Take(1_000).Select(window => new Ended(window.OrganizationId, window.EndsAt)).ToListAsync(cancel);
        }

        foreach (var (organization, at) in ended)
        {
            var again = new LookAgain(Actor.System("engine"), FormattableString.Invariant($"window:{organization}:{at}"), new OrganizationId(organization));
            if (await writer.RunAsync(again, Agreement.OfProgram, cancel) is not Outcome<Receipt>.Done and var left)
            {
                Left(log, organization, left.ToString()!);
            }
        }

        return ended.Count;
    }

    private sealed record Ended(long Organization, long At);

    [LoggerMessage(2111, LogLevel.Warning, "Organization {Organization} may still be blocked although its cap's window ended: {Reason} It is looked at again in a minute; its next charge unblocks it too.")]
    private static partial void Left(ILogger log, long organization, string reason);
}

/// <summary>Wakes <see cref="EndedWindows"/>.</summary>
public sealed class WindowRound(EndedWindows windows) : IJob
{
    /// <summary>How often.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await windows.RunAsync(cancellationToken);
}
