using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Payments.Sandbox;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Capabilities.Recharges;

/// <summary>A card whose holder must confirm each charge.</summary>
public sealed class ConfirmedRechargeTests(TestDatabases databases)
{
    private const string Authenticates = "4000002500003155", Good = "4242424242424242";

    [Theory]
    [BothDatabases]
    public async Task A_charge_that_its_holder_confirms_is_booked(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind, withSandbox: true);
        var acme = await house.ShortCustomerAsync(Authenticates);
        await house.RoundAsync();
        var waiting = await house.RechargeAsync(acme);
        waiting.State.ShouldBe((int)RechargeState.AuthenticationNeeded);

        await house.Desk.ConfirmAsync(waiting.PaymentId!, passed: true, default);
        await house.NewsAsync(acme, 1, new RechargeOutcome.Paid(waiting.PaymentId!));
        (await house.StateAsync(acme)).ShouldBe(RechargeState.Settled);
        (await house.CashAsync(acme)).ShouldBe(60);
    }

    [Theory]
    [BothDatabases]
    public async Task A_confirmation_whose_webhook_never_came_is_found_before_the_charge_is_taken_back(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind, withSandbox: true);
        var acme = await house.ShortCustomerAsync(Authenticates);
        await house.RoundAsync();
        await house.Desk.ConfirmAsync((await house.RechargeAsync(acme)).PaymentId!, passed: true, default);

        await house.AfterAsync(TimeSpan.FromHours(24));
        (await house.StateAsync(acme)).ShouldBe(RechargeState.Settled);
        (await house.BookedAsync()).ShouldBe(Ledger.Micros(50));
    }

    [Theory]
    [BothDatabases]
    public async Task A_charge_that_nobody_confirms_for_a_day_is_taken_back_and_recharging_waits_for_a_person(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind, withSandbox: true);
        var acme = await house.ShortCustomerAsync(Authenticates);
        await house.RoundAsync();
        var waiting = await house.RechargeAsync(acme);
        await house.AfterAsync(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        (await house.StateAsync(acme)).ShouldBe(RechargeState.AuthenticationNeeded);

        await house.AfterAsync(TimeSpan.FromSeconds(1));
        (await house.StateAsync(acme)).ShouldBe(RechargeState.Failed);
        (await house.RuleRowAsync(acme)).Suspended.ShouldBe((int)RechargeSuspension.AuthenticationNeeded);

        // A confirmation after that takes nothing.
        await house.Desk.ConfirmAsync(waiting.PaymentId!, passed: true, default);
        (await house.Sandbox.FindChargeAsync(waiting.PaymentId!, default))!.Result.ShouldNotBeOfType<BillingPortal.Payments.PaymentResult.Succeeded>();
    }

    [Theory]
    [BothDatabases]
    public async Task Another_card_is_charged_only_after_the_waiting_charge_was_taken_back(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind, withSandbox: true);
        var acme = await house.ShortCustomerAsync(Authenticates);
        await house.RoundAsync();
        var first = (await house.RechargeAsync(acme)).PaymentId!;

        var card = await house.CardAsync(acme, Good, choose: true);
        await house.RoundAsync();
        (await house.Sandbox.FindChargeAsync(first, default))!.Result.ShouldBeOfType<BillingPortal.Payments.PaymentResult.Declined>().Code.ShouldBe("canceled");
        await house.RoundAsync();
        var paid = await house.RechargeAsync(acme);
        (paid.State, paid.PaymentMethodId).ShouldBe(((int)RechargeState.Settled, card));
        (await house.CashAsync(acme)).ShouldBe(60);
    }

    [Theory]
    [BothDatabases]
    public async Task Another_card_is_not_charged_where_the_holder_confirmed_meanwhile(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind, withSandbox: true);
        var acme = await house.ShortCustomerAsync(Authenticates);
        await house.RoundAsync();
        await house.Desk.ConfirmAsync((await house.RechargeAsync(acme)).PaymentId!, passed: true, default);
        await house.CardAsync(acme, Good, choose: true);

        await house.RoundAsync();
        await house.RoundAsync();
        (await house.RechargeAsync(acme)).Attempt.ShouldBe(1);
        (await house.StateAsync(acme)).ShouldBe(RechargeState.Settled);
        (await house.CashAsync(acme)).ShouldBe(60);
    }
}
