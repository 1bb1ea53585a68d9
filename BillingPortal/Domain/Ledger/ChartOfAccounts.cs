using System.Globalization;
using static BillingPortal.Domain.Ledger.AccountGroup;
using static BillingPortal.Domain.Ledger.AccountKind;

namespace BillingPortal.Domain.Ledger;

/// <summary>The chart of accounts as data (rules §1).</summary>
public static class ChartOfAccounts
{
    private static readonly (AccountKind Kind, AccountGroup Group, string Code, string Name)[] Lines =
    [
        (Monthly, Value, "monthly", "Monthly credits"),
        (Promotional, Value, "promotional", "Promotional"),
        (Cash, Value, "cash", "Cash"),
        (Bonus, Value, "bonus", "Bonus"),
        (UnbilledReceivable, Owed, "unbilled_receivable", "Unbilled receivable"),
        (InvoicedReceivable, Owed, "invoiced_receivable", "Invoiced receivable"),
        (Overdraft, Owed, "overdraft", "Overdraft"),
        (Revenue, Contra, "revenue", "Revenue"),
        (PlanFees, Contra, "plan_fees", "Plan fees"),
        (Allowances, Contra, "allowances", "Credit notes"),
        (PaymentsClearing, Contra, "payments_clearing", "Payments clearing"),
        (TaxPayable, Contra, "tax_payable", "Tax payable"),
        (CreditsGranted, Contra, "credits_granted", "Credits granted"),
        (PromotionsGranted, Contra, "promotions_granted", "Promotions granted"),
        (Goodwill, Contra, "goodwill", "Goodwill"),
        (CashAdjustments, Contra, "cash_adjustments", "Cash adjustments"),
        (Breakage, Contra, "breakage", "Breakage"),
        (WriteOff, Contra, "write_off", "Write-off"),
        (RefundsAndDisputes, Contra, "refunds_and_disputes", "Refunds and disputes"),
        (Rounding, Contra, "rounding", "Rounding"),
        (TransfersInTransit, Contra, "transfers_in_transit", "Transfers in transit"),
    ];

    /// <summary>Every kind, in the trial balance's order.</summary>
    public static IReadOnlyList<AccountKind> All { get; } = [.. Lines.Select(line => line.Kind)];

    /// <summary>The buckets that a charge draws on, in the order it draws.</summary>
    public static IReadOnlyList<AccountKind> DrawOrder { get; } = [Monthly, Promotional, Cash, Bonus];

    /// <summary>The buckets that a person sees as value held: the draw order and overdraft.</summary>
    public static IReadOnlyList<AccountKind> Buckets { get; } = [.. DrawOrder, Overdraft];

    /// <summary>The block that <paramref name="kind"/> stands in.</summary>
    public static AccountGroup GroupOf(AccountKind kind) => Line(kind).Group;

    /// <summary>The stable word for programs and exports.</summary>
    public static string CodeOf(AccountKind kind) => Line(kind).Code;

    /// <summary>The name for people.</summary>
    public static string NameOf(AccountKind kind) => Line(kind).Name;

    /// <summary>True where the account is on the customer's side: value or what is owed.</summary>
    public static bool IsCustomers(AccountKind kind) => GroupOf(kind) != Contra;

    private static (AccountKind Kind, AccountGroup Group, string Code, string Name) Line(AccountKind kind) =>
        Array.Find(Lines, line => line.Kind == kind) is { Code: not null } known
            ? known
            : (kind, Contra, string.Create(CultureInfo.InvariantCulture, $"unknown_{(int)kind}"), "Unknown");
}
