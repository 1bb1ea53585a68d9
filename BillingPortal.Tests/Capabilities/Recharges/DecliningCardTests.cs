using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Capabilities.Recharges;

/// <summary>A card that is declined is tried after 1, 6 and 24 hours, then recharging stands still until a card works (rules §6).</summary>
public sealed class DecliningCardTests(TestDatabases databases)
{
    private const string DeclinesLater = "4000000000009902", Good = "5555555555554444";

    [Theory]
    [BothDatabases]
    public async Task It_walks_one_six_and_twenty_four_hours_and_is_suspended(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind, withSandbox: true);
        var acme = await house.ShortCustomerAsync(DeclinesLater);
        await house.RoundAsync();
        foreach (var (attempt, wait) in new[] { (1, 1), (2, 6), (3, 24) })
        {
            var waiting = await house.RechargeAsync(acme);
            (waiting.State, waiting.Attempt, waiting.FailureMessage).ShouldBe(((int)RechargeState.Retrying, attempt, "Your card has insufficient funds."));
            await house.AfterAsync(TimeSpan.FromHours(wait) - TimeSpan.FromSeconds(1));
            (await house.RechargeAsync(acme)).Attempt.ShouldBe(attempt);
            await house.AfterAsync(TimeSpan.FromSeconds(1));
            (await house.RechargeAsync(acme)).Attempt.ShouldBe(attempt + 1);
        }

        var failed = await house.RechargeAsync(acme);
        (failed.State, failed.DueAt, failed.FailureCode).ShouldBe(((int)RechargeState.Failed, null, "insufficient_funds"));
        var card = await house.CardRowAsync(failed.PaymentMethodId);
        (card.Inactive, card.FailedAt, card.FailedMessage).ShouldBe((true, house.Ledger.Now.Micros, "Your card has insufficient funds."));
        (await house.RuleRowAsync(acme)).Suspended.ShouldBe((int)RechargeSuspension.PaymentFailed);

        // It is not hammered: no further usage and no further day tries it again.
        await house.Ledger.DoneAsync(house.Ledger.Charge(acme, 2));
        await house.AfterAsync(TimeSpan.FromDays(30));
        (await house.RechargesAsync()).Count.ShouldBe(1);
    }

    [Theory]
    [BothDatabases]
    public async Task A_new_card_resumes_what_was_suspended_and_is_charged_at_once(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind, withSandbox: true);
        var acme = await house.ShortCustomerAsync(DeclinesLater);
        await house.RoundAsync();
        foreach (var hours in new[] { 1, 6, 24 })
        {
            await house.AfterAsync(TimeSpan.FromHours(hours));
        }

        var card = await house.CardAsync(acme, Good);
        await house.RoundAsync();
        var (rule, second) = (await house.RuleRowAsync(acme), await house.RechargeAsync(acme, 2));
        (rule.Suspended, rule.PaymentMethodId).ShouldBe((null, card));
        (second.State, second.PaymentMethodId, second.Attempt).ShouldBe(((int)RechargeState.Settled, card, 1));
        (await house.CashAsync(acme)).ShouldBe(60);
    }

    [Theory]
    [BothDatabases]
    public async Task A_card_chosen_between_two_tries_is_charged_at_once_in_their_place(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind, withSandbox: true);
        var acme = await house.ShortCustomerAsync(DeclinesLater);
        await house.RoundAsync();

        var card = await house.CardAsync(acme, Good, choose: true);
        await house.RoundAsync();
        var recharge = await house.RechargeAsync(acme);
        (recharge.State, recharge.PaymentMethodId, recharge.Attempt).ShouldBe(((int)RechargeState.Settled, card, 2));
        (await house.RechargesAsync()).Count.ShouldBe(1);
        await house.AfterAsync(TimeSpan.FromDays(3));
        (await house.CashAsync(acme)).ShouldBe(60);
    }

    [Theory]
    [BothDatabases]
    public async Task A_card_that_recovers_is_well_again(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind);
        var acme = await house.ShortCustomerAsync();
        house.Scripted.Declines();
        await house.RoundAsync();
        (await house.CardRowAsync((await house.RechargeAsync(acme)).PaymentMethodId)).FailedAt.ShouldNotBeNull();

        await house.AfterAsync(TimeSpan.FromHours(1));
        var recharge = await house.RechargeAsync(acme);
        (recharge.State, recharge.FailureCode).ShouldBe(((int)RechargeState.Settled, null));
        var card = await house.CardRowAsync(recharge.PaymentMethodId);
        (card.Inactive, card.FailedAt, card.FailedMessage).ShouldBe((false, null, null));
        house.Scripted.Calls.ShouldBe(["charge recharge:10001:1:1", "charge recharge:10001:1:2"]);
    }

    [Theory]
    [BothDatabases]
    public async Task A_card_of_another_provider_is_declined_without_asking_anybody(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind);
        var acme = await house.CustomerAsync();
        var card = new NewCard("stripe", "cus_1", "pm_1", "visa", "4242", 12, 2034);
        await house.Ledger.DoneAsync(new AddCard(Ledger.Tester, house.Ledger.NextKey(), acme, card) { Choose = true });
        await house.Ledger.DoneAsync(house.Ledger.Charge(acme, 90));

        await house.RoundAsync();
        var recharge = await house.RechargeAsync(acme);
        (recharge.State, recharge.FailureCode).ShouldBe(((int)RechargeState.Retrying, "provider_changed"));
        house.Scripted.Calls.ShouldBeEmpty();
    }
}
