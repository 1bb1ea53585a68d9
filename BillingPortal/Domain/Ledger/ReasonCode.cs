using System.Collections.Immutable;

namespace BillingPortal.Domain.Ledger;

/// <summary>Why an entry was made: data, so that a new reason is one line.</summary>
/// <param name="Code">Stored, hashed and published.</param>
/// <param name="Name">For people.</param>
/// <param name="ByHand">True where a person may choose it when adjusting a balance.</param>
public sealed record ReasonCode(string Code, string Name, bool ByHand)
{
    /// <summary>Usage requested through the API.</summary>
    public static readonly ReasonCode UsageRequested = new("usage_requested", "Usage, requested", false);

    /// <summary>Usage that a file or meter reported after it happened.</summary>
    public static readonly ReasonCode UsageReported = new("usage_reported", "Usage, reported", false);

    /// <summary>The provider delivered a month again with other figures.</summary>
    public static readonly ReasonCode UsageRedelivered = new("usage_redelivered", "Usage, delivered again", false);

    /// <summary>Usage rated again after its rates changed.</summary>
    public static readonly ReasonCode UsageRatedAgain = new("usage_rated_again", "Usage, rated again", false);

    /// <summary>Contract 2 set what remains (rules §1).</summary>
    public static readonly ReasonCode BalanceSetByApi = new("balance_set_by_api", "Balance set by API", false);

    /// <summary>An entry was undone.</summary>
    public static readonly ReasonCode Undone = new("undone", "Undone", false);

    /// <summary>Cash paid in.</summary>
    public static readonly ReasonCode PaidIn = new("paid_in", "Paid in", false);

    /// <summary>Paid in outside of the portal, and entered by hand: counts against what a person may move alone (rules §5).</summary>
    public static readonly ReasonCode PaidInByHand = new("paid_in_by_hand", "Paid in, entered by hand", false);

    /// <summary>Credits that come with the plan.</summary>
    public static readonly ReasonCode PlanCredits = new("plan_credits", "Plan credits", false);

    /// <summary>Auto-recharge charged the card.</summary>
    public static readonly ReasonCode AutoRecharged = new("auto_recharge", "Auto-recharge", false);

    /// <summary>Credits bought on a page of the portal.</summary>
    public static readonly ReasonCode CreditsBought = new("credits_bought", "Credits bought", false);

    /// <summary>Credits of a voucher.</summary>
    public static readonly ReasonCode VoucherRedeemed = new("voucher_redeemed", "Voucher redeemed", false);

    /// <summary>Value moved between a reseller and a sub-organization.</summary>
    public static readonly ReasonCode Transferred = new("transfer", "Transfer", false);

    /// <summary>Moved to the payer, whose balance is used from now on.</summary>
    public static readonly ReasonCode MovedToPayer = new("moved_to_payer", "Moved to the payer", false);

    /// <summary>The card's holder disputed a payment.</summary>
    public static readonly ReasonCode PaymentDisputed = new("payment_disputed", "Payment disputed", false);

    /// <summary>A dispute ended in the portal's favour.</summary>
    public static readonly ReasonCode PaymentDisputeWon = new("dispute_won", "Dispute won", false);

    /// <summary>Cash that came back repaid an overdraft.</summary>
    public static readonly ReasonCode OverdraftRepaid = new("overdraft_repaid", "Overdraft repaid", false);

    /// <summary>A billing period was closed.</summary>
    public static readonly ReasonCode PeriodClosed = new("period_closed", "Period closed", false);

    /// <summary>A closed period was opened again.</summary>
    public static readonly ReasonCode PeriodReopened = new("period_reopened", "Period reopened", false);

    /// <summary>An invoice was paid.</summary>
    public static readonly ReasonCode InvoicePaid = new("invoice_paid", "Invoice paid", false);

    /// <summary>A credit note was written.</summary>
    public static readonly ReasonCode InvoiceCredited = new("invoice_credited", "Invoice credited", false);

    /// <summary>An invoice was taken back.</summary>
    public static readonly ReasonCode InvoiceVoided = new("invoice_voided", "Invoice voided", false);

    /// <summary>An invoice was given up.</summary>
    public static readonly ReasonCode InvoiceWrittenOff = new("invoice_written_off", "Invoice written off", false);

    /// <summary>Paid back to the original payment.</summary>
    public static readonly ReasonCode Refunded = new("refunded", "Refunded", false);

    /// <summary>A refund that had been paid came back to the provider.</summary>
    public static readonly ReasonCode RefundReturned = new("refund_returned", "Refund came back", false);

    /// <summary>Credits lapsed unused.</summary>
    public static readonly ReasonCode CreditsExpired = new("credits_expired", "Credits expired", false);

    /// <summary>A plan's fee.</summary>
    public static readonly ReasonCode PlanFee = new("plan_fee", "Plan fee", false);

    /// <summary>Credit given to a prepaid balance by contract 4 or its page.</summary>
    public static readonly ReasonCode CreditNoteGiven = new("credit_note_given", "Credit note given", false);

    /// <summary>A prepaid balance was set to zero, or set up anew.</summary>
    public static readonly ReasonCode BalanceReset = new("balance_reset", "Balance reset", false);

    /// <summary>Every reason.</summary>
    public static readonly ImmutableArray<ReasonCode> All =
    [
        UsageRequested, UsageReported, UsageRedelivered, UsageRatedAgain, BalanceSetByApi, Undone, PaidIn, PaidInByHand, PlanCredits,
        AutoRecharged, CreditsBought, VoucherRedeemed, Transferred, MovedToPayer, PaymentDisputed, PaymentDisputeWon, CreditNoteGiven, BalanceReset, OverdraftRepaid,
        PeriodClosed, PeriodReopened, InvoicePaid, InvoiceCredited, InvoiceVoided, InvoiceWrittenOff, Refunded, RefundReturned, CreditsExpired, PlanFee,
        new("goodwill", "Goodwill", true),
        new("service_outage", "Outage or fault of ours", true),
        new("billing_error", "Billing error corrected", true),
        new("bank_transfer", "Bank transfer received", true),
        new("promotion", "Promotion", true),
        new("contract", "Agreed in a contract", true),
        new("migration", "Carried over from another system", true),
        new("uncollectible", "Will not be collected", true),
    ];

    /// <summary>The reason of <paramref name="code"/>, or null.</summary>
    public static ReasonCode? Find(string? code) => All.FirstOrDefault(reason => string.Equals(reason.Code, code, StringComparison.Ordinal));
}
