using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Plans;

namespace BillingPortal.Tests.Domain.Plans;

/// <summary>Which price a period has, and which periods are charged at all.</summary>
public sealed class PeriodTests
{
    [Theory]
    [InlineData(20, 5)]
    [InlineData(5, 5)]
    public void An_agreed_price_changes_nothing_of_the_period_that_runs_seats_included(long agreed, long due)
    {
        var first = PlanWorld.On("2026-11-01", finance: true).Taken(new SubscriptionWish.Agree(Seat(10, PlanInterval.Month))).Next;
        var ten = PlanWorld.On("2026-11-01", first, finance: true).Taken(new SubscriptionWish.Choose("enterprise", 10)).Next;
        var again = PlanWorld.On("2026-11-10", ten, finance: true).Taken(new SubscriptionWish.Agree(Seat(agreed, PlanInterval.Month))).Next;
        var view = PlanWorld.On("2026-11-16", again);
        var added = view.Taken(new SubscriptionWish.Choose("enterprise", 11));
        (added.Charge!.Net, added.Next.Period).ShouldBe((due * Money.Unit, ten.Period));
        Charges.Upcoming(view, added.Next)!.Net.ShouldBe(11 * agreed * Money.Unit);
        Renewals.Due(PlanWorld.On("2026-12-01", added.Next))!.Charge!.Net.ShouldBe(11 * agreed * Money.Unit);
        var yearly = PlanWorld.On("2026-11-10", ten, finance: true).Taken(new SubscriptionWish.Agree(Seat(100, PlanInterval.Year))).Next;
        PlanWorld.On("2026-11-16", yearly).Taken(new SubscriptionWish.Choose("enterprise", 11)).Next.Period.ShouldBe(ten.Period);
    }

    [Fact]
    public void A_plan_without_a_price_of_its_own_is_had_by_nobody_before_one_is_agreed_and_one_of_nothing_is_no_cancellation()
    {
        var open = SeededPlans.Catalogue.Of("enterprise", 1) is var seeded ? seeded with { Code = "open", Terms = seeded.Terms with { ByFinance = false, TrialDays = 14 } } : null!;
        PlanView On(Subscription? subscription = null) => PlanWorld.On("2026-11-10", subscription, finance: true) with { Catalogue = new PlanCatalogue([.. PlanWorld.Catalogue.Versions, open]) };
        On().Refused(new SubscriptionWish.Choose("open")).ShouldBe(RefusalCode.PriceNotAgreed);
        On().Refused(new SubscriptionWish.StartTrial("open")).ShouldBe(RefusalCode.TrialNotOffered);
        var nothing = On(PlanWorld.Paying("advanced", "2026-11-01")).Taken(new SubscriptionWish.Agree(PlanPrice.Of(PriceKind.Flat, PlanInterval.Month, new Money(0, Currency.Usd)))).Next;
        var wished = On(nothing).Taken(new SubscriptionWish.Choose("enterprise")).Next;
        (wished.CancelAtPeriodEnd, wished.Scheduled?.Plan).ShouldBe((false, "enterprise"));
    }

    [Fact]
    public void Of_periods_that_passed_unnoticed_only_the_current_one_is_charged_and_granted()
    {
        var due = Renewals.Due(PlanWorld.On("2026-11-20", PlanWorld.Paying("advanced", "2026-08-01")))!;
        (due.Next.Period, due.Charge!.Net, due.Change.Text).ShouldBe((new PlanPeriod(new DateOnly(2026, 11, 1), new DateOnly(2026, 12, 1)), 99 * Money.Unit, "Advanced was renewed; what passed before 1 November 2026 is not charged."));
        Renewals.Due(PlanWorld.On("2026-11-20", due.Next)).ShouldBeNull();

        var trial = PlanWorld.On("2026-08-01").Taken(new SubscriptionWish.StartTrial("advanced")).Next;
        var paid = Renewals.Due(PlanWorld.On("2026-11-20", trial))!;
        (paid.Next.Anchor, paid.Charge!.Net).ShouldBe((new DateOnly(2026, 11, 20), 99 * Money.Unit));
        var over = PlanWorld.On("2026-08-20", PlanWorld.Paying("standard", "2026-08-01")).Taken(new SubscriptionWish.StartTrial("advanced")).Next;
        var steps = Steps(over, "2026-11-20");
        steps.Select(step => (step.Charge!.Net, step.Grants)).ShouldBe([(20 * Money.Unit, true), (28_970_000, false)]);
    }

    [Fact]
    public void A_plan_that_nobody_chose_costs_nothing_after_a_price_or_a_coupon_until_it_is_changed()
    {
        var standard = PlanWorld.Catalogue.Of("standard", 1);
        var carried = Subscription.CarriedOver(standard, new DateOnly(2026, 11, 10));
        var agreed = PlanWorld.On("2026-11-10", carried, card: false, finance: true).Taken(new SubscriptionWish.Agree(PlanPrice.Agreed)).Next;
        var redeemed = (PlanWorld.On("2026-11-11", agreed) with { Coupon = PlanWorld.Percent("X", 1_000, CouponDuration.Once) }).Taken(new SubscriptionWish.Redeem("X")).Next;
        (redeemed.DueAt(TimeZoneInfo.Utc), Charges.Upcoming(PlanWorld.On("2026-11-12", redeemed), redeemed)).ShouldBe((null, null));
        var january = redeemed.On(new DateOnly(2027, 1, 16));
        Renewals.Due(PlanWorld.On("2027-01-16", redeemed)).ShouldBeNull();
        january.Period!.Value.Start.ShouldBe(new DateOnly(2027, 1, 1));
        var changed = PlanWorld.On("2027-01-16", january).Taken(new SubscriptionWish.Choose("advanced"));
        (changed.Charge!.Net, changed.Next.Carried, changed.Next.DueAt(TimeZoneInfo.Utc)).ShouldBe((45_990_000, false, changed.Next.DueAt(TimeZoneInfo.Utc).ShouldNotBeNull()));
        var ended = PlanWorld.On("2026-11-12", redeemed).Taken(new SubscriptionWish.Cancel()).Next;
        Renewals.Due(PlanWorld.On("2026-12-01", ended))!.Next.Plan.ShouldBe("free");
    }

    [Fact]
    public void A_plan_that_ends_unpaid_or_as_it_is_no_longer_sold_says_so()
    {
        var standard = PlanWorld.Paying("standard", "2026-11-01");
        Renewals.Due(PlanWorld.On("2026-12-01", standard, currency: "SEK"))!.Change.Text.ShouldBe("Standard ended with its period: what was to follow is not sold in SEK.");
        var desk = new FeeDesk("2026-11-01");
        desk.Wish(new SubscriptionWish.Choose("weekly"));
        desk.Until("2026-11-15", paid: false);
        (desk.Subscription!.State, desk.Notices[^1].Title, desk.Notices[^1].Text).ShouldBe((SubscriptionState.Cancelled, "Weekly of Bay has ended", "Weekly ended: its period was never paid."));
    }

    private static PlanPrice Seat(long units, PlanInterval interval) => PlanPrice.Of(PriceKind.PerUser, interval, new Money(units * Money.Unit, Currency.Usd));

    private static List<Transition.Taken> Steps(Subscription subscription, string today)
    {
        var steps = new List<Transition.Taken>();
        while (Renewals.Due(PlanWorld.On(today, subscription)) is { } due)
        {
            subscription = due.Next;
            steps.AddRange(due.Charge is null ? [] : [due]);
        }

        return steps;
    }
}
