using BillingPortal.Domain.Invoices;

namespace BillingPortal.Domain.Plans;

/// <summary>All that a transition of a subscription may look at.</summary>
public sealed record PlanView
{
    /// <summary>Where it stands.</summary>
    public required Subscription Subscription { get; init; }

    /// <summary>Every plan.</summary>
    public required PlanCatalogue Catalogue { get; init; }

    /// <summary>What the organization pays in.</summary>
    public required Currency Currency { get; init; }

    /// <summary>When it is decided.</summary>
    public required Instant Now { get; init; }

    /// <summary>The local day.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>True where whoever pays has a card that works.</summary>
    public bool HasCard { get; init; }

    /// <summary>True where whoever pays is invoiced afterwards.</summary>
    public bool Postpaid { get; init; }

    /// <summary>True where finance asks.</summary>
    public bool ByFinance { get; init; }

    /// <summary>What was used of the current period's monthly credits, millionths.</summary>
    public long CreditsUsed { get; init; }

    /// <summary>How whoever pays is taxed.</summary>
    public TaxTreatment Tax { get; init; } = new(TaxCategory.OutOfScope, 0);

    /// <summary>The coupon that is named; null where there is none of that code.</summary>
    public Coupon? Coupon { get; init; }

    /// <summary>How often it was redeemed by all together.</summary>
    public int Redemptions { get; init; }

    /// <summary>True where this organization redeemed it before.</summary>
    public bool RedeemedBefore { get; init; }

    /// <summary>What a version costs this organization: in the current period where it has that plan, else from when it begins.</summary>
    public PlanPrice PriceOf(PlanVersion version) => Subscription.PriceOf(version);

    /// <summary>The version that the subscription has.</summary>
    public PlanVersion Current => Catalogue.Of(Subscription.Plan, Subscription.PlanVersion);
}
