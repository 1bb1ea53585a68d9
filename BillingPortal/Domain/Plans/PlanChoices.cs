using System.Globalization;

namespace BillingPortal.Domain.Plans;

/// <summary>Changing plan or seats: more at once and by the day, less at the period's end (rules §5, §7).</summary>
internal static class PlanChoices
{
    /// <summary>A fee is owed.</summary>
    public static Transition Unpaid => Transition.No(RefusalCode.FeeUnpaid, "The fee for this period is not paid. Pay it first, or cancel.");

    public static Transition Choose(PlanView view, SubscriptionWish.Choose wish)
    {
        var subscription = view.Subscription;
        if (view.Catalogue.InForce(wish.Plan, view.Now) is not { } offered)
        {
            return Transition.Wrong("Plan", "unknown_plan", "There is no such plan.");
        }

        // Whoever is on the plan, or tries it, keeps its version.
        var version = subscription.Trial?.Plan == wish.Plan ? view.Catalogue.Of(wish.Plan, subscription.Trial.PlanVersion)
            : subscription.Plan == wish.Plan ? view.Current : offered;
        var price = view.PriceOf(version);
        if (Wrong(view, wish, version, price) is { } wrong)
        {
            return wrong;
        }

        // An agreed price may be nothing and is a price all the same: only one plan is the one to which a cancellation leads.
        if (version.Code == PlanCatalogue.Free)
        {
            return subscription is { Trial: null, State: SubscriptionState.Free or SubscriptionState.Cancelled } ? new Transition.Unchanged() : Transitions.Of(view, new SubscriptionWish.Cancel());
        }

        if (subscription.State == SubscriptionState.PastDue)
        {
            return Unpaid;
        }

        var same = subscription.State == SubscriptionState.Active && subscription.Plan == wish.Plan;
        if (same && subscription.Seats == wish.Seats && wish.Coupon is not { Length: > 0 })
        {
            return Transitions.Of(view, new SubscriptionWish.Resume());
        }

        if (same && subscription.Seats == wish.Seats)
        {
            return Transitions.Of(view, new SubscriptionWish.Redeem(wish.Coupon!));
        }

        return At(view, wish, version, price, same);
    }

    private static Transition? Wrong(PlanView view, SubscriptionWish.Choose wish, PlanVersion version, PlanPrice price) => price switch
    {
        _ when wish.Seats is < 1 or > PlanPrice.MostSeats =>
            Transition.Wrong("Seats", "out_of_range", string.Create(CultureInfo.InvariantCulture, $"Seats go from 1 to {PlanPrice.MostSeats:#,0}.")),
        { Kind: not PriceKind.PerUser } when wish.Seats != 1 => Transition.Wrong("Seats", "not_per_user", $"{version.Terms.Name} has one price: seats cannot be chosen."),
        _ when version.Terms.ByFinance && !view.ByFinance && view.Subscription.Plan != version.Code =>
            Transition.No(RefusalCode.Forbidden, $"Only finance can agree {version.Terms.Name}.", "Plan"),
        _ when (version.Terms.ByFinance || version.Terms.Price.Kind == PriceKind.Enterprise) && view.Subscription.Agreed is null => Transition.No(RefusalCode.PriceNotAgreed, $"No price is agreed for {version.Terms.Name} yet.", "Plan"),
        _ when price.For(view.Currency, wish.Seats) is null => Transition.No(RefusalCode.CurrencyNotSupported, $"{version.Terms.Name} is not sold in {view.Currency}.", "Plan"),
        _ when wish.Coupon is { Length: > 0 } code && view.Subscription.Coupon?.Code != Coupon.Normalise(code) => CouponRules.Check(view, code, version.Code),
        _ => null,
    };

    private static Transition At(PlanView view, SubscriptionWish.Choose wish, PlanVersion version, PlanPrice price, bool same)
    {
        var before = view.Subscription;
        var paying = before.State == SubscriptionState.Active;
        var next = before with
        {
            Plan = version.Code,
            PlanVersion = version.Number,
            Seats = wish.Seats,
            State = SubscriptionState.Active,
            Trial = null,
            CancelAtPeriodEnd = false,
            Scheduled = null,
            Holds = version.Terms.Price.Kind == PriceKind.Enterprise ? price : null,
            Carried = false,
            Version = before.Version + 1,
        };
        var redeems = wish.Coupon is { Length: > 0 } code && before.Coupon?.Code != Coupon.Normalise(code);
        if (redeems)
        {
            next = CouponRules.Applied(view, next);
        }

        // A period of the same length goes on; otherwise one begins today.
        var begins = !paying || before.Interval != price.Interval;
        next = begins ? next with { Anchor = view.Today, Interval = price.Interval, Index = 0, Granted = null, Coupon = redeems ? next.Coupon : next.Coupon?.AtNextPeriod() } : next;
        var charge = Charges.For(view, before, next, view.Today);
        var more = same ? wish.Seats > before.Seats : version.Terms.Rank > view.Current.Terms.Rank;
        if (paying && (!more || charge.IsCredit))
        {
            return Later(view, version, wish, redeems);
        }

        if (charge is { Total: > 0, OnAccount: false } && !view.HasCard)
        {
            return Transition.No(RefusalCode.PaymentMethodNeeded, "A payment method is needed: add a card first.", "PaymentMethod");
        }

        return new Transition.Taken(Charges.Paid(view, next, charge), new SubscriptionChange("plan_changed", Text(view, version, price, wish, same)), charge, begins)
        {
            Redeems = redeems ? next.Coupon!.Code : null,
        };
    }

    private static Transition Later(PlanView view, PlanVersion version, SubscriptionWish.Choose wish, bool redeems)
    {
        var before = view.Subscription;
        var choice = new PlanChoice(version.Code, version.Number, wish.Seats);
        if (before.Scheduled == choice && !before.CancelAtPeriodEnd && !redeems)
        {
            return new Transition.Unchanged();
        }

        var next = before with { Scheduled = choice, CancelAtPeriodEnd = false, Version = before.Version + 1 };
        return new Transition.Taken(redeems ? CouponRules.Applied(view, next) : next,
            new SubscriptionChange("change_scheduled", string.Create(CultureInfo.InvariantCulture,
                $"{Named(version, wish.Seats, before.NextPriceOf(version))} from {PlanText.Day(before.Period!.Value.End)}.")))
        { Redeems = redeems ? view.Coupon!.Code : null };
    }

    private static string Text(PlanView view, PlanVersion version, PlanPrice price, SubscriptionWish.Choose wish, bool same) => same
        ? string.Create(CultureInfo.InvariantCulture, $"{version.Terms.Name}: seats changed from {view.Subscription.Seats} to {wish.Seats}.")
        : $"Changed from {view.Current.Terms.Name} to {Named(version, wish.Seats, price)}.";

    private static string Named(PlanVersion version, int seats, PlanPrice price) =>
        version.Terms.Name + (price.Kind == PriceKind.PerUser ? string.Create(CultureInfo.InvariantCulture, $" with {seats} {(seats == 1 ? "seat" : "seats")}") : "");
}
