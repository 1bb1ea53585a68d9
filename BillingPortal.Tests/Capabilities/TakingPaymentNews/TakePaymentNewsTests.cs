using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Payments;
using BillingPortal.Payments.Sandbox;
using BillingPortal.Tests.Capabilities.PaymentMethods;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Capabilities.TakingPaymentNews;

public sealed class TakePaymentNewsTests(TestDatabases databases)
{
    [Theory, BothDatabases]
    public async Task News_of_a_payment_that_come_twice_are_booked_once(DatabaseKind kind)
    {
        await using var house = await CardsHouse.BuildAsync(databases, kind);
        await house.Gateway.ChargeAsync(await house.RechargeAsync("4000000000009905"), default);

        var first = await house.DeliverAsync();
        await house.DeliverAsync();
        (await house.News.RunAsync(first.Body, first.Signature, default)).ShouldBeTrue();

        (await house.CashAsync()).ShouldBe(100);
        (await house.EventsAsync()).Select(e => (e.Provider, e.Kind, e.OrganizationId, e.Outcome)).ShouldBe([("sandbox", "payment_intent.succeeded", house.Acme.Value, "entry 1")]);
    }

    [Fact]
    public async Task A_delivery_that_died_before_it_was_noted_is_booked_once_all_the_same()
    {
        await using var house = await CardsHouse.BuildAsync(databases, DatabaseKind.Sqlite);
        await house.Gateway.ChargeAsync(await house.RechargeAsync("4000000000009905"), default);
        await house.DeliverAsync();
        await using (var store = house.Stores.CreateDbContext())
        {
            await store.PaymentEvents.ExecuteDeleteAsync();
        }

        await house.DeliverAsync();

        (await house.CashAsync()).ShouldBe(100);
        (await house.EventsAsync()).ShouldHaveSingleItem().Outcome.ShouldBe("entry 1");
    }

    [Theory, BothDatabases]
    public async Task A_holder_who_confirms_pays_the_recharge_that_waited(DatabaseKind kind)
    {
        await using var house = await CardsHouse.BuildAsync(databases, kind);
        var waiting = (await house.Gateway.ChargeAsync(await house.RechargeAsync("4000002760003184"), default)).ShouldBeOfType<PaymentResult.AuthenticationNeeded>();
        await house.Ledger.DoneAsync(new SettleRecharge(Ledger.Tester, house.Acme, 1, 1, new RechargeOutcome.AuthenticationNeeded(waiting.PaymentId!)));
        (await house.CashAsync()).ShouldBe(0);

        await house.Desk.ConfirmAsync(waiting.PaymentId!, passed: true, default);
        await house.DeliverAsync();

        (await house.CashAsync()).ShouldBe(100);
    }

    [Theory, BothDatabases]
    public async Task A_dispute_told_before_the_payment_was_booked_books_the_payment_first(DatabaseKind kind)
    {
        await using var house = await CardsHouse.BuildAsync(databases, kind);
        await house.Gateway.ChargeAsync(await house.RechargeAsync("4000000000000259"), default);

        await house.DeliverAsync();

        (await house.CashAsync()).ShouldBe(0);
        await using var store = house.Stores.CreateDbContext();
        (await store.PaymentDisputes.SingleAsync()).ShouldSatisfyAllConditions(d => d.Status.ShouldBe("open"), d => d.Amount.ShouldBe(100_000_000), d => d.OrganizationId.ShouldBe(house.Acme.Value));
        (await house.CardsAsync()).Suspended.ShouldBe(RechargeSuspension.Dispute);
        (await house.EventsAsync()).ShouldHaveSingleItem().Outcome.ShouldBe("entry 2");
    }

    [Theory, BothDatabases]
    public async Task A_dispute_that_ends_before_it_was_told_of_is_opened_and_closed_once(DatabaseKind kind)
    {
        await using var house = await CardsHouse.BuildAsync(databases, kind);
        var paid = await house.Gateway.ChargeAsync(await house.RechargeAsync("4000000000000259"), default);
        var opened = (await house.Outbox.DueAsync(default)).Single();
        await house.Outbox.DeliveredAsync(opened, default);
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await house.Desk.CloseDisputeAsync(paid.PaymentId!, won: true, default);

        await house.DeliverAsync();
        (await house.CashAsync()).ShouldBe(100);
        (await house.News.RunAsync(opened.Body, house.Outbox.Sign(opened.Body), default)).ShouldBeTrue();

        (await house.CashAsync()).ShouldBe(100);
        await using var store = house.Stores.CreateDbContext();
        (await store.PaymentDisputes.SingleAsync()).Status.ShouldBe("won");
    }

    [Fact]
    public async Task Another_portals_customer_is_noted_and_nothing_is_booked()
    {
        await using var house = await CardsHouse.BuildAsync(databases, DatabaseKind.Sqlite);
        var order = await house.RechargeAsync("4000000000009905");
        await house.Gateway.ChargeAsync(order, default);
        await using (var store = house.Stores.CreateDbContext())
        {
            await store.PaymentCustomers.ExecuteUpdateAsync(c => c.SetProperty(row => row.Customer, "sbx_cus_ours"));
        }

        await house.DeliverAsync();

        (await house.CashAsync()).ShouldBe(0);
        (await house.EventsAsync()).ShouldHaveSingleItem().ShouldSatisfyAllConditions(e => e.Outcome.ShouldBe("another portal's customer"), e => e.OrganizationId.ShouldBeNull());
    }

    [Fact]
    public async Task News_of_a_recharge_that_is_not_there_are_noted()
    {
        await using var house = await CardsHouse.BuildAsync(databases, DatabaseKind.Sqlite);
        var order = await house.RechargeAsync("4000000000009905");
        await house.Gateway.ChargeAsync(order with { Recharge = 99, Key = "other" }, default);

        await house.DeliverAsync();

        (await house.EventsAsync()).ShouldHaveSingleItem().Outcome.ShouldBe("There is no such recharge.");
    }

    [Fact]
    public async Task What_is_not_signed_leaves_no_trace()
    {
        await using var house = await CardsHouse.BuildAsync(databases, DatabaseKind.Sqlite);
        await house.Gateway.ChargeAsync(await house.RechargeAsync("4000000000009905"), default);
        var told = (await house.Outbox.DueAsync(default))[0];

        (await house.News.RunAsync(told.Body, "t=1,v1=00", default)).ShouldBeFalse();

        (await house.CashAsync()).ShouldBe(0);
        (await house.EventsAsync()).ShouldBeEmpty();
    }
}
