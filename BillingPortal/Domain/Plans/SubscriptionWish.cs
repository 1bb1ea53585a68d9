using System.Collections.Immutable;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Domain.Plans;

/// <summary>What a person or a program may wish of a subscription. A closed set.</summary>
public abstract record SubscriptionWish
{
    private SubscriptionWish() { }

    /// <summary>
    /// This plan with that many seats, and a coupon if one is named. More than now happens at once and is charged by the day; less happens at the
    /// period's end; the plan that costs nothing is a cancellation; the plan being tried ends the trial.
    /// </summary>
    public sealed record Choose(string Plan, int Seats = 1, string? Coupon = null) : SubscriptionWish;

    /// <summary>Contract 5's upgrade: with a card it charges, without one it starts the trial (rules §7).</summary>
    public sealed record Upgrade : SubscriptionWish;

    /// <summary>Try a plan, once for an organization.</summary>
    public sealed record StartTrial(string Plan) : SubscriptionWish;

    /// <summary>End the trial now: the paid period begins today.</summary>
    public sealed record EndTrial(string? Coupon = null) : SubscriptionWish;

    /// <summary>End the plan with its period, and a trial over it with itself; what is past due ends at once.</summary>
    /// <param name="TrialOnly">True to leave the plan below the trial as it is.</param>
    public sealed record Cancel(bool TrialOnly = false) : SubscriptionWish;

    /// <summary>Take back a cancellation and whatever was to change with the next period.</summary>
    public sealed record Resume : SubscriptionWish;

    /// <summary>Put a coupon on it, for the charges to come.</summary>
    public sealed record Redeem(string Coupon) : SubscriptionWish;

    /// <summary>Finance agrees a price for the plan that has none of its own; it holds from the next period.</summary>
    public sealed record Agree(PlanPrice Price) : SubscriptionWish;

    /// <summary>The coupon that it names; null for none.</summary>
    public string? CouponCode => this switch
    {
        Choose { Coupon.Length: > 0 } choose => choose.Coupon,
        EndTrial { Coupon.Length: > 0 } end => end.Coupon,
        Redeem redeem => redeem.Coupon,
        _ => null,
    };

    internal void Describe(CanonicalForm form)
    {
        form.Add(GetType().Name);
        switch (this)
        {
            case Choose(var plan, var seats, var coupon):
                form.Add(plan).Add(seats).Add(coupon is null ? "" : Plans.Coupon.Normalise(coupon));
                break;
            case StartTrial(var plan):
                form.Add(plan);
                break;
            case EndTrial(var coupon):
                form.Add(coupon is null ? "" : Plans.Coupon.Normalise(coupon));
                break;
            case Redeem(var coupon):
                form.Add(Plans.Coupon.Normalise(coupon));
                break;
            case Cancel { TrialOnly: true }:
                form.Add("trial");
                break;
            case Agree(var price):
                price.Describe(form);
                break;
        }
    }
}

/// <summary>What a wish, or time, makes of a subscription. A closed set.</summary>
public abstract record Transition
{
    private Transition() { }

    /// <summary>The answer is no.</summary>
    public sealed record Refused(Refusal Refusal) : Transition;

    /// <summary>It cannot be meant.</summary>
    public sealed record Invalid(ImmutableArray<FieldError> Errors) : Transition;

    /// <summary>Nothing would change.</summary>
    public sealed record Unchanged : Transition;

    /// <summary>It becomes <see cref="Next"/>: at once where nothing is to be charged, else when it is paid.</summary>
    /// <param name="Next">The subscription afterwards, with the charge paid.</param>
    /// <param name="Change">What happened, for its history.</param>
    /// <param name="Charge">What is due; null where nothing is reckoned. May come to zero.</param>
    /// <param name="Grants">True where a period begins, with its credits.</param>
    public sealed record Taken(Subscription Next, SubscriptionChange Change, PlanCharge? Charge = null, bool Grants = false) : Transition
    {
        /// <summary>The coupon that it redeems; null for none.</summary>
        public string? Redeems { get; init; }

        /// <summary>Where it stands while the charge cannot be collected; null where it then stays as it was.</summary>
        public Subscription? Unpaid { get; init; }
    }

    /// <summary>A refusal.</summary>
    public static Transition No(RefusalCode code, string message, string? field = null) => new Refused(new Refusal(code, message, field));

    /// <summary>One field that cannot be meant.</summary>
    public static Transition Wrong(string field, string code, string message) => new Invalid([new FieldError(field, code, message)]);
}

/// <summary>What happened to a subscription: its history's line and the event that people read.</summary>
/// <param name="Code">Stable: plan_changed, change_scheduled, plan_cancelled, plan_resumed, trial_started, trial_ended, coupon_redeemed, price_agreed, plan_renewed, plan_past_due, plan_ended.</param>
/// <param name="Text">For people.</param>
public sealed record SubscriptionChange(string Code, string Text);
