using System.Collections.Immutable;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Plans;

/// <summary>
/// What time does to a subscription, one step: a trial ends, a period is renewed, changed or ends. A fee is claimed for the payment provider; without a
/// card the period begins past due.
/// </summary>
public sealed record RollSubscription(Actor Actor, string Key, OrganizationId Organization) : MoneyCommand(Actor, Key)
{
    /// <summary>Who pays, where that is another organization.</summary>
    public OrganizationId? Payer { get; init; }

    /// <inheritdoc />
    public override string Rule => "roll-subscription/1";

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => Payer is { } payer ? [Organization, payer] : [Organization];

    /// <inheritdoc />
    public override bool KeepsKey => true;

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with { Plans = new PlansNeeded(Organization, Payer ?? Organization) };

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        var facts = view.Facts.Plans ?? throw new InvalidOperationException("The facts about plans were not loaded.");
        var (state, payer) = (view.States[Organization], view.States[Payer ?? Organization]);
        if (state.Payer != Payer)
        {
            return Decision.No(RefusalCode.PayerChanged, "Another organization pays by now.");
        }

        var plans = facts.ViewOf(state, payer, view.Now, byFinance: true);

        // A disabled organization keeps what it paid for and is charged for nothing more: its plan ends with its period.
        plans = state.Disabled ? plans with { Subscription = plans.Subscription with { CancelAtPeriodEnd = plans.Subscription.Period is not null } } : plans;
        var obstacle = PlanPaying.Obstacle(state, payer, byPerson: false);
        plans = plans with { HasCard = obstacle is null, Postpaid = plans.Postpaid && !payer.Disabled };
        var waiting = facts.Fee is { IsOpen: true } open ? open : null;
        if (waiting is { InFlight: true } || facts.Subscription is null || Renewals.Due(plans) is not { } taken || (waiting is not null && plans.Subscription.State != SubscriptionState.PastDue))
        {
            return Decision.No(RefusalCode.NotDue, "Nothing is due, or its payment is under way.");
        }

        var course = new Course(view);
        if (waiting is not null && taken.Next.State != SubscriptionState.PastDue)
        {
            course.Add(new Effect.Fee(Organization, waiting with { State = FeeState.Cancelled, DueAt = null, Steps = waiting.Steps + 1 },
                new FeeStep("ended", "The period it was for is over. It is not charged again.", "engine")));
        }

        switch (taken)
        {
            case { Charge: { Total: > 0, OnAccount: false } } when obstacle is null:
                PlanPaying.Submit(course, Organization, Payer ?? Organization, facts, taken, byPerson: false, Charges.Upcoming(plans, taken.Next), this);
                break;
            case { Charge: { Total: > 0, OnAccount: false }, Unpaid: { } unpaid }:
                FeeCollection.BeginPastDue(course, Organization, Payer ?? Organization, facts, taken, unpaid, obstacle ?? throw new InvalidOperationException("What can be charged is charged."));
                break;
            default:
                if (taken.Change.Code == "plan_ended" && !plans.Subscription.CancelAtPeriodEnd)
                {
                    FeeCollection.Tell(course, Organization, Payer ?? Organization, NoticeKind.PlanEnded, $"{plans.Current.Terms.Name} of {state.Name} has ended", "", taken.Change.Text);
                }

                PlanPaying.Take(course, Organization, Payer ?? Organization, taken, plans);
                break;
        }

        return course.Decision;
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form)
    {
        // The organization is all there is to say, and stands in the hash already.
    }
}
