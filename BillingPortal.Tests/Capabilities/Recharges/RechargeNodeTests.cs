using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Capabilities.Recharges;

/// <summary>Several nodes, and clocks that are wrong.</summary>
public sealed class RechargeNodeTests(TestDatabases databases)
{
    [Theory]
    [BothDatabases]
    public async Task Nodes_that_run_at_once_charge_each_recharge_once(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind);
        for (var n = 0; n < 24; n++)
        {
            await house.ShortCustomerAsync();
        }

        var nodes = Enumerable.Range(0, 4).Select(_ => house.AnotherNode()).ToList();
        var flown = await Task.WhenAll(nodes.Select(node => Task.Run(() => node.RunAsync(default))));
        flown.Sum().ShouldBe(24);
        house.Scripted.Calls.ShouldBeUnique();
        house.Scripted.Paid.Count.ShouldBe(24);
        (await house.RechargesAsync()).ShouldAllBe(recharge => recharge.State == (int)RechargeState.Settled);
        (await house.BookedAsync()).ShouldBe(house.Scripted.PaidMicros);
    }

    [Theory]
    [BothDatabases]
    public async Task A_clock_set_back_while_a_charge_is_unknown_charges_nothing_twice(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind);
        var acme = await house.ShortCustomerAsync();
        house.Scripted.PaysAndLosesTheAnswer();
        await house.RoundAsync();

        house.Clock.MoveTo(house.Clock.GetUtcNow().AddHours(-1));
        (await house.RoundAsync()).ShouldBe(0);
        await house.AfterAsync(TimeSpan.FromMinutes(59));
        (await house.StateAsync(acme)).ShouldBe(RechargeState.Unknown);
        await house.AfterAsync(TimeSpan.FromMinutes(6));
        (await house.StateAsync(acme)).ShouldBe(RechargeState.Settled);
        house.Scripted.Paid.Count.ShouldBe(1);
        (await house.CashAsync(acme)).ShouldBe(60);
    }

    [Theory]
    [BothDatabases]
    public async Task A_clock_set_back_before_the_charge_lets_it_wait_for_its_time(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind);
        var acme = await house.ShortCustomerAsync();
        house.Clock.MoveTo(house.Clock.GetUtcNow().AddHours(-1));
        (await house.RoundAsync()).ShouldBe(0);
        await house.AfterAsync(TimeSpan.FromHours(1));
        (await house.StateAsync(acme)).ShouldBe(RechargeState.Settled);
    }

    [Theory]
    [BothDatabases]
    public async Task A_clock_set_back_after_a_recharge_makes_no_second_one_for_the_same_cause(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind);
        var acme = await house.ShortCustomerAsync();
        await house.RoundAsync();
        house.Clock.MoveTo(house.Clock.GetUtcNow().AddHours(-1));
        await house.Ledger.DoneAsync(house.Ledger.Charge(acme, 5));
        await house.RoundAsync();
        house.Scripted.Paid.Count.ShouldBe(1);
        (await house.RechargesAsync()).Count.ShouldBe(1);
    }

    [Theory]
    [BothDatabases]
    public async Task A_node_whose_clock_is_ahead_asks_with_the_same_key(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind);
        var acme = await house.ShortCustomerAsync();
        var (reached, answer) = house.Scripted.PaysAndHoldsTheAnswer();
        var slow = house.RoundAsync();
        await reached;
        house.Clock.Advance(TimeSpan.FromHours(1));
        await house.AnotherNode().RunAsync(default);
        answer();
        await slow;
        house.Scripted.Paid.Count.ShouldBe(1);
        (await house.CashAsync(acme)).ShouldBe(60);
    }
}
