using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Plans;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace BillingPortal.Capabilities.ChangingPlans;

/// <summary>
/// What time does to plans: fees are asked about and tried again, trials and periods end, credits lapse. What is due stands in rows and is claimed there, so
/// that neither a second node nor a second firing does anything twice.
/// </summary>
public sealed partial class PlanClock(IDbContextFactory<BillingStore> stores, JournalWriter writer, PlanFeeCollection fees, TimeProvider clock, ILogger<PlanClock> log)
{
    /// <summary>How many of each kind are taken on in a round; the rest waits for the next.</summary>
    public const int AtOnce = 256;

    /// <summary>How many cards are charged at once.</summary>
    private const int Together = 8;

    private static readonly Actor Engine = Actor.System("engine");

    /// <summary>Does one round; gives how many steps were taken.</summary>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var steps = await EachAsync(await DueFeesAsync(cancel), fee => TakeAsync(new SubmitFee(Engine, fee.Key, fee.Organization, fee.Number) { Payer = fee.Payer }, fee.Organization), cancel);
        steps += await EachAsync(await DueSubscriptionsAsync(cancel), due => TakeAsync(
            new RollSubscription(Engine, string.Create(CultureInfo.InvariantCulture, $"roll:{due.Organization}:{due.Version}"), due.Organization) { Payer = due.Payer }, due.Organization), cancel);
        return steps + await EachAsync(await LapsedAsync(cancel), organization => TakeAsync(
            new ExpireCredits(Engine, string.Create(CultureInfo.InvariantCulture, $"expire:{organization}:{Instant.Now(clock).Micros}"), organization), organization), cancel);
    }

    /// <summary>Several at once: a card's bank takes a second, and a renewal day has thousands. Cancelling starts no further ones and waits for those under way.</summary>
    private static async Task<int> EachAsync<T>(IReadOnlyList<T> due, Func<T, Task<int>> step, CancellationToken cancel)
    {
        var steps = 0;
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = Together, CancellationToken = cancel }, async (one, _) => Interlocked.Add(ref steps, await step(one)));
        return steps;
    }

    private async Task<int> TakeAsync(MoneyCommand command, OrganizationId organization)
    {
        try
        {
            var done = await writer.RunAsync(command, Agreement.OfProgram, CancellationToken.None);
            if (done is not Outcome<Receipt>.Done { Value: { Replayed: false, Effects: { Count: > 0 } effects } })
            {
                return 0;
            }

            if (effects.OfType<Effect.Fee>().LastOrDefault() is { Item: { InFlight: true } fee })
            {
                await fees.CollectAsync(organization, fee);
            }

            return 1;
        }
#pragma warning disable CA1031 // whatever broke, the step stays due; others go on
        catch (Exception broken)
#pragma warning restore CA1031
        {
            Broke(log, broken, command.Rule, organization.Value);
            return 0;
        }
    }

    /// <summary>With who pays now: a fee that another organization owed goes over to them.</summary>
    private async Task<IReadOnlyList<(OrganizationId Organization, OrganizationId? Payer, string Key, long Number)>> DueFeesAsync(CancellationToken cancel)
    {
        var now = Instant.Now(clock).Micros;
        await using var store = await stores.CreateDbContextAsync(cancel);
        var due = await store.PlanFees.Where(fee => fee.DueAt != null && fee.DueAt <= now).OrderBy(fee => fee.DueAt).Take(AtOnce)
            .Join(store.Organizations, fee => fee.OrganizationId, organization => organization.Id,
                (fee, organization) => new { fee.DueAt, organization.Id, organization.PayerId, Owes = fee.PayerId, fee.Number, fee.Steps })
            .OrderBy(fee => fee.DueAt).ToListAsync(cancel);
        return [.. due.Select(fee => (new OrganizationId(fee.Id), fee.PayerId is { } payer ? new OrganizationId(payer) : (OrganizationId?)null,
            string.Create(CultureInfo.InvariantCulture, $"{PlanFee.KeyOf(new OrganizationId(fee.Owes), fee.Number, 0)}:claim:{fee.Steps}:{fee.PayerId}"), fee.Number))];
    }

    private async Task<IReadOnlyList<(OrganizationId Organization, OrganizationId? Payer, long Version)>> DueSubscriptionsAsync(CancellationToken cancel)
    {
        var now = Instant.Now(clock).Micros;
        await using var store = await stores.CreateDbContextAsync(cancel);
        var due = await store.Subscriptions.Where(subscription => subscription.DueAt != null && subscription.DueAt <= now)
            .Where(subscription => !store.PlanFees.Any(fee => fee.OrganizationId == subscription.OrganizationId && (fee.State == (int)FeeState.Submitted || fee.State == (int)FeeState.Unknown)))
            .OrderBy(subscription => subscription.DueAt).Take(AtOnce)
            .Join(store.Organizations, subscription => subscription.OrganizationId, organization => organization.Id, (subscription, organization) => new { organization.Id, organization.PayerId, subscription.Version })
            .ToListAsync(cancel);
        return [.. due.Select(line => (new OrganizationId(line.Id), line.PayerId is { } payer ? new OrganizationId(payer) : (OrganizationId?)null, line.Version))];
    }

    private async Task<IReadOnlyList<OrganizationId>> LapsedAsync(CancellationToken cancel)
    {
        var now = Instant.Now(clock).Micros;
        await using var store = await stores.CreateDbContextAsync(cancel);
        var lapsed = await store.Accounts.Where(account => account.ExpiresAt != null && account.ExpiresAt <= now && account.Balance > 0)
            .Select(account => account.OrganizationId).Distinct().OrderBy(id => id).Take(AtOnce).ToListAsync(cancel);
        return [.. lapsed.Select(id => new OrganizationId(id))];
    }

    [LoggerMessage(2203, LogLevel.Error, "{Rule} of organization {Organization} broke off. Nothing is charged twice: it goes on in seconds with the same key. If this repeats, report it with this message.")]
    private static partial void Broke(ILogger log, Exception broken, string rule, long organization);
}

/// <summary>Wakes it.</summary>
public sealed class PlanRound(PlanClock plans) : IJob
{
    /// <summary>How often: a period ends no later than this after its midnight.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await plans.RunAsync(cancellationToken);
}
