using BillingPortal.Domain;
using BillingPortal.Payments;

namespace BillingPortal.Tests.Payments;

// What every gateway owes of refunds.
public abstract partial class PaymentGatewayContract
{
    [Theory]
    [InlineData(Good, false)]
    [InlineData(AnswerLost, true)]
    [InlineData(OrderLost, true)]
    public async Task A_refund_is_paid_back_once_whatever_is_lost_and_no_more_than_was_paid(string number, bool lost)
    {
        await using var provider = await OpenAsync();
        var (order, _, _) = await AddAsync(provider, number);
        await provider.Gateway.ChargeAsync(order, default);
        var paid = (await provider.Gateway.AskAsync(order, null, default)).ShouldBeOfType<PaymentResult.Succeeded>();
        var refund = new RefundOrder("refund:10001:1", Acme, 1, paid.PaymentId!, Money.Of(60, Currency.Usd));

        var first = await provider.Gateway.RefundAsync(refund, default);
        (first is PaymentResult.Unknown).ShouldBe(lost);
        var back = (await provider.Gateway.AskRefundAsync(refund, null, default)).ShouldBeOfType<PaymentResult.Succeeded>();
        (await provider.Gateway.AskRefundAsync(refund, back.PaymentId, default)).ShouldBe(back);
        (await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => provider.Gateway.RefundAsync(refund, default)))).ShouldAllBe(result => result.Equals(back));

        await Should.ThrowAsync<PaymentGatewayException>(() => provider.Gateway.RefundAsync(refund with { Amount = Money.Of(61, Currency.Usd) }, default));
        var rest = refund with { Key = "refund:10001:2", Refund = 2, Amount = Money.Of(41, Currency.Usd) };
        await provider.Gateway.RefundAsync(rest, default);
        (await provider.Gateway.AskRefundAsync(rest, null, default)).ShouldBeOfType<PaymentResult.Declined>().Code.ShouldBe("amount_too_large");
        var other = rest with { Key = "refund:10001:3", Refund = 3, Amount = Money.Of(40, Currency.Usd) };
        await provider.Gateway.RefundAsync(other, default);
        (await provider.Gateway.AskRefundAsync(other, null, default)).ShouldBeOfType<PaymentResult.Succeeded>().PaymentId.ShouldNotBe(back.PaymentId);
        (await provider.Gateway.AskRefundAsync(other with { Key = "refund:10001:4", PaymentId = "pi_nobodys" }, null, default)).ShouldBeOfType<PaymentResult.Declined>().Code.ShouldBe("resource_missing");
    }
}
