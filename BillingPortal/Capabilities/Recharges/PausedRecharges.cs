using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace BillingPortal.Capabilities.Recharges;

/// <summary>
/// Looks again at organizations that were below their threshold while something held a recharge back: a month's limit, a cap, being switched off.
/// Once empty they see no other decrease, so the end of what held them is the cause (decision 0022). The writer decides; this only finds them.
/// </summary>
public sealed partial class PausedRecharges(IDbContextFactory<BillingStore> stores, JournalWriter writer, TimeProvider clock, ILogger<PausedRecharges> log)
{
    private const int Most = 1_000;
    private static readonly int[] Buckets = [.. ChartOfAccounts.Buckets.Select(kind => (int)kind)];

    /// <summary>Looks at each again; gives how many.</summary>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        List<long> below;
        await using (var store = await stores.CreateDbContextAsync(cancel))
        {
            below = await store.BillingRules
                .Where(rule => rule.RechargeEnabled && rule.Suspended == null && rule.PaymentMethodId != null
                    && !store.RechargeIntents.Any(intent => intent.OrganizationId == rule.OrganizationId && intent.State < (int)RechargeState.Settled)
                    && store.Accounts.Where(account => account.OrganizationId == rule.OrganizationId && Buckets.Contains(account.Kind)).Sum(account => account.Balance) < rule.RechargeThreshold)
                .OrderBy(rule => rule.OrganizationId).Select(rule => rule.OrganizationId).Take(Most).ToListAsync(cancel);
        }

        var at = Instant.Now(clock).Micros.ToString(CultureInfo.InvariantCulture);
        foreach (var organization in below)
        {
            var again = new LookAgain(Actor.System("engine"), FormattableString.Invariant($"paused:{organization}:{at}"), new OrganizationId(organization));
            if (await writer.RunAsync(again, Agreement.OfProgram, cancel) is not Outcome<Receipt>.Done and var left)
            {
                Left(log, organization, left.ToString()!);
            }
        }

        return below.Count;
    }

    [LoggerMessage(2112, LogLevel.Warning, "Organization {Organization} may lack a recharge that is due: {Reason} It is looked at again within the hour.")]
    private static partial void Left(ILogger log, long organization, string reason);
}

/// <summary>Wakes <see cref="PausedRecharges"/>.</summary>
public sealed class PausedRound(PausedRecharges paused) : IJob
{
    /// <summary>How often.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(15);

    /// <inheritdoc />
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await paused.RunAsync(cancellationToken);
}
