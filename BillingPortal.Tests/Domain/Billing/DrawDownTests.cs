using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Tests.Domain.Ledger;
using static BillingPortal.Tests.Domain.Ledger.Ledgers;

namespace BillingPortal.Tests.Domain.Billing;

public sealed class DrawDownTests
{
    [Fact]
    public void A_charge_draws_monthly_then_promotional_then_cash_then_bonus()
    {
        var state = Holding((AccountKind.Bonus, 4), (AccountKind.Cash, 3), (AccountKind.Promotional, 2), (AccountKind.Monthly, 1));
        Charge(9).Decide(state).Lines().ShouldBe(["monthly -1.00", "promotional -2.00", "cash -3.00", "bonus -3.00", "revenue 9.00"]);
    }

    [Fact]
    public void Within_a_bucket_the_earliest_expiry_goes_first_and_what_never_lapses_goes_last()
    {
        var state = Holding((AccountKind.Promotional, 10)).WithLot(AccountKind.Promotional, 1, 5, daysToLive: 30).WithLot(AccountKind.Promotional, 2, 5, daysToLive: 3);
        Charge(12).Decide(state).Lines().ShouldBe(["promotional -2.00", "revenue 12.00", "promotional:1 -5.00", "promotional:2 -5.00"]);
    }

    [Fact]
    public void What_has_lapsed_is_not_drawn_even_by_usage_from_before()
    {
        var state = Holding((AccountKind.Cash, 5)).WithLot(AccountKind.Monthly, 1, 5, daysToLive: -1);
        Charge(3).Decide(state).Lines().ShouldBe(["cash -3.00", "revenue 3.00"]);
    }

    [Fact]
    public void Cash_is_drawn_no_further_than_keeps_cash_and_bonus_together_at_zero()
    {
        var state = Holding((AccountKind.Cash, 23.85m), (AccountKind.Bonus, -2.53m));
        (Charge(22) with { Mode = ChargeMode.Fact }).Decide(state).Lines().ShouldBe(["cash -21.32", "overdraft -0.68", "revenue 22.00"]);
    }

    [Fact]
    public void An_organization_that_may_overdraw_is_not_refused_and_not_blocked()
    {
        var decision = Charge(5).Decide(Holding((AccountKind.Cash, 1)) with { AllowOverdraft = true });
        decision.Lines().ShouldBe(["cash -1.00", "overdraft -4.00", "revenue 5.00"]);
        ((Decision.Effects)decision).Items.ShouldAllBe(effect => effect is Effect.Post);
    }

    [Fact]
    public void Usage_of_the_future_and_of_a_closed_period_is_refused()
    {
        var state = Holding((AccountKind.Cash, 10)) with { ClosedUntil = Now.Plus(TimeSpan.FromDays(-20)) };
        (Charge(1) with { OccurredAt = Now.Plus(TimeSpan.FromHours(1)) }).Decide(state).Refused().Code.ShouldBe(BillingPortal.Domain.RefusalCode.InFuture);
        (Charge(1) with { OccurredAt = Now.Plus(TimeSpan.FromDays(-21)) }).Decide(state).Refused().Code.ShouldBe(BillingPortal.Domain.RefusalCode.PeriodClosed);
    }

    private static ChargeUsage Charge(decimal units) => new(Actor.System("test"), "key", Acme) { Amount = Micros(units), Service = "Compute" };
}
