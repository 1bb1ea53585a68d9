using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Capabilities.Recharges;

/// <summary>Whatever breaks between a charge and its booking: charged once, booked once.</summary>
public sealed class RechargeFaultTests(TestDatabases databases)
{
    private const string FirstKey = "recharge:10001:1:1";

    [Theory]
    [BothDatabases]
    public async Task A_due_recharge_is_charged_and_booked_and_tells_its_steps(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind);
        var acme = await house.ShortCustomerAsync();

        (await house.RoundAsync()).ShouldBe(1);
        var recharge = await house.RechargeAsync(acme);
        (recharge.State, recharge.PaymentId, recharge.SettledSeq, recharge.DueAt).ShouldBe(((int)RechargeState.Settled, "pay_" + FirstKey, 3, null));
        (await house.StepsAsync(acme)).Select(step => (step.State, step.Via)).ShouldBe(
            [((int)RechargeState.Planned, "engine"), ((int)RechargeState.Submitted, "engine"), ((int)RechargeState.Settled, "gateway")]);
        (await house.CashAsync(acme)).ShouldBe(60);
        (await house.RoundAsync()).ShouldBe(0);
        house.Scripted.Calls.ShouldBe(["charge " + FirstKey]);
    }

    [Theory]
    [BothDatabases]
    public async Task A_charge_whose_answer_is_lost_is_asked_about_with_the_same_key_and_charged_once(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind);
        var acme = await house.ShortCustomerAsync();
        house.Scripted.PaysAndLosesTheAnswer();

        await house.RoundAsync();
        (await house.StateAsync(acme)).ShouldBe(RechargeState.Unknown);
        (await house.CashAsync(acme)).ShouldBe(10);
        await house.AfterAsync(TimeSpan.FromMinutes(5));
        await IsPaidOnceAsync(house, acme, "charge " + FirstKey, "ask " + FirstKey);
    }

    [Theory]
    [BothDatabases]
    public async Task A_gateway_that_breaks_after_charging_leaves_it_unknown_and_it_is_resolved(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind);
        var acme = await house.ShortCustomerAsync();
        house.Scripted.PaysAndBreaks();

        await house.RoundAsync();
        (await house.StateAsync(acme)).ShouldBe(RechargeState.Unknown);
        await house.AfterAsync(TimeSpan.FromMinutes(5));
        await IsPaidOnceAsync(house, acme, "charge " + FirstKey, "ask " + FirstKey);
    }

    [Theory]
    [BothDatabases]
    public async Task An_order_that_never_arrived_is_charged_when_it_is_asked_about(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind);
        var acme = await house.ShortCustomerAsync();
        house.Scripted.LosesTheOrder();
        house.Scripted.LosesTheOrder();

        await house.RoundAsync();
        await house.AfterAsync(TimeSpan.FromMinutes(5));
        (await house.StateAsync(acme)).ShouldBe(RechargeState.Unknown);
        await house.AfterAsync(TimeSpan.FromHours(1));
        await IsPaidOnceAsync(house, acme, "charge " + FirstKey, "ask " + FirstKey, "ask " + FirstKey);
    }

    [Theory]
    [BothDatabases]
    public async Task Whoever_dies_between_charge_and_settlement_is_followed_by_one_who_asks(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind);
        var acme = await house.ShortCustomerAsync();
        var (reached, answer) = house.Scripted.PaysAndHoldsTheAnswer();
        var dead = house.RoundAsync();
        await reached;

        (await house.AnotherNode().RunAsync(default)).ShouldBe(0);
        house.Clock.Advance(SubmitRecharge.Lease);
        (await house.AnotherNode().RunAsync(default)).ShouldBe(1);
        await IsPaidOnceAsync(house, acme, "charge " + FirstKey, "ask " + FirstKey);

        // It was not dead but slow: what it says now changes nothing.
        answer();
        await dead;
        await IsPaidOnceAsync(house, acme, "charge " + FirstKey, "ask " + FirstKey);
    }

    [Theory]
    [BothDatabases]
    public async Task A_portal_that_stops_books_the_answer_that_is_on_its_way_and_charges_nobody_else(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind);
        var customers = new List<OrganizationId>();
        for (var n = 0; n < BillingPortal.Capabilities.Recharges.RechargeExecutor.AtOnce + 3; n++)
        {
            customers.Add(await house.ShortCustomerAsync());
        }

        var held = Enumerable.Range(0, BillingPortal.Capabilities.Recharges.RechargeExecutor.AtOnce).Select(_ => house.Scripted.PaysAndHoldsTheAnswer()).ToList();
        using var stop = new CancellationTokenSource();
        var round = house.RoundAsync(stop.Token);
        await Task.WhenAll(held.Select(one => one.Reached));
        await stop.CancelAsync();
        held.ForEach(one => one.Answer());

        await Should.ThrowAsync<OperationCanceledException>(round);
        var states = (await house.RechargesAsync()).Select(recharge => (RechargeState)recharge.State).ToList();
        states.Count(state => state == RechargeState.Settled).ShouldBe(held.Count);
        states.Count(state => state == RechargeState.Planned).ShouldBe(3);
        (await house.BookedAsync()).ShouldBe(house.Scripted.PaidMicros);
    }

    [Theory]
    [BothDatabases]
    public async Task One_customer_s_broken_recharge_does_not_hold_the_others_up(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind);
        var first = await house.ShortCustomerAsync();
        var second = await house.ShortCustomerAsync();
        await using (var connection = await house.Ledger.Database.ConnectAsync())
        {
            await using var lose = connection.CreateCommand();
            lose.CommandText = $"DELETE FROM payment_method WHERE organization_id = {first}";
            await lose.ExecuteNonQueryAsync();
        }

        await house.RoundAsync();
        (await house.StateAsync(second)).ShouldBe(RechargeState.Settled);
        (await house.StateAsync(first)).ShouldNotBe(RechargeState.Settled);
    }

    private static async Task IsPaidOnceAsync(RechargedHouse house, OrganizationId organization, params string[] calls)
    {
        house.Scripted.Calls.ShouldBe(calls);
        house.Scripted.Paid.Count.ShouldBe(1);
        (await house.StateAsync(organization)).ShouldBe(RechargeState.Settled);
        (await house.BookedAsync()).ShouldBe(house.Scripted.PaidMicros);
        (await house.CashAsync(organization)).ShouldBe(60);
    }
}
