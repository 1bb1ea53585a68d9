using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Invoices;

/// <summary>All that closing a period must see beyond the ledger itself; loaded under its lock.</summary>
/// <param name="Figures">What the journal holds for the period.</param>
/// <param name="Profile">Who bills whom, and how.</param>
/// <param name="Recurring">What is charged for the month whether used or not.</param>
/// <param name="NextOrdinal">The next document's ordinal.</param>
public sealed record ClosingFacts(PeriodFigures Figures, InvoicingProfile Profile, ImmutableArray<RecurringCharge> Recurring, int NextOrdinal)
{
    /// <summary>The period's latest document that was not voided; null where there is none.</summary>
    public Invoice? Document { get; init; }

    /// <summary>The entry that booked it.</summary>
    public Ledger.JournalEntry? Booked { get; init; }

    /// <summary>Where the period's invoice was voided and stands again in another period: the entry that says so.</summary>
    public Ledger.JournalEntry? Voiding { get; init; }
}

/// <summary>What the journal holds for one organization's period: exact, in millionths.</summary>
/// <param name="Period">The period as 202409.</param>
public sealed record PeriodFigures(int Period)
{
    /// <summary>Charges net of corrections, by consumer and service, in the order in which they are printed.</summary>
    public ImmutableArray<UsageFigure> Usage { get; init; } = [];

    /// <summary>What those charges drew of monthly credits; positive.</summary>
    public long Monthly { get; init; }

    /// <summary>Of promotional credits.</summary>
    public long Promotional { get; init; }

    /// <summary>Of cash.</summary>
    public long Cash { get; init; }

    /// <summary>Of bonus.</summary>
    public long Bonus { get; init; }

    /// <summary>What went into overdraft.</summary>
    public long Overdraft { get; init; }

    /// <summary>What is not invoiced yet of this period and those before, the amount owed: positive.</summary>
    public long Unbilled { get; init; }

    /// <summary>Plan fees that were booked as owed; they are part of <see cref="Unbilled"/>.</summary>
    public ImmutableArray<RecurringCharge> Fees { get; init; } = [];

    /// <summary>An earlier period that was charged and is not closed; null for none.</summary>
    public int? EarlierOpen { get; init; }

    /// <summary>Net charges of the period.</summary>
    public long Charged => Usage.Sum(figure => figure.Exact);

    /// <summary>Issued invoices that were voided in the period: they stand in it again.</summary>
    public ImmutableArray<VoidedInvoice> Voided { get; init; } = [];

    /// <summary>What the period's charges left unbilled.</summary>
    public long Unpaid => Charged - Monthly - Promotional - Cash - Bonus - Overdraft;

    /// <summary>What of <see cref="Unbilled"/> nothing in the period explains: what earlier periods left.</summary>
    public long CarriedOver => Unbilled - Fees.Sum(fee => fee.Amount) - Voided.Sum(voided => voided.Unbilled) - Unpaid;
}

/// <summary>What one consumer used of one service in a period.</summary>
/// <param name="Consumer">Whose usage.</param>
/// <param name="ConsumerName">Its name.</param>
/// <param name="Service">The service.</param>
/// <param name="Exact">Millionths; below zero where more was given back.</param>
public sealed record UsageFigure(OrganizationId Consumer, string ConsumerName, string Service, long Exact)
{
    /// <summary>How much was used, as an invariant decimal; null where only prices are known.</summary>
    public string? Quantity { get; init; }

    /// <summary>Its unit.</summary>
    public string? Unit { get; init; }

    /// <summary>True where all of it was priced from reported quantities: only then do they say how much the amount is for.</summary>
    public bool AllRated { get; init; }
}

/// <summary>Something charged for a month whether it is used or not.</summary>
/// <param name="Consumer">Whose.</param>
/// <param name="ConsumerName">Its name.</param>
/// <param name="Name">What is printed.</param>
/// <param name="Amount">Millionths, whole minor units; below zero for what a plan's fee takes off.</param>
public sealed record RecurringCharge(OrganizationId Consumer, string ConsumerName, string Name, long Amount)
{
    /// <summary>How it was reckoned; empty for nothing to say.</summary>
    public string Detail { get; init; } = "";

    /// <summary>True for what a coupon takes off: a discount.</summary>
    public bool IsCoupon { get; init; }
}

/// <summary>Who bills whom, and how.</summary>
/// <param name="Issuer">The issuer's code.</param>
/// <param name="IssuerZone">The zone of its days.</param>
/// <param name="Seller">The issuer as it is printed.</param>
/// <param name="Buyer">The payer as it is printed.</param>
/// <param name="Term">When invoices are due.</param>
/// <param name="Tax">What decides on tax.</param>
public sealed record InvoicingProfile(string Issuer, string IssuerZone, InvoiceParty Seller, InvoiceParty Buyer, PaymentTerm Term, TaxProfile Tax);

/// <summary>The next number of a series.</summary>
/// <param name="Series">As in <c>INV-2026</c>; unique on the platform.</param>
/// <param name="Issuer">The issuer's code.</param>
/// <param name="Next">The number to come; they run from 1 without gaps.</param>
/// <param name="IssuerZone">The zone of the issuer's days.</param>
public sealed record NextNumber(string Series, string Issuer, long Next, string IssuerZone)
{
    /// <summary>The number as it is printed: at least four digits.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Series}-{Next:0000}");

    /// <summary>The series of an issuer's documents of one year. The first issuer's carry no code.</summary>
    public static string SeriesOf(string issuer, InvoiceKind kind, int year) => string.Create(CultureInfo.InvariantCulture,
        $"{(issuer == "main" ? "" : issuer.ToUpperInvariant() + "-")}{(kind == InvoiceKind.CreditNote ? "CN" : "INV")}-{year:0000}");
}

/// <summary>What somebody means who types part of a document's number.</summary>
/// <param name="Begins">The number's beginning, in capital letters.</param>
/// <param name="Whole">Numbers that it may be the end of: a bare 412 is INV-2026-0412, or a credit note's, of this year or one of the nine before.</param>
public sealed record NumberName(string Begins, ImmutableArray<string> Whole)
{
    private const int Years = 10, MostDigits = 9;

    /// <summary>Reads what was typed in <paramref name="year"/>.</summary>
    public static NumberName Of(string text, int year)
    {
        var begins = text.Trim().ToUpperInvariant().Replace("\0", "", StringComparison.Ordinal);
        var isBare = begins.Length is > 0 and <= MostDigits && begins.All(char.IsAsciiDigit);
        return new(begins, !isBare ? [] :
        [
            .. Enumerable.Range(year - Years + 1, Years).SelectMany(then => new[] { InvoiceKind.Invoice, InvoiceKind.CreditNote }.Select(kind =>
                new NextNumber(NextNumber.SeriesOf("main", kind, then), "main", long.Parse(begins, CultureInfo.InvariantCulture), "").Text)),
        ]);
    }
}

/// <summary>An invoice as a decision about it must see it.</summary>
/// <param name="Invoice">The invoice.</param>
/// <param name="Booked">The entry that booked it; null where nothing was.</param>
/// <param name="Credits">Its credit notes, oldest first.</param>
/// <param name="OthersOverdue">How many other invoices of the organization have been due for 30 days or longer.</param>
/// <param name="NextOrdinal">The next document's ordinal.</param>
public sealed record InvoiceFacts(Invoice Invoice, Ledger.JournalEntry? Booked, ImmutableArray<Invoice> Credits, int OthersOverdue, int NextOrdinal);
