namespace BillingPortal.Domain.Plans;

/// <summary>What time makes of a subscription: trials end, periods are renewed, changed or end (rules §7). Pure.</summary>
public static class Renewals
{
    /// <summary>What is due on the view's day; null where nothing is. One step at a time: asked again, it gives the next.</summary>
    public static Transition.Taken? Due(PlanView view) => Step(view, view.HasCard);

    /// <summary>What will be due next, on its day, if there is a card by then; null where nothing will.</summary>
    internal static Transition.Taken? Next(PlanView view) =>
        (view.Subscription.Trial?.EndsOn, view.Subscription.Period?.End) switch
        {
            ({ } trial, { } period) => Step(view with { Today = trial <= period ? trial : period }, card: true),
            ({ } trial, null) => Step(view with { Today = trial }, card: true),
            (null, { } period) => Step(view with { Today = period }, card: true),
            _ => null,
        };

    private static Transition.Taken? Step(PlanView view, bool card)
    {
        var subscription = view.Subscription;
        var trialOver = subscription.Trial is { } trial && trial.EndsOn <= view.Today;
        var periodOver = subscription.On(view.Today).Period is { } period && period.End <= view.Today;
        return trialOver && (!periodOver || subscription.Trial!.EndsOn <= subscription.Period!.Value.End) ? TrialOver(view, card)
            : periodOver ? PeriodOver(view)
            : null;
    }

    /// <summary>What was paid no longer matters once the period it paid for is over.</summary>
    internal static Subscription Lapsed(Subscription subscription, DateOnly from) =>
        subscription.Period is { } period && period.End <= from ? subscription with { Paid = null } : subscription;

    /// <summary>The subscription on the plan that costs nothing, ended. A trial goes on.</summary>
    internal static Subscription Ended(PlanView view)
    {
        var free = view.Catalogue.InForce(PlanCatalogue.Free, view.Now) ?? throw new InvalidOperationException("The catalogue has no free plan.");
        return view.Subscription with
        {
            Plan = free.Code,
            PlanVersion = free.Number,
            State = SubscriptionState.Cancelled,
            Seats = 1,
            Anchor = null,
            Interval = null,
            Index = 0,
            Paid = null,
            CancelAtPeriodEnd = false,
            Scheduled = null,
            Holds = null,
            Granted = null,
            Carried = false,
            Version = view.Subscription.Version + 1,
        };
    }

    /// <summary>The trial's plan as a paid one from the view's day on.</summary>
    internal static Subscription? Converted(PlanView view)
    {
        var subscription = view.Subscription;
        var version = view.Catalogue.Of(subscription.Trial!.Plan, subscription.Trial.PlanVersion);
        var price = subscription.NextPriceOf(version);
        if (price.For(view.Currency, 1) is null)
        {
            return null;
        }

        var begins = subscription.State != SubscriptionState.Active || subscription.Interval != price.Interval || subscription.Period?.Contains(view.Today) != true;
        var next = subscription with
        {
            Plan = version.Code,
            PlanVersion = version.Number,
            Seats = 1,
            State = SubscriptionState.Active,
            Trial = null,
            CancelAtPeriodEnd = false,
            Scheduled = null,
            Holds = version.Terms.Price.Kind == PriceKind.Enterprise ? price : null,
            Carried = false,
            Version = subscription.Version + 1,
        };
        return begins ? next with { Anchor = view.Today, Interval = price.Interval, Index = 0, Granted = null, Coupon = next.Coupon?.AtNextPeriod() } : next;
    }

    /// <summary>
    /// The next period, with what was scheduled for it. Where whole periods passed unnoticed it is the one that the view's day lies in: nobody is charged for
    /// months in which the portal told them nothing, nor granted credits that lapsed before they could be used.
    /// </summary>
    internal static Subscription? Renewed(PlanView view)
    {
        var subscription = view.Subscription;
        var choice = subscription.Scheduled ?? new PlanChoice(subscription.Plan, subscription.PlanVersion, subscription.Seats);
        var version = view.Catalogue.Of(choice.Plan, choice.PlanVersion);
        var price = subscription.NextPriceOf(version);
        if (price.For(view.Currency, choice.Seats) is null)
        {
            return null;
        }

        var next = subscription with
        {
            Plan = choice.Plan,
            PlanVersion = choice.PlanVersion,
            Seats = price.Kind == PriceKind.PerUser ? choice.Seats : 1,
            Scheduled = null,
            Holds = version.Terms.Price.Kind == PriceKind.Enterprise ? price : null,
            Carried = false,
            Granted = null,
            Index = subscription.Index + 1,
            Coupon = subscription.Coupon?.AtNextPeriod(),
            Version = subscription.Version + 1,
        };
        next = price.Interval == subscription.Interval ? next : next with { Anchor = subscription.Period!.Value.End, Interval = price.Interval, Index = 0 };
        return next with { Index = Math.Max(next.Index, PlanCalendar.IndexOf(next.Anchor!.Value, price.Interval, view.Today)) };
    }

    private static Transition.Taken TrialOver(PlanView view, bool card)
    {
        var subscription = view.Subscription;
        var trial = subscription.Trial!;
        var name = view.Catalogue.Of(trial.Plan, trial.PlanVersion).Terms.Name;
        var on = view with { Today = trial.EndsOn };

        // While a fee is owed nothing more is charged: the trial just ends, and what is below it is paid or given up.
        if (subscription.TrialEnds || !card || subscription.State == SubscriptionState.PastDue || Converted(on) is not { } next)
        {
            var paying = subscription.State is SubscriptionState.Active or SubscriptionState.PastDue;
            return new Transition.Taken(subscription with
            {
                Trial = null,
                CancelAtPeriodEnd = paying && subscription.CancelAtPeriodEnd,
                State = !paying && subscription.TrialEnds ? SubscriptionState.Cancelled : subscription.State,
                Version = subscription.Version + 1,
            }, new SubscriptionChange("trial_ended", $"The trial of {name} ended; nothing was charged{(subscription.State == SubscriptionState.PastDue ? ", as the plan below it is not paid" : "")}."));
        }

        // As in Renewed: what passed unnoticed is not charged.
        (on, next) = next.Period!.Value.End <= view.Today && next.Anchor == trial.EndsOn ? (view, Converted(view)!) : (on, next);
        var begins = next.Index == 0 && next.Anchor == on.Today;
        var charge = Charges.For(on, Lapsed(subscription, on.Today), next, on.Today);
        if (charge.IsCredit || next.Period!.Value.End <= view.Today)
        {
            // What was paid for the old plan is worth more than the rest of the new one: it goes on, and the new one begins with its next period.
            return new Transition.Taken(subscription with
            {
                Trial = null,
                CancelAtPeriodEnd = false,
                Scheduled = new PlanChoice(trial.Plan, trial.PlanVersion, 1),
                Version = subscription.Version + 1,
            }, new SubscriptionChange("trial_ended", $"The trial of {name} ended; it begins with the next period."));
        }

        return new Transition.Taken(Charges.Paid(on, next, charge), new SubscriptionChange("trial_ended", $"The trial of {name} ended and its first paid period began."), charge, begins)
        {
            Unpaid = next with { State = SubscriptionState.PastDue, Paid = null },
        };
    }

    private static Transition.Taken PeriodOver(PlanView view)
    {
        var subscription = view.Subscription;
        var name = view.Current.Terms.Name;
        if (subscription.State == SubscriptionState.PastDue)
        {
            return new Transition.Taken(Ended(view), new SubscriptionChange("plan_ended", $"{name} ended: its period was never paid."));
        }

        if (subscription.CancelAtPeriodEnd)
        {
            return new Transition.Taken(Ended(view), new SubscriptionChange("plan_ended", $"{name} ended with its period, as it was cancelled."));
        }

        if (Renewed(view) is not { } next)
        {
            return new Transition.Taken(Ended(view), new SubscriptionChange("plan_ended", $"{name} ended with its period: what was to follow is not sold in {view.Currency}."));
        }

        var period = next.Period!.Value;
        var charge = Charges.For(view, Lapsed(subscription, period.Start), next, period.Start);
        var text = next.Plan == subscription.Plan && next.Seats == subscription.Seats ? $"{name} was renewed" : $"Changed from {name} to {view.Catalogue.Of(next.Plan, next.PlanVersion).Terms.Name} with the new period";
        var passed = period.Start > subscription.Period!.Value.End ? $"; what passed before {PlanText.Day(period.Start)} is not charged." : ".";
        return new Transition.Taken(Charges.Paid(view, next, charge), new SubscriptionChange("plan_renewed", text + passed), charge, Grants: true)
        {
            Unpaid = next with { State = SubscriptionState.PastDue, Paid = null },
        };
    }
}
