using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Plans;

namespace BillingPortal.Tests.Domain.Plans;

public sealed class TransitionTests
{
    [Fact]
    public void An_upgrade_in_mid_period_is_charged_by_whole_days_with_coupon_and_tax_and_says_what_comes_next()
    {
        var standard = PlanWorld.Paying("standard", "2026-11-01");
        var view = PlanWorld.On("2026-11-20", standard) with { Coupon = PlanWorld.Percent("SCALE10", 1_000, CouponDuration.Repeating, 4) };
        var taken = view.Taken(new SubscriptionWish.Choose("advanced", 1, "scale10"));
        taken.Charge!.Figures().ShouldBe([
            "Advanced, 11 of 30 days | 99.00 × 11 ⁄ 30 | 36.30",
            "Standard, unused 11 of 30 days | 20.00 × 11 ⁄ 30, paid | -7.33",
            "Coupon SCALE10 | 10 % of 99.00 × 11 ⁄ 30 | -3.63",
            "VAT 19 % | 4.81",
            "30.15"]);
        Charges.Upcoming(view, taken.Next)!.Figures().ShouldBe(["Advanced | 99.00 | 99.00", "Coupon SCALE10 | 10 % of 99.00 | -9.90", "VAT 19 % | 16.93", "106.03"]);
        (taken.Next.Plan, taken.Next.Period, taken.Grants, taken.Next.Coupon!.Left).ShouldBe(("advanced", standard.Period, false, 3));
    }

    [Fact]
    public void What_is_less_happens_at_the_periods_end_and_can_be_taken_back()
    {
        var advanced = PlanWorld.Paying("advanced", "2026-11-10");
        var down = PlanWorld.On("2026-11-20", advanced).Taken(new SubscriptionWish.Choose("standard"));
        (down.Charge, down.Next.Plan, down.Next.Scheduled!.Plan, down.Change.Text).ShouldBe((null, "advanced", "standard", "Standard from 10 December 2026."));
        PlanWorld.On("2026-11-21", down.Next).Taken(new SubscriptionWish.Resume()).Next.Scheduled.ShouldBeNull();
        var renewed = Renewals.Due(PlanWorld.On("2026-12-10", down.Next))!;
        (renewed.Next.Plan, renewed.Charge!.Net, renewed.Grants).ShouldBe(("standard", 20 * Money.Unit, true));
        renewed.Next.Period.ShouldBe(new PlanPeriod(new DateOnly(2026, 12, 10), new DateOnly(2027, 1, 10)));
    }

    [Fact]
    public void What_was_paid_with_a_coupon_is_given_back_with_it()
    {
        var half = PlanWorld.On("2026-11-01") with { Coupon = PlanWorld.Percent("HALF", 5_000, CouponDuration.Once) };
        var standard = half.Taken(new SubscriptionWish.Choose("standard", 1, "HALF")).Next;
        PlanWorld.On("2026-11-16", standard).Taken(new SubscriptionWish.Choose("advanced")).Charge!.Figures().ShouldBe([
            "Advanced, 15 of 30 days | 99.00 × 15 ⁄ 30 | 49.50",
            "Standard, unused 15 of 30 days | 10.00 × 15 ⁄ 30, paid | -5.00",
            "Coupon HALF | 50 % of 99.00 × 15 ⁄ 30 | -24.75",
            "VAT 19 % | 3.75",
            "23.50"]);
        Renewals.Due(PlanWorld.On("2026-12-01", standard))!.Charge!.Lines.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_trial_begins_without_a_card_once_and_turns_into_a_paid_period_only_with_one()
    {
        var trial = PlanWorld.On("2026-11-20", card: false).Taken(new SubscriptionWish.Upgrade()).Next;
        (trial.Standing, trial.Effective.Code, trial.Plan, trial.Trial!.EndsOn, trial.Trial.DaysLeft(new DateOnly(2026, 11, 20)))
            .ShouldBe((SubscriptionStanding.Trial, "advanced", "free", new DateOnly(2026, 12, 4), 14));
        Transitions.Of(PlanWorld.On("2026-11-25", trial), new SubscriptionWish.Upgrade()).ShouldBeOfType<Transition.Unchanged>();
        var paid = Renewals.Due(PlanWorld.On("2026-12-05", trial))!;
        (paid.Next.Plan, paid.Next.Anchor, paid.Charge!.Net, paid.Unpaid!.State).ShouldBe(("advanced", new DateOnly(2026, 12, 4), 99 * Money.Unit, SubscriptionState.PastDue));
        var over = Renewals.Due(PlanWorld.On("2026-12-04", trial, card: false))!.Next;
        (over.Standing, over.Trial).ShouldBe((SubscriptionStanding.Free, null));
        PlanWorld.On("2026-12-04", over, card: false).Refused(new SubscriptionWish.Upgrade()).ShouldBe(RefusalCode.TrialUsed);
        PlanWorld.On("2026-11-25", trial, card: false).Refused(new SubscriptionWish.EndTrial()).ShouldBe(RefusalCode.PaymentMethodNeeded);
        PlanWorld.On("2026-11-25", trial).Taken(new SubscriptionWish.EndTrial()).Next.Anchor.ShouldBe(new DateOnly(2026, 11, 25));
    }

    [Fact]
    public void Upgrading_what_is_as_good_already_changes_nothing_but_a_pending_cancellation()
    {
        var advanced = PlanWorld.Paying("advanced", "2026-11-10");
        Transitions.Of(PlanWorld.On("2026-11-11", advanced), new SubscriptionWish.Upgrade()).ShouldBeOfType<Transition.Unchanged>();
        var cancelled = PlanWorld.On("2026-11-12", advanced).Taken(new SubscriptionWish.Cancel()).Next;
        cancelled.Standing.ShouldBe(SubscriptionStanding.Cancelling);
        PlanWorld.On("2026-11-13", cancelled).Taken(new SubscriptionWish.Upgrade()).Next.ShouldBe(advanced with { Version = cancelled.Version + 1 });
        var ended = Renewals.Due(PlanWorld.On("2026-12-10", cancelled))!;
        (ended.Next.Plan, ended.Next.Standing, ended.Charge).ShouldBe(("free", SubscriptionStanding.Cancelled, null));
    }

    [Fact]
    public void Each_wish_that_cannot_be_is_refused_with_its_reason()
    {
        var (standard, due) = (PlanWorld.Paying("standard", "2026-11-01"), PlanWorld.Paying("standard", "2026-11-01") with { State = SubscriptionState.PastDue });
        PlanWorld.On("2026-11-20", card: false).Refused(new SubscriptionWish.Choose("standard")).ShouldBe(RefusalCode.PaymentMethodNeeded);
        PlanWorld.On("2026-11-20").Refused(new SubscriptionWish.Choose("enterprise")).ShouldBe(RefusalCode.Forbidden);
        PlanWorld.On("2026-11-20", finance: true).Refused(new SubscriptionWish.Choose("enterprise")).ShouldBe(RefusalCode.PriceNotAgreed);
        PlanWorld.On("2026-11-20").Refused(new SubscriptionWish.Agree(PlanPrice.Agreed)).ShouldBe(RefusalCode.Forbidden);
        PlanWorld.On("2026-11-20").Refused(new SubscriptionWish.Choose("standard", 1, "NONE")).ShouldBe(RefusalCode.CouponNotValid);
        PlanWorld.On("2026-11-20", currency: "SEK").Refused(new SubscriptionWish.Choose("standard")).ShouldBe(RefusalCode.CurrencyNotSupported);
        PlanWorld.On("2026-11-20").Refused(new SubscriptionWish.Cancel()).ShouldBe(RefusalCode.NotSubscribed);
        PlanWorld.On("2026-11-20", due).Refused(new SubscriptionWish.Choose("advanced")).ShouldBe(RefusalCode.FeeUnpaid);
        PlanWorld.On("2026-11-20").Refused(new SubscriptionWish.StartTrial("standard")).ShouldBe(RefusalCode.TrialNotOffered);
        Transitions.Of(PlanWorld.On("2026-11-20", standard), new SubscriptionWish.Choose("standard", 2)).ShouldBeOfType<Transition.Invalid>();
        Transitions.Of(PlanWorld.On("2026-11-20"), new SubscriptionWish.Choose("none")).ShouldBeOfType<Transition.Invalid>();
        (PlanWorld.On("2026-11-20", due).Taken(new SubscriptionWish.Cancel()).Next is { Plan: "free", State: SubscriptionState.Cancelled }).ShouldBeTrue();
    }

    [Fact]
    public void A_coupon_is_refused_once_it_expired_was_used_up_is_for_another_plan_or_takes_nothing_off()
    {
        var coupon = PlanWorld.Percent("X", 1_000, CouponDuration.Once);
        var view = PlanWorld.On("2026-11-20");
        var wish = new SubscriptionWish.Choose("standard", 1, " x ");
        (view with { Coupon = coupon with { Limit = 3 }, Redemptions = 2 }).Taken(wish).Redeems.ShouldBe("X");
        (view with { Coupon = coupon with { Limit = 3 }, Redemptions = 3 }).Refused(wish).ShouldBe(RefusalCode.CouponNotValid);
        (view with { Coupon = coupon, RedeemedBefore = true }).Refused(wish).ShouldBe(RefusalCode.CouponNotValid);
        (view with { Coupon = coupon with { ExpiresAt = view.Now } }).Refused(wish).ShouldBe(RefusalCode.CouponNotValid);
        (view with { Coupon = coupon with { Terms = coupon.Terms with { Plans = ["advanced"] } } }).Refused(wish).ShouldBe(RefusalCode.CouponNotValid);
        (view with { Coupon = coupon with { Terms = coupon.Terms with { BasisPoints = 0, Amounts = ImmutableSortedDictionary<string, long>.Empty.Add("JPY", 1) } } })
            .Refused(wish).ShouldBe(RefusalCode.CouponNotValid);
    }

    [Fact]
    public void An_agreed_price_holds_from_the_next_period_and_enterprise_is_chosen_with_it()
    {
        var agreed = PlanWorld.On("2026-11-20", finance: true).Taken(new SubscriptionWish.Agree(PlanPrice.Of(PriceKind.PerUser, PlanInterval.Year, new Money(50 * Money.Unit, Currency.Usd)))).Next;
        var taken = PlanWorld.On("2026-11-20", agreed, finance: true).Taken(new SubscriptionWish.Choose("enterprise", 10));
        (taken.Charge!.Net, taken.Next.Interval, taken.Next.Period!.Value.Days).ShouldBe((500 * Money.Unit, PlanInterval.Year, 365));
        var raised = PlanWorld.On("2026-12-01", taken.Next, finance: true).Taken(new SubscriptionWish.Agree(PlanPrice.Of(PriceKind.Flat, PlanInterval.Month, new Money(700 * Money.Unit, Currency.Usd))));
        raised.Charge.ShouldBeNull();
        var renewed = Renewals.Due(PlanWorld.On("2027-11-20", raised.Next))!;
        (renewed.Charge!.Net, renewed.Next.Interval, renewed.Next.Seats).ShouldBe((700 * Money.Unit, PlanInterval.Month, 1));
    }
}
