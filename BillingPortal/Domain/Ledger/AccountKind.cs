namespace BillingPortal.Domain.Ledger;

/// <summary>
/// What an account holds (rules §1). The numbers are stored and hashed: never renumber, only append. Signs are the customer's:
/// positive is value held by the customer.
/// </summary>
public enum AccountKind
{
    /// <summary>Credits granted with the plan for a period; drawn first, lapse at the period's end.</summary>
    Monthly = 1,

    /// <summary>Promotional credits; drawn second.</summary>
    Promotional = 2,

    /// <summary>Paid in and refundable; drawn third.</summary>
    Cash = 3,

    /// <summary>Given on top of cash; drawn fourth, not refundable.</summary>
    Bonus = 4,

    /// <summary>What a prepaid organization used beyond what it had; zero or negative.</summary>
    Overdraft = 5,

    /// <summary>What a postpaid organization used and was not yet invoiced; zero or negative unless in credit.</summary>
    UnbilledReceivable = 6,

    /// <summary>What was invoiced and not yet paid; zero or negative unless in credit.</summary>
    InvoicedReceivable = 7,

    /// <summary>Contra: what was charged.</summary>
    Revenue = 20,

    /// <summary>Contra: money on its way from the payment provider.</summary>
    PaymentsClearing = 21,

    /// <summary>Contra: monthly credits and bonus granted.</summary>
    CreditsGranted = 22,

    /// <summary>Contra: promotions granted.</summary>
    PromotionsGranted = 23,

    /// <summary>Contra: bonus given by adjustment.</summary>
    Goodwill = 24,

    /// <summary>Contra: cash adjusted by hand.</summary>
    CashAdjustments = 25,

    /// <summary>Contra: credits that lapsed unused.</summary>
    Breakage = 26,

    /// <summary>Contra: tax owed to an authority.</summary>
    TaxPayable = 27,

    /// <summary>Contra: fractions of the minor unit lost on invoices.</summary>
    Rounding = 28,

    /// <summary>Contra: what will not be collected.</summary>
    WriteOff = 29,

    /// <summary>Contra: refunds and disputes.</summary>
    RefundsAndDisputes = 30,

    /// <summary>Contra: transfers between organizations; sums to zero over the platform.</summary>
    TransfersInTransit = 31,

    /// <summary>Contra: fees of plans and recurring charges. Apart from <see cref="Revenue"/>, which caps count (rules §6).</summary>
    PlanFees = 32,

    /// <summary>Contra: what credit notes took back.</summary>
    Allowances = 33,
}

/// <summary>Which block of the trial balance a kind stands in.</summary>
public enum AccountGroup
{
    /// <summary>Value the customer holds.</summary>
    Value,

    /// <summary>What the customer owes.</summary>
    Owed,

    /// <summary>The platform's other side.</summary>
    Contra,
}
