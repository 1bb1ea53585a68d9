using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Invoices;

namespace BillingPortal.Capabilities.PublishingInvoices;

/// <summary>Contract 3's list of invoices.</summary>
/// <param name="Invoices">A part of them, newest first.</param>
/// <param name="TotalInvoices">How many there are.</param>
public sealed record ExternalInvoices(IReadOnlyList<ExternalInvoice> Invoices, int TotalInvoices);

/// <summary>Contract 3's invoice. Amounts are numbers in the organization's currency.</summary>
/// <param name="Id">Its id.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Amount">With tax.</param>
/// <param name="Credits">Credits that were used on it.</param>
/// <param name="Status">draft, open, paid, uncollectible or void.</param>
/// <param name="InvoicePdf">Where its PDF stands on this portal; null for a draft.</param>
/// <param name="ReceiptUrl">Its page on this portal.</param>
/// <param name="PaymentIntentId">The last payment's reference; null for none.</param>
public sealed record ExternalInvoice(string Id, string CreatedAt, decimal Amount, decimal Credits, string Status, string? InvoicePdf, string ReceiptUrl, string? PaymentIntentId)
{
    /// <summary>As programs read it.</summary>
    public static ExternalInvoice Of(PublishedInvoice invoice, string portal) => new(
        invoice.Id, invoice.CreatedAt.ToString(), invoice.Of(invoice.Document.Total).Units, invoice.Of(invoice.Document.Discount).Units, invoice.StatusWord,
        invoice.Document.Number is null ? null : $"{portal}{invoice.Path}.pdf", portal + invoice.Path, invoice.Reference);
}

/// <summary>Contract 2's invoice. Money is a decimal string, as on the balance; an invoice of another currency than the dollar names it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number; null for a draft.</param>
/// <param name="Status">draft, open, paid, uncollectible or void.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Description">The period in words.</param>
/// <param name="CustomerEmail">Where it is sent; null for unknown.</param>
/// <param name="Lines">What is billed.</param>
/// <param name="Subtotal">Before tax.</param>
/// <param name="Tax">Tax.</param>
/// <param name="Total">With tax.</param>
/// <param name="AmountDue">What was to be paid when it was issued.</param>
/// <param name="AmountPaid">Paid, before and since.</param>
/// <param name="AmountRemaining">Still to be paid.</param>
/// <param name="Paid">True once nothing remains.</param>
/// <param name="Pdf">Where its PDF stands on this portal; null for a draft.</param>
/// <param name="Url">Its page on this portal.</param>
public sealed record OwnInvoice(
    string Id, string? Number, string Status, string CreatedAt, string Currency, string Description, string? CustomerEmail, IReadOnlyList<OwnInvoiceLine> Lines, string Subtotal, string Tax,
    string Total, string AmountDue, string AmountPaid, string AmountRemaining, bool Paid, string? Pdf, string Url)
{
    /// <summary>As programs read it.</summary>
    public static OwnInvoice Of(PublishedInvoice invoice, string portal)
    {
        var document = invoice.Document;
        string Text(long micros) => invoice.Of(micros).ToDecimalString();
        return new OwnInvoice(
            invoice.Id, document.Number, invoice.StatusWord, invoice.CreatedAt.ToString(), document.Currency,
            string.Create(CultureInfo.InvariantCulture, $"{document.From:d MMM yyyy} to {document.To:d MMM yyyy}"), document.Buyer.Email,
            [.. document.Lines.Select(line => new OwnInvoiceLine(line.Description, Text(line.Amount)))], Text(document.Net), Text(document.Tax), Text(document.Total), Text(document.Due),
            Text(document.Prepaid + invoice.Paid), Text(invoice.Outstanding), invoice.Status == InvoiceStatus.Paid, document.Number is null ? null : $"{portal}{invoice.Path}.pdf", portal + invoice.Path);
    }
}

/// <summary>A line of it.</summary>
/// <param name="Description">What for.</param>
/// <param name="Amount">How much.</param>
public sealed record OwnInvoiceLine(string Description, string Amount);
