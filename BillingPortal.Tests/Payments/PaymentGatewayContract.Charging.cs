using BillingPortal.Domain;
using BillingPortal.Payments;

namespace BillingPortal.Tests.Payments;

// What every gateway owes of charges.
public abstract partial class PaymentGatewayContract
{
    [Fact]
    public async Task A_charge_is_paid_once_however_often_it_is_sent()
    {
        await using var provider = await OpenAsync();
        var (order, _, _) = await AddAsync(provider, Good);

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => provider.Gateway.ChargeAsync(order, default)));

        var paid = results[0].ShouldBeOfType<PaymentResult.Succeeded>();
        results.ShouldAllBe(result => result.Equals(paid));
        (await provider.Gateway.AskAsync(order, paid.PaymentId, default)).ShouldBe(paid);
        (await provider.Gateway.AskAsync(order, null, default)).ShouldBe(paid);
        (await provider.CountPaymentsAsync(order.Customer)).ShouldBe(1);
    }

    [Fact]
    public async Task A_payment_leads_back_to_its_recharge_and_what_is_not_ours_to_none()
    {
        await using var provider = await OpenAsync();
        var (order, _, _) = await AddAsync(provider, Good);
        var paid = (await provider.Gateway.ChargeAsync(order, default)).ShouldBeOfType<PaymentResult.Succeeded>();

        (await provider.Gateway.FindChargeAsync(paid.PaymentId!, default)).ShouldBe(new FoundCharge(Acme, 7, 2, paid) { Customer = order.Customer });
        (await provider.Gateway.FindChargeAsync("pi_nobodys", default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_key_used_for_another_order_is_an_error_and_charges_nothing()
    {
        await using var provider = await OpenAsync();
        var (order, _, _) = await AddAsync(provider, Good);
        await provider.Gateway.ChargeAsync(order, default);

        await Should.ThrowAsync<PaymentGatewayException>(() => provider.Gateway.ChargeAsync(order with { Amount = Money.Of(101, Currency.Usd) }, default));
        (await provider.CountPaymentsAsync(order.Customer)).ShouldBe(1);
    }

    [Theory]
    [InlineData(DeclinesLater, "generic_decline", "Your card was declined.")]
    [InlineData(Poor, "insufficient_funds", "Your card has insufficient funds.")]
    [InlineData(Stumbles, "processing_error", "An error occurred while processing your card. Try again in a little bit.")]
    public async Task A_decline_has_its_code_and_words_and_another_attempt_is_another_charge(string number, string code, string message)
    {
        await using var provider = await OpenAsync();
        var (order, _, _) = await AddAsync(provider, number);

        var first = (await provider.Gateway.ChargeAsync(order, default)).ShouldBeOfType<PaymentResult.Declined>();
        (first.Code, first.Message).ShouldBe((code, message));
        (await provider.Gateway.AskAsync(order, first.PaymentId, default)).ShouldBe(first);

        var second = (await provider.Gateway.ChargeAsync(order with { Key = "recharge:10001:7:3", Attempt = 3 }, default)).ShouldBeOfType<PaymentResult.Declined>();
        second.PaymentId.ShouldNotBe(first.PaymentId);
    }

    [Fact]
    public async Task A_bank_that_wants_its_holder_is_neither_a_yes_nor_a_no()
    {
        await using var provider = await OpenAsync();
        var (order, _, _) = await AddAsync(provider, Authenticates);

        var waiting = (await provider.Gateway.ChargeAsync(order, default)).ShouldBeOfType<PaymentResult.AuthenticationNeeded>();

        (await provider.Gateway.AskAsync(order, waiting.PaymentId, default)).ShouldBeOfType<PaymentResult.AuthenticationNeeded>().PaymentId.ShouldBe(waiting.PaymentId);
    }

    [Fact]
    public async Task A_charge_that_waits_for_its_holder_is_taken_back_and_one_that_was_paid_is_not()
    {
        await using var provider = await OpenAsync();
        var (waits, _, _) = await AddAsync(provider, Authenticates);
        var waiting = await provider.Gateway.ChargeAsync(waits, default);

        (await provider.Gateway.CancelAsync(waits, waiting.PaymentId!, default)).ShouldBeOfType<PaymentResult.Declined>().Code.ShouldBe("canceled");
        (await provider.Gateway.CancelAsync(waits, waiting.PaymentId!, default)).ShouldBeOfType<PaymentResult.Declined>().Code.ShouldBe("canceled");
        (await provider.Gateway.AskAsync(waits, waiting.PaymentId, default)).ShouldBeOfType<PaymentResult.Declined>().Code.ShouldBe("canceled");

        var (pays, _, _) = await AddAsync(provider, Good);
        var paid = await provider.Gateway.ChargeAsync(pays with { Key = "recharge:10001:8:1", Recharge = 8 }, default);
        (await provider.Gateway.CancelAsync(pays, paid.PaymentId!, default)).ShouldBe(paid);
    }

    [Theory]
    [InlineData(AnswerLost)]
    [InlineData(OrderLost)]
    public async Task A_charge_that_times_out_is_unknown_and_asking_pays_it_once(string number)
    {
        await using var provider = await OpenAsync();
        var (order, _, _) = await AddAsync(provider, number);

        (await provider.Gateway.ChargeAsync(order, default)).ShouldBeOfType<PaymentResult.Unknown>();
        (await provider.CountPaymentsAsync(order.Customer)).ShouldBe(number == AnswerLost ? 1 : 0);

        var paid = (await provider.Gateway.AskAsync(order, null, default)).ShouldBeOfType<PaymentResult.Succeeded>();
        (await provider.Gateway.ChargeAsync(order, default)).ShouldBe(paid);
        (await provider.CountPaymentsAsync(order.Customer)).ShouldBe(1);
    }
}
