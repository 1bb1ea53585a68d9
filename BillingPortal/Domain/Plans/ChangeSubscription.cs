using System.Collections.Immutable;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Plans;

/// <summary>
/// Changes a subscription as a person or a program wishes. Where something is due it is claimed for the payment provider, and the subscription changes
/// when it is paid (<see cref="SettleFee"/>); where nothing is, it changes at once.
/// </summary>
public sealed record ChangeSubscription(Actor Actor, string Key, OrganizationId Organization) : MoneyCommand(Actor, Key)
{
    /// <summary>What is wished.</summary>
    public required SubscriptionWish Wish { get; init; }

    /// <summary>Who was shown to pay, where that is another organization; null where it pays for itself.</summary>
    public OrganizationId? Payer { get; init; }

    /// <summary>True where finance asks: prices are agreed and enterprise is chosen by nobody else.</summary>
    public bool ByFinance { get; init; }

    /// <inheritdoc />
    public override string Rule => "change-subscription/1";

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => Payer is { } payer ? [Organization, payer] : [Organization];

    /// <inheritdoc />
    public override bool KeepsKey => true;

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with { Plans = new PlansNeeded(Organization, Payer ?? Organization) { Coupon = Wish.CouponCode } };

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        var facts = view.Facts.Plans ?? throw new InvalidOperationException("The facts about plans were not loaded.");
        var (state, payer) = (view.States[Organization], view.States[Payer ?? Organization]);
        if (PlanPaying.Refusal(state, payer, Payer, spends: Wish is not SubscriptionWish.Cancel) is { } refused)
        {
            return refused;
        }

        // A cancellation may take back a fee that waits for its next attempt; nothing else may pass one that is open.
        var fee = facts.Fee is { IsOpen: true } open ? open : null;
        if (fee is not null && (fee.InFlight || Wish is not SubscriptionWish.Cancel))
        {
            return fee.InFlight
                ? Decision.No(RefusalCode.PaymentUnderWay, "A payment for the plan is under way. It is known in a moment whether it went through.")
                : Decision.No(RefusalCode.FeeUnpaid, "The fee for this period is not paid. Pay it first, or cancel.");
        }

        var plans = facts.ViewOf(state, payer, view.Now, ByFinance);
        if (fee is null && Renewals.Due(plans) is not null)
        {
            return Decision.No(RefusalCode.PaymentUnderWay, "The subscription is just being renewed. Try again in a minute.");
        }

        return Transitions.Of(plans, Wish) switch
        {
            Transition.Refused no => new Decision.Refused(no.Refusal),
            Transition.Invalid invalid => new Decision.Invalid(invalid.Errors),
            Transition.Unchanged => Decision.Nothing,
            Transition.Taken taken => Take(new Course(view), facts, plans, taken, taken.Next.State == SubscriptionState.PastDue ? null : fee),
            _ => throw new InvalidOperationException("The set of transitions is closed."),
        };
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form)
    {
        Wish.Describe(form);
        form.Add(ByFinance ? 1 : 0);
    }

    private Decision Take(Course course, PlanFacts facts, PlanView plans, Transition.Taken taken, PlanFee? waiting)
    {
        if (taken.Charge is { Total: > 0 } && facts.Profile?.Seller.Lacking is { Length: > 0 } lacking)
        {
            return Decision.No(RefusalCode.NotDue, $"The platform has not said who issues its invoices, and sells no plan until then. Its operator sets {lacking}. Nothing was charged.");
        }

        if (taken.Redeems is { } coupon)
        {
            course.Add(new Effect.Redeem(Organization, coupon, Released: false) { Number = facts.NextRedemption });
        }

        if (waiting is not null)
        {
            course.Add(new Effect.Fee(Organization, waiting with { State = FeeState.Cancelled, DueAt = null, Steps = waiting.Steps + 1 },
                new FeeStep("cancelled", "The plan was cancelled. It is not charged again.", Actor.Via)));
        }

        if (taken.Charge is { Total: > 0, OnAccount: false })
        {
            PlanPaying.Submit(course, Organization, Payer ?? Organization, facts, taken, byPerson: true, Charges.Upcoming(plans, taken.Next), this);
        }
        else
        {
            PlanPaying.Take(course, Organization, Payer ?? Organization, taken, plans);
        }

        return course.Decision;
    }
}
