using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Invoices;
using BillingPortal.Store.Reading;

namespace BillingPortal.Capabilities.Invoicing;

/// <summary>A page of invoices as programs see it.</summary>
/// <param name="Invoices">The invoices, newest first.</param>
/// <param name="Next">What to send as <c>after</c> for those that follow; null at the end.</param>
public sealed record InvoicesAnswer(IReadOnlyList<InvoiceSummary> Invoices, string? Next)
{
    /// <summary>The answer for a page.</summary>
    public static InvoicesAnswer Of(InvoiceList list) =>
        new([.. list.Page.Lines.Select(InvoiceSummary.Of)], list.Page.HasOlder ? list.Page.Lines[^1].Cursor.ToString() : null);
}

/// <summary>An invoice in a list.</summary>
/// <param name="Ordinal">Which of the organization's documents; its address is named by it.</param>
/// <param name="Kind">invoice, credit_note or statement.</param>
/// <param name="Status">draft, open, paid, void or uncollectible.</param>
/// <param name="Number">Its number; null for drafts and statements.</param>
/// <param name="Period">The month it bills, as 2026-10; null for none.</param>
/// <param name="Currency">ISO 4217; every amount is in it.</param>
/// <param name="Net">Before tax.</param>
/// <param name="Tax">Tax.</param>
/// <param name="Total">With tax.</param>
/// <param name="Due">To be paid when it was issued.</param>
/// <param name="Outstanding">Still to be paid.</param>
/// <param name="IssuedOn">The day of issue.</param>
/// <param name="DueOn">The last day to pay.</param>
public sealed record InvoiceSummary(
    int Ordinal, string Kind, string Status, string? Number, string? Period, string Currency, string Net, string Tax, string Total, string Due, string Outstanding, DateOnly? IssuedOn, DateOnly? DueOn)
{
    /// <summary>The summary of a listed invoice.</summary>
    public static InvoiceSummary Of(ListedInvoice line) => new(line.Ordinal, InvoiceWords.CodeOf(line.Kind), InvoiceWords.CodeOf(line.Status), line.Number, Month(line.Period), line.Currency.Code,
        Text(line.Net, line.Currency), Text(line.Tax, line.Currency), Text(line.Total, line.Currency), Text(line.Due, line.Currency), Text(line.Outstanding, line.Currency), line.IssuedOn, line.DueOn);

    internal static string? Month(int? period) => period is { } number ? string.Create(CultureInfo.InvariantCulture, $"{new Domain.Billing.BillingPeriod(number)}") : null;

    internal static string Text(long micros, Currency currency) => new Money(micros, currency).ToDecimalString();
}

/// <summary>An invoice whole.</summary>
/// <param name="Invoice">What lists show of it.</param>
/// <param name="From">The first day billed.</param>
/// <param name="To">The last day billed.</param>
/// <param name="Zone">The zone of its days.</param>
/// <param name="Term">The payment term.</param>
/// <param name="Seller">Who issues it.</param>
/// <param name="Buyer">Who is billed.</param>
/// <param name="Lines">What is billed.</param>
/// <param name="Credits">Credits used; they reduce the tax base.</param>
/// <param name="Taxes">Tax by category and rate.</param>
/// <param name="PaidBefore">What was paid before it was issued.</param>
/// <param name="Totals">Its sums by name: gross, discount, net, tax, total, prepaid, due, rounding.</param>
/// <param name="Note">What is printed beside it; a credit note's reason.</param>
/// <param name="Corrects">The number of the invoice that a credit note corrects; null otherwise.</param>
/// <param name="Entry">The journal's entry that booked it; null where nothing was booked.</param>
/// <param name="History">What happened to it, oldest first.</param>
public sealed record InvoiceAnswer(
    InvoiceSummary Invoice, DateOnly From, DateOnly To, string Zone, string Term, PartyAnswer Seller, PartyAnswer Buyer, IReadOnlyList<LineAnswer> Lines, IReadOnlyList<CreditAnswer> Credits,
    IReadOnlyList<TaxAnswer> Taxes, IReadOnlyList<PaidAnswer> PaidBefore, IReadOnlyDictionary<string, string> Totals, string Note, string? Corrects, long? Entry, IReadOnlyList<StepAnswer> History)
{
    /// <summary>The answer for an invoice.</summary>
    public static InvoiceAnswer Of(InvoiceView view)
    {
        var (document, invoice, currency) = (view.Document, view.Invoice, Currency.Of(view.Document.Currency));
        string Text(long micros) => InvoiceSummary.Text(micros, currency);
        return new InvoiceAnswer(
            new InvoiceSummary(invoice.Ordinal, InvoiceWords.CodeOf(document.Kind), InvoiceWords.CodeOf(invoice.Status), document.Number, InvoiceSummary.Month(document.Period), document.Currency,
                Text(document.Net), Text(document.Tax), Text(document.Total), Text(document.Due), Text(invoice.Outstanding), document.IssuedOn, document.DueOn),
            document.From, document.To, document.Zone, document.Term, PartyAnswer.Of(document.Seller), PartyAnswer.Of(document.Buyer),
            [.. document.Lines.Select(line => new LineAnswer(line.Consumer, line.ConsumerName, InvoiceWords.CodeOf(line.Kind), line.Description, line.Detail, line.Quantity, line.Unit,
                Text(line.Exact), Text(line.Amount), UblTaxes.CodeOf(line.Tax.Category), line.Tax.Percent))],
            [.. document.Discounts.Select(discount => new CreditAnswer(discount.Bucket, discount.Name, Text(discount.Amount)))],
            [.. document.Taxes.Select(tax => new TaxAnswer(UblTaxes.CodeOf(tax.Tax.Category), tax.Tax.Percent, Text(tax.Base), Text(tax.Amount), tax.Tax.Wording))],
            [.. document.Prepayments.Select(paid => new PaidAnswer(paid.From, Text(paid.Amount)))],
            InvoiceFile.Totals(document).ToDictionary(total => total.Code, total => Text(total.Amount), StringComparer.Ordinal),
            document.Note, document.Corrects?.Number, invoice.Seq,
            [.. view.Steps.Select(step => new StepAnswer(new Instant(step.At).ToString(), step.Code, step.Text, step.Amount is { } amount ? Text(amount) : null, step.Reference))]);
    }
}

/// <summary>A party as it is printed.</summary>
/// <param name="Name">Its legal name.</param>
/// <param name="Address">Street lines.</param>
/// <param name="PostalCode">The postal code.</param>
/// <param name="City">The city.</param>
/// <param name="State">State, province or county.</param>
/// <param name="Country">ISO 3166-1 alpha-2; empty where it is not known.</param>
/// <param name="TaxId">The tax number; null for none.</param>
public sealed record PartyAnswer(string Name, IReadOnlyList<string> Address, string PostalCode, string City, string State, string Country, string? TaxId)
{
    internal static PartyAnswer Of(InvoiceParty party) => new(party.Name, [.. party.Lines], party.PostalCode, party.City, party.State, party.Country, party.TaxId);
}

/// <summary>One line.</summary>
/// <param name="Consumer">The number of who used it.</param>
/// <param name="ConsumerName">Its name as it was.</param>
/// <param name="Kind">usage, plan, recurring or carried_over.</param>
/// <param name="Description">The service, plan or package.</param>
/// <param name="Detail">More words; may be empty.</param>
/// <param name="Quantity">How much; null where only a price is known.</param>
/// <param name="Unit">The quantity's unit.</param>
/// <param name="Exact">What the journal holds.</param>
/// <param name="Amount">The same rounded to the minor unit.</param>
/// <param name="TaxCategory">EN 16931's category: S, Z, E, AE or O.</param>
/// <param name="TaxRate">In percent.</param>
public sealed record LineAnswer(
    long Consumer, string ConsumerName, string Kind, string Description, string Detail, string? Quantity, string? Unit, string Exact, string Amount, string TaxCategory, decimal TaxRate);

/// <summary>Credits used.</summary>
/// <param name="Bucket">monthly, promotional, bonus or coupon.</param>
/// <param name="Name">For people.</param>
/// <param name="Amount">How much, above zero.</param>
public sealed record CreditAnswer(string Bucket, string Name, string Amount);

/// <summary>Tax of one category and rate.</summary>
/// <param name="Category">EN 16931's category.</param>
/// <param name="Rate">In percent.</param>
/// <param name="Base">What it is reckoned on.</param>
/// <param name="Amount">The tax.</param>
/// <param name="Wording">What the invoice must say where none is taken.</param>
public sealed record TaxAnswer(string Category, decimal Rate, string Base, string Amount, string Wording);

/// <summary>What was paid before the invoice.</summary>
/// <param name="From">What paid it.</param>
/// <param name="Amount">How much.</param>
public sealed record PaidAnswer(string From, string Amount);

/// <summary>One thing that happened.</summary>
/// <param name="At">When.</param>
/// <param name="Code">closed, issued, sent, paid, credited, voided, uncollectible, reminded or blocked.</param>
/// <param name="Text">For people.</param>
/// <param name="Amount">The money that moved; null for none.</param>
/// <param name="Reference">A payment's reference; empty for none.</param>
public sealed record StepAnswer(string At, string Code, string Text, string? Amount, string Reference);
