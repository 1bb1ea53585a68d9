using BillingPortal.Domain.Billing;

namespace BillingPortal.Capabilities.AdjustingBalances;

/// <summary>Contract 2's PUT: what should remain, in millionths; null leaves a field as it is.</summary>
/// <param name="Monthly"><c>monthly_credits_remaining</c>.</param>
/// <param name="Cash"><c>pre_pay_cash_remaining</c>.</param>
/// <param name="Credits"><c>pre_pay_credits_remaining</c>: cash + bonus.</param>
public sealed record PaymentBalanceForm(long? Monthly, long? Cash, long? Credits)
{
    /// <summary>As the domain takes it.</summary>
    public Adjustment ToAdjustment() => new Adjustment.SetRemaining(Monthly, Cash, Credits);
}
