using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Plans;
using BillingPortal.Store;
using BillingPortal.Store.Plans;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.EditingPlans;

/// <summary>Which organizations are on a plan, and on which version of it: the oldest version first, for finance.</summary>
public sealed class GetHolders(IDbContextFactory<BillingStore> stores, TimeProvider clock) : ICapability
{
    /// <summary>How many are named.</summary>
    public const int Most = 50;

    /// <inheritdoc />
    public static Permission Permission => Permission.ManagePlans;

    /// <summary>Reads them.</summary>
    public async Task<Outcome<PlanHolders>> RunAsync(Caller caller, string code, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        if (await EditingPlan.RefusalAsync(store, caller, cancel) is { } refusal)
        {
            return new Outcome<PlanHolders>.Refused(refusal);
        }

        var inForce = (await PlanReading.CatalogueAsync(store, cancel)).InForce(code, Instant.Now(clock))?.Number ?? 0;
        var subscribed = store.Subscriptions.Where(subscription => subscription.Plan == code).Join(store.Organizations, subscription => subscription.OrganizationId, organization => organization.Id,
            (subscription, organization) => new { organization.Id, organization.Name, organization.SearchName, subscription.PlanVersion, Standing = (int?)subscription.Standing });

        // Whoever never chose has the version in force of the plan that their organization carries.
        var implied = store.Organizations.Where(organization => organization.Plan == code && !store.Subscriptions.Any(subscription => subscription.OrganizationId == organization.Id));
        var all = await subscribed.LongCountAsync(cancel) + await implied.LongCountAsync(cancel);
        var first = await subscribed.OrderBy(line => line.PlanVersion).ThenBy(line => line.SearchName).ThenBy(line => line.Id).Take(Most).ToListAsync(cancel);
        var rest = await implied.OrderBy(organization => organization.SearchName).ThenBy(organization => organization.Id).Take(Most)
            .Select(organization => new { organization.Id, organization.Name, organization.SearchName, PlanVersion = inForce, Standing = (int?)null }).ToListAsync(cancel);
        return new Outcome<PlanHolders>.Done(new PlanHolders(
            [.. first.Concat(rest).OrderBy(line => line.PlanVersion).ThenBy(line => line.SearchName, StringComparer.Ordinal).ThenBy(line => line.Id).Take(Most)
                .Select(line => new PlanHolder(line.Id, line.Name, $"{code}-{line.PlanVersion}", line.PlanVersion < inForce, Stands(line.Standing)))], all));
    }

    private static string Stands(int? standing) => (SubscriptionStanding?)standing switch
    {
        null => "never changed",
        SubscriptionStanding.Trial => "tries another",
        SubscriptionStanding.PastDue => "past due",
        SubscriptionStanding.Cancelling => "ends with its period",
        SubscriptionStanding.Cancelled => "ended",
        SubscriptionStanding.Free => "free",
        _ => "active",
    };
}

/// <summary>Who is on a plan.</summary>
/// <param name="Lines">The first of them.</param>
/// <param name="All">How many there are.</param>
public sealed record PlanHolders(ImmutableArray<PlanHolder> Lines, long All);

/// <summary>One of them.</summary>
/// <param name="Organization">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">The version that it has, as in <c>advanced-1</c>.</param>
/// <param name="Keeps">True where a newer one is in force.</param>
/// <param name="Stands">How the subscription stands, in words.</param>
public sealed record PlanHolder(long Organization, string Name, string Version, bool Keeps, string Stands);
