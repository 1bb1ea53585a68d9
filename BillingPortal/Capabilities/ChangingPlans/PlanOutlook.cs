using System.Collections.Immutable;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Plans;
using BillingPortal.Store;

namespace BillingPortal.Capabilities.ChangingPlans;

/// <summary>What a preview of a change says to a person: what is due today, what from the next period, and what the subscription becomes.</summary>
/// <param name="Next">The subscription afterwards.</param>
/// <param name="Change">What will have happened.</param>
public sealed record PlanOutlook(Subscription Next, SubscriptionChange Change)
{
    /// <summary>What the card is charged today; null for nothing.</summary>
    public PlanCharge? Today { get; init; }

    /// <summary>What the next period will cost; null for nothing.</summary>
    public PlanCharge? Upcoming { get; init; }

    /// <summary>What is charged after that, up to the end of a trial.</summary>
    public ImmutableArray<PlanCharge> Then { get; init; } = [];

    /// <summary>All that will be charged of itself.</summary>
    public IEnumerable<PlanCharge> Foreseen => Upcoming is null ? Then : Then.Prepend(Upcoming);

    /// <summary>Millionths that are owed and invoiced with the month, in place of being charged today.</summary>
    public long OnAccount { get; init; }

    /// <summary>The coupon that is redeemed; null for none.</summary>
    public string? Redeems { get; init; }

    /// <summary>What <paramref name="preview"/> says; null where nothing would change.</summary>
    public static PlanOutlook? Of(Preview preview, OrganizationId organization)
    {
        var redeems = preview.Effects.OfType<Effect.Redeem>().LastOrDefault(effect => !effect.Released)?.Coupon;
        if (preview.Effects.OfType<Effect.Fee>().LastOrDefault(effect => effect.Item.InFlight) is { Item: var fee })
        {
            return new PlanOutlook(fee.Next, fee.Change) { Today = fee.Charge, Upcoming = fee.Upcoming, Redeems = redeems };
        }

        var owed = preview.Entries.Where(entry => entry.Kind == EntryKind.Fee).SelectMany(entry => entry.Postings)
            .Where(posting => posting.Account.Kind == AccountKind.UnbilledReceivable).Sum(posting => -posting.Amount);
        return preview.Effects.OfType<Effect.SetSubscription>().LastOrDefault(effect => effect.Organization == organization) is { } set
            ? new PlanOutlook(set.Subscription, set.Change) { Upcoming = set.Upcoming, Then = set.Then, OnAccount = owed, Redeems = redeems }
            : null;
    }
}
