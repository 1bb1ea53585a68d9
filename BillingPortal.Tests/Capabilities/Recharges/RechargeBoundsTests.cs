using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Capabilities.Recharges;

/// <summary>What holds a recharge back: the breaker, the month's limit, the rule itself, the cap.</summary>
public sealed class RechargeBoundsTests(TestDatabases databases)
{
    [Theory]
    [BothDatabases]
    public async Task A_second_one_within_an_hour_trips_the_breaker_and_saving_the_rule_resumes(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind);
        var acme = await house.ShortCustomerAsync();
        await house.RoundAsync();
        house.Clock.Advance(TimeSpan.FromMinutes(30));
        await house.Ledger.DoneAsync(house.Ledger.Charge(acme, 50));
        await house.RoundAsync();
        (await house.RuleRowAsync(acme)).Suspended.ShouldBe((int)RechargeSuspension.Breaker);
        (await house.RechargesAsync()).Count.ShouldBe(1);

        await house.RuleAsync(new RuleWish(acme) { Amount = Ledger.Micros(60) });
        await house.RoundAsync();
        (await house.RechargeAsync(acme, 2)).State.ShouldBe((int)RechargeState.Settled);
        (await house.CashAsync(acme)).ShouldBe(70);
    }

    [Theory]
    [BothDatabases]
    public async Task A_sixth_one_within_a_day_trips_the_breaker(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind);
        var acme = await house.ShortCustomerAsync();
        for (var number = 1; number <= 5; number++)
        {
            await house.RoundAsync();
            house.Clock.Advance(TimeSpan.FromHours(2));
            await house.Ledger.DoneAsync(house.Ledger.Charge(acme, 50));
        }

        await house.RoundAsync();
        house.Scripted.Paid.Count.ShouldBe(5);
        (await house.RuleRowAsync(acme)).Suspended.ShouldBe((int)RechargeSuspension.Breaker);
    }

    [Theory]
    [BothDatabases]
    public async Task The_month_s_limit_is_never_passed_nor_charged_in_part_and_the_next_month_goes_on(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind);
        var acme = await house.CustomerAsync(monthlyLimit: 120);
        await house.Ledger.DoneAsync(house.Ledger.Charge(acme, 85));
        for (var day = 0; day < 4; day++)
        {
            await house.RoundAsync();
            await house.AfterAsync(TimeSpan.FromDays(1));
            await house.Ledger.RunAsync(house.Ledger.Charge(acme, 48));
        }

        await house.RoundAsync();
        house.Scripted.PaidMicros.ShouldBe(Ledger.Micros(100));
        (await house.RechargesAsync()).Select(recharge => recharge.LimitLeft).ShouldBe([Ledger.Micros(120), Ledger.Micros(70)]);

        house.Clock.MoveTo(new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero));
        await house.Ledger.DoneAsync(house.Ledger.Charge(acme, 1));
        await house.RoundAsync();
        house.Scripted.PaidMicros.ShouldBe(Ledger.Micros(150));
    }

    [Theory]
    [BothDatabases]
    public async Task A_rule_switched_off_cancels_what_was_not_submitted_yet(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind);
        var acme = await house.ShortCustomerAsync();
        await house.RuleAsync(new RuleWish(acme) { RechargeEnabled = false });
        (await house.RoundAsync()).ShouldBe(0);
        (await house.StateAsync(acme)).ShouldBe(RechargeState.Cancelled);
        house.Scripted.Calls.ShouldBeEmpty();
    }

    [Theory]
    [BothDatabases]
    public async Task A_submitted_one_settles_although_the_rule_went_off(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind);
        var acme = await house.ShortCustomerAsync();
        var (reached, answer) = house.Scripted.PaysAndHoldsTheAnswer();
        var round = house.RoundAsync();
        await reached;
        await house.RuleAsync(new RuleWish(acme) { RechargeEnabled = false });
        answer();
        await round;
        (await house.StateAsync(acme)).ShouldBe(RechargeState.Settled);
        (await house.CashAsync(acme)).ShouldBe(60);
    }

    [Theory]
    [BothDatabases]
    public async Task What_stopped_being_wanted_is_cancelled_when_its_turn_comes(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind);
        var acme = await house.ShortCustomerAsync();
        await house.Ledger.DoneAsync(new ConfigureOrganization(Ledger.Tester, house.Ledger.NextKey(), acme) { Disabled = true });
        await house.RoundAsync();
        (await house.StateAsync(acme)).ShouldBe(RechargeState.Cancelled);
        (await house.StepsAsync(acme))[^1].Code.ShouldBe("disabled");
        house.Scripted.Calls.ShouldBeEmpty();
    }

    [Theory]
    [BothDatabases]
    public async Task A_window_that_ends_unblocks_whoever_its_cap_had_blocked(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind);
        var acme = await house.Ledger.OrganizationAsync();
        await house.Ledger.DoneAsync(house.Ledger.TopUp(acme, 100));
        await house.RuleAsync(new RuleWish(acme) { CapEnabled = true, CapAmount = Ledger.Micros(10) });
        await house.Ledger.DoneAsync(house.Ledger.Charge(acme, 10));
        (await BlockedAsync(house, acme.Value)).ShouldBe(BlockCause.CapReached);
        (await house.WindowsAsync()).ShouldBe(0);

        house.Clock.MoveTo(new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero));
        (await house.WindowsAsync()).ShouldBe(1);
        (await BlockedAsync(house, acme.Value)).ShouldBeNull();
        (await house.WindowsAsync()).ShouldBe(0);
    }

    private static async Task<BlockCause?> BlockedAsync(RechargedHouse house, long organization)
    {
        await using var store = house.Ledger.Database.Read();
        return await store.Organizations.Where(o => o.Id == organization).Select(o => o.BlockedCause).SingleAsync();
    }
}
