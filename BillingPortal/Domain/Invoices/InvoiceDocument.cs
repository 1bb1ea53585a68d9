using System.Collections.Immutable;

namespace BillingPortal.Domain.Invoices;

/// <summary>
/// What an invoice says, once and for all: page, print, CSV, UBL, the contracts and the journal all show these figures (rules §8). Amounts are millionths
/// of <see cref="Currency"/> and whole minor units wherever they are not called exact. Stored as it is; a format that grows only adds members.
/// </summary>
public sealed record InvoiceDocument
{
    /// <summary>Invoice, credit note or statement.</summary>
    public required InvoiceKind Kind { get; init; }

    /// <summary>Its number; null for a draft and for a statement.</summary>
    public string? Number { get; init; }

    /// <summary>ISO 4217; every amount of the document is in it.</summary>
    public required string Currency { get; init; }

    /// <summary>The billing period as 202409; null where it bills none, as a plan bought in mid-month.</summary>
    public int? Period { get; init; }

    /// <summary>The first day that is billed, in <see cref="Zone"/>.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day that is billed, in <see cref="Zone"/>.</summary>
    public required DateOnly To { get; init; }

    /// <summary>The zone of its days, an IANA name.</summary>
    public required string Zone { get; init; }

    /// <summary>The day on which it was issued; null for a draft.</summary>
    public DateOnly? IssuedOn { get; init; }

    /// <summary>The last day to pay; null for a draft and where nothing is due.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>Days to pay.</summary>
    public required int TermDays { get; init; }

    /// <summary>The payment term's name.</summary>
    public required string Term { get; init; }

    /// <summary>Who issues it.</summary>
    public required InvoiceParty Seller { get; init; }

    /// <summary>Who is billed: the payer.</summary>
    public required InvoiceParty Buyer { get; init; }

    /// <summary>What is billed, by consumer, the payer first.</summary>
    public ImmutableArray<InvoiceLine> Lines { get; init; } = [];

    /// <summary>Credits that were used: discounts, which reduce the tax base.</summary>
    public ImmutableArray<InvoiceDiscount> Discounts { get; init; } = [];

    /// <summary>Tax by category and rate.</summary>
    public ImmutableArray<TaxLine> Taxes { get; init; } = [];

    /// <summary>What was paid before it was issued: from cash and balance, or by card.</summary>
    public ImmutableArray<InvoicePrepayment> Prepayments { get; init; } = [];

    /// <summary>A credit note's invoice.</summary>
    public InvoiceReference? Corrects { get; init; }

    /// <summary>Why, on a credit note; else a note that is printed.</summary>
    public string Note { get; init; } = "";

    /// <summary>The lines' sum.</summary>
    public long Gross => Lines.Sum(line => line.Amount);

    /// <summary>The discounts' sum, positive.</summary>
    public long Discount => Discounts.Sum(discount => discount.Amount);

    /// <summary>What tax is reckoned on.</summary>
    public long Net => Gross - Discount;

    /// <summary>All tax.</summary>
    public long Tax => Taxes.Sum(tax => tax.Amount);

    /// <summary>With tax.</summary>
    public long Total => Net + Tax;

    /// <summary>Paid before, positive.</summary>
    public long Prepaid => Prepayments.Sum(paid => paid.Amount);

    /// <summary>What is to be paid: total less what was paid before; nothing of a statement.</summary>
    public long Due => Kind == InvoiceKind.Statement ? 0 : Total - Prepaid;

    /// <summary>What rounding the lines to the minor unit added, millionths; stated on the document.</summary>
    public long Rounding => Lines.Sum(line => line.Amount - line.Exact);

    /// <summary>What an agreement to it is bound to: what is billed to whom and how it is taxed. Not its number and days, which it gets by the way.</summary>
    internal void Describe(Ledger.CanonicalForm form)
    {
        foreach (var line in Lines)
        {
            form.Add(line.Consumer).Add((long)line.Kind).Add(line.Description).Add(line.Detail).Add(line.Amount).Add(line.Corrects);
        }

        foreach (var discount in Discounts)
        {
            form.Add(discount.Bucket).Add(discount.Amount);
        }

        foreach (var (tax, net, amount) in Taxes)
        {
            form.Add((long)tax.Category).Add(tax.BasisPoints).Add(tax.Wording).Add(net).Add(amount);
        }

        foreach (var party in new[] { Seller, Buyer })
        {
            form.Add(party.Name).Add(string.Join('\n', party.Lines)).Add(party.City).Add(party.PostalCode).Add(party.State).Add(party.Country).Add(party.TaxId ?? "");
        }

        form.Add(TermDays);
    }
}

/// <summary>Which document. Stored: never renumber.</summary>
public enum InvoiceKind
{
    /// <summary>An invoice (UBL 380).</summary>
    Invoice = 1,

    /// <summary>A credit note (UBL 381): its amounts are positive and are owed to the customer.</summary>
    CreditNote = 2,

    /// <summary>A period in which nothing is to be invoiced: no number.</summary>
    Statement = 3,
}

/// <summary>Where an invoice stands. Stored: never renumber.</summary>
public enum InvoiceStatus
{
    /// <summary>Closed and booked; not numbered yet.</summary>
    Draft = 1,

    /// <summary>Numbered and to be paid.</summary>
    Open = 2,

    /// <summary>Paid, credited or both, to the last unit.</summary>
    Paid = 3,

    /// <summary>Taken back before anything was paid.</summary>
    Void = 4,

    /// <summary>Given up: what was outstanding is written off.</summary>
    Uncollectible = 5,
}

/// <summary>A party as it is printed.</summary>
/// <param name="Name">Its legal name.</param>
/// <param name="Lines">Street lines, none empty.</param>
/// <param name="City">The city; empty for unknown.</param>
/// <param name="PostalCode">The postal code; empty for unknown.</param>
/// <param name="State">State, province or county; empty for none.</param>
/// <param name="Country">ISO 3166-1 alpha-2; empty for unknown.</param>
public sealed record InvoiceParty(string Name, ImmutableArray<string> Lines, string City, string PostalCode, string State, string Country)
{
    /// <summary>The tax number with its prefix, as DE811907980; null for none.</summary>
    public string? TaxId { get; init; }

    /// <summary>Where it is written to; null for unknown.</summary>
    public string? Email { get; init; }

    /// <summary>The organization's number; null for the issuer.</summary>
    public long? Organization { get; init; }

    /// <summary>Where to pay, as an IBAN; null for the customer.</summary>
    public string? Account { get; init; }

    /// <summary>Further words of the issuer, as they are printed.</summary>
    public string Info { get; init; } = "";

    /// <summary>Of an issuer: the settings without which it can issue nothing, as <c>Issuer__Name, Issuer__City</c>; empty where none is missing.</summary>
    public string Lacking => LackingOf(Name, Lines.FirstOrDefault(""), City, Country);

    /// <summary>The same of its parts.</summary>
    public static string LackingOf(string name, string line1, string city, string country) => string.Join(", ",
        new[] { ("Issuer__Name", name), ("Issuer__Line1", line1), ("Issuer__City", city), ("Issuer__Country", country) }.Where(part => part.Item2.Length == 0).Select(part => part.Item1));
}
