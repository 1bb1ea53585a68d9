using System.Globalization;

namespace BillingPortal.Domain.Plans;

/// <summary>What a wish makes of a subscription (rules §7). Pure; preview and commit run the same.</summary>
public static class Transitions
{
    /// <summary>What <paramref name="wish"/> makes of the subscription in <paramref name="view"/>.</summary>
    public static Transition Of(PlanView view, SubscriptionWish wish) => wish switch
    {
        SubscriptionWish.Choose choose => PlanChoices.Choose(view, choose),
        SubscriptionWish.Upgrade => Upgrade(view),
        SubscriptionWish.StartTrial start => StartTrial(view, start.Plan),
        SubscriptionWish.EndTrial end => view.Subscription.Trial is { } trial
            ? PlanChoices.Choose(view, new SubscriptionWish.Choose(trial.Plan, 1, end.Coupon))
            : Transition.No(RefusalCode.NotSubscribed, "No trial is running."),
        SubscriptionWish.Cancel cancel => Cancel(view, cancel.TrialOnly),
        SubscriptionWish.Resume => Resume(view),
        SubscriptionWish.Redeem redeem => Redeem(view, redeem.Coupon),
        SubscriptionWish.Agree agree => Agree(view, agree.Price),
        _ => throw new InvalidOperationException("The set of wishes is closed."),
    };

    /// <summary>Contract 5: what is as good already changes nothing but a pending cancellation.</summary>
    private static Transition Upgrade(PlanView view)
    {
        if (view.Catalogue.UpgradeTarget(view.Now) is not { } target)
        {
            return Transition.No(RefusalCode.NotSubscribed, "The catalogue names no plan to upgrade to.");
        }

        var subscription = view.Subscription;
        return subscription.Trial is not null || !target.Terms.UpgradeFrom.Contains(subscription.Plan, StringComparer.Ordinal)
            ? subscription.Ends ? Resume(view) : new Transition.Unchanged()
            : view.HasCard ? PlanChoices.Choose(view, new SubscriptionWish.Choose(target.Code)) : StartTrial(view, target.Code);
    }

    private static Transition StartTrial(PlanView view, string plan)
    {
        if (view.Catalogue.InForce(plan, view.Now) is not { } version)
        {
            return Transition.Wrong("Plan", "unknown_plan", "There is no such plan.");
        }

        return view.Subscription switch
        {
            _ when version.Terms.TrialDays == 0 || version.Terms.Price.Kind == PriceKind.Enterprise || (version.Terms.ByFinance && !view.ByFinance) => Transition.No(RefusalCode.TrialNotOffered, $"{version.Terms.Name} has no trial.", "Plan"),
            { TrialUsed: true } => Transition.No(RefusalCode.TrialUsed, "The trial was used before: an organization has one. Add a payment method to upgrade.", "Plan"),
            { State: SubscriptionState.PastDue } => PlanChoices.Unpaid,
            _ when view.Current.Terms.Rank >= version.Terms.Rank => Transition.No(RefusalCode.TrialNotOffered, $"{view.Current.Terms.Name} has everything that {version.Terms.Name} has.", "Plan"),
            var subscription => new Transition.Taken(subscription with
            {
                Trial = new PlanTrial(version.Code, version.Number, view.Now, view.Today, view.Today.AddDays(version.Terms.TrialDays)),
                TrialUsed = true,
                Version = subscription.Version + 1,
            }, new SubscriptionChange("trial_started", string.Create(CultureInfo.InvariantCulture,
                $"The trial of {version.Terms.Name} began; it ends with {Day(view.Today.AddDays(version.Terms.TrialDays - 1))}."))),
        };
    }

    private static Transition Cancel(PlanView view, bool trialOnly)
    {
        var subscription = view.Subscription;
        var paying = subscription.State is SubscriptionState.Active or SubscriptionState.PastDue;
        var trial = subscription is { Trial: { } running, TrialEnds: false } ? running with { Cancelled = true } : null;
        if (trialOnly || !paying)
        {
            return trial is not null ? new Transition.Taken(subscription with { Trial = trial, Version = subscription.Version + 1 },
                    new SubscriptionChange("plan_cancelled", $"The trial was cancelled; it ends with {Day(trial.EndsOn.AddDays(-1))} and nothing is charged for it."))
                : subscription.Trial is not null ? new Transition.Unchanged()
                : Transition.No(RefusalCode.NotSubscribed, paying ? "No trial is running." : "There is nothing to cancel: no plan is paid for or on trial.");
        }

        if (subscription.State == SubscriptionState.PastDue)
        {
            return new Transition.Taken(Renewals.Ended(view) with { Trial = trial ?? subscription.Trial },
                new SubscriptionChange("plan_ended", $"{view.Current.Terms.Name} was cancelled and ended at once: its period was not paid."));
        }

        return subscription.CancelAtPeriodEnd && trial is null ? new Transition.Unchanged()
            : new Transition.Taken(subscription with { CancelAtPeriodEnd = true, Scheduled = null, Trial = trial ?? subscription.Trial, Version = subscription.Version + 1 },
                new SubscriptionChange("plan_cancelled", $"{view.Current.Terms.Name} was cancelled; it ends with {Day(subscription.Period!.Value.Last)}"
                    + (trial is null ? "." : $", and the trial with {Day(trial.EndsOn.AddDays(-1))}.")));
    }

    private static Transition Resume(PlanView view) => view.Subscription is { CancelAtPeriodEnd: false, Scheduled: null, TrialEnds: false }
        ? new Transition.Unchanged()
        : new Transition.Taken(view.Subscription with
        {
            CancelAtPeriodEnd = false,
            Scheduled = null,
            Trial = view.Subscription.Trial is { } trial ? trial with { Cancelled = false } : null,
            Version = view.Subscription.Version + 1,
        }, new SubscriptionChange("plan_resumed", view.Subscription is { CancelAtPeriodEnd: false, TrialEnds: false } ? "The change planned for the next period was taken back." : "The cancellation was taken back."));

    private static Transition Redeem(PlanView view, string code)
    {
        var plan = view.Subscription.Effective.Code;
        return view.Subscription.Coupon?.Code == Coupon.Normalise(code)
            ? new Transition.Unchanged()
            : CouponRules.Check(view, code, plan == PlanCatalogue.Free ? null : plan) is { } no
                ? no
                : new Transition.Taken(CouponRules.Applied(view, view.Subscription) with { Version = view.Subscription.Version + 1 },
                    new SubscriptionChange("coupon_redeemed", $"Coupon {view.Coupon!.Code} was redeemed: {view.Coupon.Terms.Words(view.Currency)} off."))
                { Redeems = view.Coupon!.Code };
    }

    private static Transition Agree(PlanView view, PlanPrice price)
    {
        if (!view.ByFinance)
        {
            return Transition.No(RefusalCode.Forbidden, "Only finance can agree a price.");
        }

        if (price.For(view.Currency, 1) is not { } amount)
        {
            return Transition.No(RefusalCode.CurrencyNotSupported, $"The organization pays in {view.Currency}.", "Price");
        }

        if (amount < 0 || amount % view.Currency.MinorUnit != 0)
        {
            return Transition.Wrong("Price", "not_whole", $"The price must be a whole number of the smallest unit of {view.Currency}, and not below zero.");
        }

        // What the current period was paid at, it keeps.
        var holds = view.Subscription.Holds ?? (view.Current.Terms.Price.Kind == PriceKind.Enterprise && view.Subscription.Period is not null ? view.PriceOf(view.Current) : null);
        return price.Is(view.Subscription.Agreed)
            ? new Transition.Unchanged()
            : new Transition.Taken(view.Subscription with { Agreed = price, Holds = holds, Version = view.Subscription.Version + 1 },
                new SubscriptionChange("price_agreed", $"Agreed price: {PlanText.Price(price, view.Currency)}."));
    }

    private static string Day(DateOnly day) => PlanText.Day(day);
}
