namespace BillingPortal.Domain.Billing;

/// <summary>When an organization pays for its usage. The numbers are contract 4's.</summary>
public enum ChargingModel
{
    /// <summary>After: what credits do not cover becomes a receivable.</summary>
    Postpaid = 0,

    /// <summary>Before: what value held does not cover is refused, or becomes an overdraft.</summary>
    Prepaid = 1,
}
