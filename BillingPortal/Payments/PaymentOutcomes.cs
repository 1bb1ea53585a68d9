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
}
