using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using static BillingPortal.Capabilities.Invoicing.UblText;

namespace BillingPortal.Capabilities.Invoicing;

/// <summary>
/// An invoice or a credit note as UBL 2.1 XML after EN 16931 (decision 0028 has what that leaves open). Every figure is the document's own; the
/// same document is always the same bytes.
/// </summary>
internal static class UblDocument
{
    /// <summary>The core invoice of EN 16931, and no national or sectoral extension of it.</summary>
    public const string Customization = "urn:cen.eu:en16931:2017";

    /// <summary>Which exchange it belongs to: billing, an invoice or credit note on its own.</summary>
    public const string Profile = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0";

    /// <summary>Why there is none; null where it can be written.</summary>
    public static string? WhyNot(InvoiceDocument document) => document switch
    {
        { Kind: InvoiceKind.Statement } => "A statement is no invoice: nothing was to be paid, and it has no number.",
        { Number: null } or { IssuedOn: null } => "A draft has no number yet. It is exported once it is issued.",
        _ => null,
    };

    /// <summary>What a receiver may miss: fields that EN 16931 asks for and nobody has entered. Empty where all is there.</summary>
    public static string Lacks(InvoiceDocument document)
    {
        var missing = new List<string>();
        void Miss(bool lacking, string what)
        {
            if (lacking)
            {
                missing.Add(what);
            }
        }

        Miss(document.Seller.Country.Length == 0, "the issuer's country (BR-09)");
        Miss(document.Buyer.Country.Length == 0, "the customer's country (BR-11)");
        Miss(!UblParty.IsVatNumber(UblText.Clean(document.Seller.TaxId), document.Seller.Country) && document.Taxes.Any(tax => tax.Tax.Category is not TaxCategory.OutOfScope), "the issuer's VAT number (BR-S-02)");
        Miss(document.Taxes.Any(tax => tax.Tax.Category is TaxCategory.ReverseCharge) && !UblParty.IsVatNumber(UblText.Clean(document.Buyer.TaxId), document.Buyer.Country), "the customer's VAT number (BR-AE-02)");
        return string.Join(", ", missing);
    }

    /// <summary>The file's bytes, UTF-8.</summary>
    /// <exception cref="ArgumentException">It is a draft or a statement.</exception>
    public static byte[] Write(InvoiceDocument document)
    {
        using var file = new MemoryStream();
        using (var writer = XmlWriter.Create(file, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), NewLineChars = "\n" }))
        {
            Of(document).Save(writer);
        }

        return file.ToArray();
    }

    /// <summary>The document as XML.</summary>
    /// <exception cref="ArgumentException">It is a draft or a statement.</exception>
    public static XDocument Of(InvoiceDocument document)
    {
        if (WhyNot(document) is { } reason)
        {
            throw new ArgumentException(reason, nameof(document));
        }

        var credit = document.Kind == InvoiceKind.CreditNote;
        var currency = Currency.Of(document.Currency);
        var taxes = new UblTaxes(document);
        var paid = credit || document.Due <= 0;
        return new XDocument(new XElement((credit ? CreditNoteRoot : InvoiceRoot) + (credit ? "CreditNote" : "Invoice"),
            new XAttribute(XNamespace.Xmlns + "cac", Cac), new XAttribute(XNamespace.Xmlns + "cbc", Cbc),
            Basic("CustomizationID", Customization), Basic("ProfileID", Profile), Basic("ID", document.Number),
            Date("IssueDate", document.IssuedOn), credit ? null : Date("DueDate", document.DueOn),
            Basic(credit ? "CreditNoteTypeCode" : "InvoiceTypeCode", credit ? "381" : "380"),
            Basic("Note", Note(document, currency)), Basic("DocumentCurrencyCode", document.Currency),
            Basic("BuyerReference", document.Buyer.Organization?.ToString(CultureInfo.InvariantCulture)),
            Aggregate("InvoicePeriod", Date("StartDate", document.From), Date("EndDate", document.To)),
            document.Corrects is { } corrected ? Aggregate("BillingReference", Aggregate("InvoiceDocumentReference", Basic("ID", corrected.Number), Date("IssueDate", corrected.IssuedOn))) : null,
            Aggregate("AccountingSupplierParty", UblParty.Of(document.Seller, !taxes.OutOfScope)),
            Aggregate("AccountingCustomerParty", UblParty.Of(document.Buyer, !taxes.OutOfScope)),
            paid ? null : Payment(document),
            Aggregate("PaymentTerms", Basic("Note", credit ? "Credited to the customer." : paid ? "Nothing is left to pay." : document.Term)),
            document.Discounts.Where(discount => discount.Amount != 0).Select(discount => Allowance(discount, currency)),
            taxes.Total(), Totals(document, currency), document.Lines.Select((line, at) => UblLine.Of(line, at + 1, credit, currency))));
    }

    private static XElement? Payment(InvoiceDocument document) => document.Seller.Account is { Length: > 0 } account
        ? Aggregate("PaymentMeans",
            Basic("PaymentMeansCode", document.Currency == "EUR" ? "58" : "30"), Basic("PaymentID", document.Number),
            Aggregate("PayeeFinancialAccount", Basic("ID", account.Replace(" ", "", StringComparison.Ordinal)), Basic("Name", document.Seller.Name)))
        : null;

    /// <summary>Credits used are allowances; where more was given back than used, a charge: amounts of either are never negative.</summary>
    private static XElement Allowance(InvoiceDiscount discount, Currency currency) => Aggregate("AllowanceCharge",
        Basic("ChargeIndicator", discount.Amount > 0 ? "false" : "true"),
        discount.Amount > 0 ? Basic("AllowanceChargeReasonCode", "95") : null,
        Basic("AllowanceChargeReason", discount.Name),
        Amount("Amount", Math.Abs(discount.Amount), currency),
        UblTaxes.Category("TaxCategory", discount.Tax.Category, discount.Tax.BasisPoints))!;

    private static XElement Totals(InvoiceDocument document, Currency currency)
    {
        var allowances = document.Discounts.Where(discount => discount.Amount > 0).Sum(discount => discount.Amount);
        var charges = document.Discounts.Where(discount => discount.Amount < 0).Sum(discount => -discount.Amount);
        return Aggregate("LegalMonetaryTotal",
            Amount("LineExtensionAmount", document.Gross, currency), Amount("TaxExclusiveAmount", document.Net, currency), Amount("TaxInclusiveAmount", document.Total, currency),
            allowances == 0 ? null : Amount("AllowanceTotalAmount", allowances, currency), charges == 0 ? null : Amount("ChargeTotalAmount", charges, currency),
            document.Prepaid == 0 ? null : Amount("PrepaidAmount", document.Prepaid, currency), Amount("PayableAmount", document.Due, currency))!;
    }

    private static string Note(InvoiceDocument document, Currency currency) => string.Join(' ', new[]
    {
        document.Note.Trim(),
        document.Rounding == 0 ? "" : $"Each line is rounded to the minor unit, which changed their sum by {new Money(document.Rounding, currency).ToDecimalString()} {document.Currency}.",
        document.Seller.Info.Trim(),
    }.Where(words => words.Length > 0));
}
