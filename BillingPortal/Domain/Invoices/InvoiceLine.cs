namespace BillingPortal.Domain.Invoices;

/// <summary>One line.</summary>
/// <param name="Consumer">Whose usage: the payer's own number or that of an organization whose balance it pays.</param>
/// <param name="ConsumerName">Its name as it was.</param>
/// <param name="Kind">What kind of line.</param>
/// <param name="Description">The service, plan or package.</param>
/// <param name="Exact">What the journal holds, millionths.</param>
/// <param name="Amount">The same rounded half-even to the minor unit.</param>
public sealed record InvoiceLine(long Consumer, string ConsumerName, InvoiceLineKind Kind, string Description, long Exact, long Amount)
{
    /// <summary>How much, as an invariant decimal; null where what was used has a price only.</summary>
    public string? Quantity { get; init; }

    /// <summary>The quantity's unit; null without one.</summary>
    public string? Unit { get; init; }

    /// <summary>The line of the invoice that a credit note's line corrects, from 1; null where it corrects none alone.</summary>
    public int? Corrects { get; init; }

    /// <summary>A second line of words, as "11 of 30 days"; empty for none.</summary>
    public string Detail { get; init; } = "";

    /// <summary>How it is taxed.</summary>
    public required TaxTreatment Tax { get; init; }
}

/// <summary>What kind of line. Stored: never renumber.</summary>
public enum InvoiceLineKind
{
    /// <summary>Usage of a service.</summary>
    Usage = 1,

    /// <summary>A plan's fee.</summary>
    Plan = 2,

    /// <summary>A recurring charge, as a data package.</summary>
    Recurring = 3,

    /// <summary>What earlier periods left.</summary>
    CarriedOver = 4,
}

/// <summary>Credits used against the lines.</summary>
/// <param name="Bucket">The account kind's code, as <c>monthly</c>; <c>coupon</c> for a coupon; <c>rounding</c> for what rounding the lines added.</param>
/// <param name="Name">For people.</param>
/// <param name="Amount">Positive; below zero where more was given back than used.</param>
/// <param name="Tax">The category and rate whose base it reduces.</param>
public sealed record InvoiceDiscount(string Bucket, string Name, long Amount, TaxTreatment Tax)
{
    /// <summary>The bucket of what rounding the lines added to what a balance paid.</summary>
    public const string Rounding = "rounding";
}

/// <summary>Tax of one category and rate.</summary>
/// <param name="Tax">Category, rate and wording.</param>
/// <param name="Base">What it is reckoned on.</param>
/// <param name="Amount">Base × rate, rounded half up to the minor unit.</param>
public sealed record TaxLine(TaxTreatment Tax, long Base, long Amount);

/// <summary>What was paid before the invoice.</summary>
/// <param name="From">For people: "Cash", "Balance", "Visa ·4242".</param>
/// <param name="Amount">Positive; below zero for what the customer got back.</param>
public sealed record InvoicePrepayment(string From, long Amount)
{
    /// <summary>What was paid beyond the total, or given back before: it is on the balance.</summary>
    public const string Returned = "Returned to the balance";
}

/// <summary>The invoice that a credit note corrects.</summary>
public sealed record InvoiceReference(int Ordinal, string Number, DateOnly IssuedOn);
