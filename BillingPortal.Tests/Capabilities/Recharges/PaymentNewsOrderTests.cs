using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Capabilities.Recharges;

/// <summary>News of a payment may come twice, late, and in any order.</summary>
public sealed class PaymentNewsOrderTests(TestDatabases databases)
{
    private static readonly RechargeOutcome.Paid Paid = new("pay_recharge:10001:1:1");
    private static readonly RechargeOutcome.Declined Declined = new("pay_recharge:10001:1:1", "card_declined", "Your card was declined.");

    [Theory]
    [BothDatabases]
    public async Task Paid_twice_is_booked_once(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind);
        var acme = await house.ShortCustomerAsync();
        await house.RoundAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => house.NewsAsync(acme, 1, Paid)));
        (await house.CashAsync(acme)).ShouldBe(60);
        (await house.StepsAsync(acme)).Count.ShouldBe(3);
    }

    [Theory]
    [BothDatabases]
    public async Task The_webhook_may_be_faster_than_the_answer(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind);
        var acme = await house.ShortCustomerAsync();
        var (reached, answer) = house.Scripted.PaysAndHoldsTheAnswer();
        var round = house.RoundAsync();
        await reached;
        await house.NewsAsync(acme, 1, Paid);
        answer();
        await round;
        (await house.CashAsync(acme)).ShouldBe(60);
        (await house.StepsAsync(acme))[^1].Via.ShouldBe("webhook");
    }

    [Theory]
    [BothDatabases]
    public async Task Declined_after_paid_changes_nothing(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind);
        var acme = await house.ShortCustomerAsync();
        await house.RoundAsync();
        await house.NewsAsync(acme, 1, Declined);
        (await house.StateAsync(acme)).ShouldBe(RechargeState.Settled);
        (await house.CardRowAsync((await house.RechargeAsync(acme)).PaymentMethodId)).FailedAt.ShouldBeNull();
    }

    [Theory]
    [BothDatabases]
    public async Task Paid_after_declined_is_booked_and_ends_the_retries(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind);
        var acme = await house.ShortCustomerAsync();
        house.Scripted.Declines();
        await house.RoundAsync();
        await house.NewsAsync(acme, 1, Paid);
        (await house.StateAsync(acme)).ShouldBe(RechargeState.Settled);
        await house.AfterAsync(TimeSpan.FromHours(2));
        house.Scripted.Calls.Count.ShouldBe(1);
        (await house.CashAsync(acme)).ShouldBe(60);
    }

    [Theory]
    [BothDatabases]
    public async Task An_earlier_attempt_that_was_declined_again_by_late_news_does_not_touch_the_later_one(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind);
        var acme = await house.ShortCustomerAsync();
        house.Scripted.Declines();
        house.Scripted.PaysAndLosesTheAnswer();
        await house.RoundAsync();
        await house.AfterAsync(TimeSpan.FromHours(1));
        await house.NewsAsync(acme, 1, Declined);
        (await house.StateAsync(acme)).ShouldBe(RechargeState.Unknown);
        await house.AfterAsync(TimeSpan.FromHours(1));
        (await house.StateAsync(acme)).ShouldBe(RechargeState.Settled);
        (await house.BookedAsync()).ShouldBe(house.Scripted.PaidMicros);
    }

    [Theory]
    [BothDatabases]
    public async Task An_earlier_attempt_that_was_paid_after_all_ends_the_recharge_and_no_later_one_is_made(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind);
        var acme = await house.ShortCustomerAsync();
        house.Scripted.Declines();
        house.Scripted.Declines();
        await house.RoundAsync();
        await house.AfterAsync(TimeSpan.FromHours(1));
        await house.NewsAsync(acme, 1, Paid);
        await house.AfterAsync(TimeSpan.FromDays(2));
        (await house.StateAsync(acme)).ShouldBe(RechargeState.Settled);
        (await house.RechargeAsync(acme)).Attempt.ShouldBe(2);
        house.Scripted.Calls.Count.ShouldBe(2);
        (await house.CashAsync(acme)).ShouldBe(60);
    }

    [Theory]
    [BothDatabases]
    public async Task Two_attempts_that_were_both_paid_are_both_booked_since_both_were_taken(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind);
        var acme = await house.ShortCustomerAsync();
        house.Scripted.Declines();
        await house.RoundAsync();
        await house.AfterAsync(TimeSpan.FromHours(1));
        await house.NewsAsync(acme, 1, Paid);
        await house.NewsAsync(acme, 1, Paid);
        (await house.CashAsync(acme)).ShouldBe(110);
        (await house.StepsAsync(acme)).Count(step => step.State == (int)RechargeState.Settled).ShouldBe(2);
    }

    [Theory]
    [BothDatabases]
    public async Task Paid_after_it_was_given_up_is_booked_and_the_card_works_again(DatabaseKind kind)
    {
        await using var house = await RechargedHouse.OpenAsync(databases, kind);
        var acme = await house.ShortCustomerAsync();
        for (var attempt = 0; attempt < 4; attempt++)
        {
            house.Scripted.Declines();
        }

        await house.RoundAsync();
        foreach (var hours in new[] { 1, 6, 24 })
        {
            await house.AfterAsync(TimeSpan.FromHours(hours));
        }

        (await house.StateAsync(acme)).ShouldBe(RechargeState.Failed);
        await house.NewsAsync(acme, 4, new RechargeOutcome.Paid("pay_recharge:10001:1:4"));
        (await house.StateAsync(acme)).ShouldBe(RechargeState.Settled);
        (await house.CardRowAsync((await house.RechargeAsync(acme)).PaymentMethodId)).Inactive.ShouldBeFalse();
        (await house.CashAsync(acme)).ShouldBe(60);
    }
}
