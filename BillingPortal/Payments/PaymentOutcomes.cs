using BillingPortal.Domain.Billing;

namespace BillingPortal.Payments;

/// <summary>What a provider's word means to a recharge: the same whether it was answered or told by webhook.</summary>
public static class PaymentOutcomes
{
    /// <summary>The word as a recharge takes it.</summary>
    public static RechargeOutcome ToOutcome(this PaymentResult result) => result switch
    {
        PaymentResult.Succeeded paid => new RechargeOutcome.Paid(paid.PaymentId!),
        PaymentResult.Declined declined => new RechargeOutcome.Declined(declined.PaymentId, declined.Code, declined.Message),
        PaymentResult.AuthenticationNeeded needed => new RechargeOutcome.AuthenticationNeeded(needed.PaymentId!),
        PaymentResult.Unknown unknown => new RechargeOutcome.Unknown(unknown.PaymentId, unknown.Reason),
        _ => throw new InvalidOperationException("The set of results is closed."),
    };

    /// <summary>The word as a refund takes it. Nobody confirms a refund, so that what is not done is not known.</summary>
    public static RefundOutcome ToRefund(this PaymentResult result) => result switch
    {
        PaymentResult.Succeeded paid => new RefundOutcome.Paid(paid.PaymentId!),
        PaymentResult.Declined declined => new RefundOutcome.Refused(declined.PaymentId, declined.Code, declined.Message),
        PaymentResult.Unknown unknown => new RefundOutcome.Unknown(unknown.PaymentId, unknown.Reason),
        _ => new RefundOutcome.Unknown(result.PaymentId, "The provider has not ended it."),
    };
}
