using System.Collections.Immutable;

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

    /// <summary>Credits were bought.</summary>
    public const string CreditsBought = "credits_bought";

    /// <summary>A card payment was disputed.</summary>
    public const string PaymentDisputed = "payment_disputed";

    /// <summary>A plan's fee could not be collected and will be tried again.</summary>
    public const string PlanPastDue = "plan_past_due";

    /// <summary>A plan ended because its fee could not be collected.</summary>
    public const string PlanEnded = "plan_ended";

    /// <summary>An invoice is overdue.</summary>
    public const string InvoiceOverdue = "invoice_overdue";

    /// <summary>Every kind with its name for people, in the order of a list.</summary>
    public static ImmutableArray<(string Kind, string Name)> Names { get; } =
    [
        (LowBalance, "Low balance"),
        (OutOfBalance, "Out of balance"),
        (SpendingCap, "Spending cap"),
        (RechargeSucceeded, "Recharge succeeded"),
        (RechargeFailed, "Recharge failed"),
        (RechargeSuspended, "Recharge suspended"),
        (CreditsBought, "Credits bought"),
        (PaymentDisputed, "Payment disputed"),
        (PlanPastDue, "Plan not paid"),
        (PlanEnded, "Plan ended"),
        (InvoiceOverdue, "Invoice overdue"),
    ];

    /// <summary>The kinds that wait for a person: what the platform's own staff is called for.</summary>
    public static ImmutableArray<string> ForStaff { get; } = [RechargeSuspended, PaymentDisputed];

    /// <summary>The name of <paramref name="kind"/>; of an unknown one, the word itself.</summary>
    public static string NameOf(string kind) => Names.FirstOrDefault(line => line.Kind == kind).Name ?? kind;
}
