using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Plans;
using BillingPortal.Store.Reading;

namespace BillingPortal.Capabilities.ChangingPlans;

/// <summary>What the page of an organization's plan shows: how it stands, what it will cost, what may be done, and what happened to it.</summary>
public sealed record PlanStanding
{
    /// <summary>The plan, the catalogue, and who pays.</summary>
    public required PlanFile File { get; init; }

    /// <summary>What a change would be decided on; null while none can be decided.</summary>
    public PlanView? View { get; init; }

    /// <summary>Why none can be decided; null where one can.</summary>
    public string? Standstill { get; init; }

    /// <summary>Newest first.</summary>
    public ImmutableArray<PlanHistoryLine> History { get; init; } = [];

    /// <summary>True where the reader may see who pays: then their card is named.</summary>
    public bool SeesPayer { get; init; }

    /// <summary>True where the reader may add a card to whoever pays.</summary>
    public bool MayPay { get; init; }

    /// <summary>The organization's number.</summary>
    public OrganizationId Id => new(File.Organization.Id);

    /// <summary>Its name.</summary>
    public string Name => File.Organization.Name;

    /// <summary>What it pays in.</summary>
    public Currency Currency => Currency.Of(File.Organization.Currency);

    /// <summary>The subscription.</summary>
    public Subscription Subscription => File.Subscription;

    /// <summary>True where another organization pays.</summary>
    public bool PaidByAnother => File.Payer.Id != File.Organization.Id;

    /// <summary>The card in words that this reader may know; null for none.</summary>
    public string? CardName => File.Card is not { Inactive: false } card ? null : SeesPayer ? card.ToString() : $"the card of {File.Payer.Name}";

    /// <summary>The version that the subscription has.</summary>
    public PlanVersion Current => File.Catalogue.Of(Subscription.Plan, Subscription.PlanVersion);

    /// <summary>All that will be charged as things stand, up to the end of a trial; empty where nothing follows or it cannot be reckoned now.</summary>
    public ImmutableArray<PlanCharge> Foreseen => View is null ? [] : Charges.Foreseen(View, Subscription);

    /// <summary>True where a cancellation would be the trial's, which lies over the plan; the plan below it is cancelled by itself.</summary>
    public bool CancelsTrial => Subscription is { Trial: not null, TrialEnds: false };

    /// <summary>The version that this organization would get of a plan: its own where it has or tries that plan. Null where there is none.</summary>
    public PlanVersion? VersionOf(string? plan) =>
        plan is null ? null
        : Subscription.Trial is { } trial && trial.Plan == plan ? File.Catalogue.Of(plan, trial.PlanVersion)
        : Subscription.Plan == plan ? Current
        : File.Catalogue.InForce(plan, File.Now);

    /// <summary>What a version costs this organization: in the current period where it has that plan, else from when it begins.</summary>
    public PlanPrice PriceOf(PlanVersion version) => Subscription.PriceOf(version);

    /// <summary>What a wish would come to but for a card and a coupon, which later steps ask for; null where nothing can be decided.</summary>
    public Transition? Foresee(SubscriptionWish wish) => View is null ? null : Transitions.Of(View with { HasCard = true }, wish);

    /// <summary>True where a wish cannot be done without a card, and there is none.</summary>
    public bool WantsCard(SubscriptionWish wish) =>
        View is { HasCard: false } view && Transitions.Of(view, wish) is Transition.Refused { Refusal.Code: RefusalCode.PaymentMethodNeeded };
}

/// <summary>A line of the history.</summary>
/// <param name="At">When.</param>
/// <param name="Text">What happened.</param>
/// <param name="By">Who did it.</param>
/// <param name="Paid">What was charged for it; null for nothing, or where this reader may not see it.</param>
/// <param name="Entry">The payer's entry that booked that.</param>
public sealed record PlanHistoryLine(Instant At, string Text, string By, Money? Paid, (long Payer, long Seq)? Entry)
{
    /// <summary>The payer's invoice of what was charged, where there is one and the caller may see it.</summary>
    public BookedDocument? Invoice { get; init; }
}
