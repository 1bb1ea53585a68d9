namespace BillingPortal.Domain.Billing;

/// <summary>What people are told of themselves. The words are stored and published.</summary>
public static class NoticeKind
{
    /// <summary>Less is available than the threshold.</summary>
    public const string LowBalance = "low_balance";

    /// <summary>Nothing is available.</summary>
    public const string OutOfBalance = "out_of_balance";

    /// <summary>A level of the spending cap was reached.</summary>
    public const string SpendingCap = "spending_cap";

    /// <summary>A recharge was paid.</summary>
    public const string RechargeSucceeded = "recharge_succeeded";

    /// <summary>A recharge was declined and will be tried again.</summary>
    public const string RechargeFailed = "recharge_failed";

    /// <summary>Recharging stands still until a person acts.</summary>
    public const string RechargeSuspended = "recharge_suspended";

    /// <summary>A card payment was disputed.</summary>
    public const string PaymentDisputed = "payment_disputed";
}
