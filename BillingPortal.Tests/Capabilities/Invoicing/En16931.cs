using System.Globalization;
using System.Xml.Linq;

namespace BillingPortal.Tests.Capabilities.Invoicing;

/// <summary>
/// The business rules of EN 16931 that can apply to what the portal writes, checked on the XML alone: presence, arithmetic, categories, code lists.
/// Written from the standard's list, not from the writer. Amounts must agree exactly where the official rules allow a tolerance.
/// </summary>
internal static partial class En16931
{
    private static readonly XNamespace Cac = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
    private static readonly XNamespace Cbc = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";

    /// <summary>The names of the rules that the document breaks.</summary>
    public static string[] Broken(XDocument file)
    {
        var root = file.Root!;
        return [.. Presence(root).Concat(Lines(root)).Concat(Totals(root)).Concat(Categories(root)).Concat(CodeLists(root)).Where(rule => !rule.Holds).Select(rule => rule.Name).Distinct()];
    }

    private static IEnumerable<(string Name, bool Holds)> Presence(XElement root)
    {
        var (seller, buyer) = (Party(root, "AccountingSupplierParty"), Party(root, "AccountingCustomerParty"));
        yield return ("BR-01", Has(root, "CustomizationID"));
        yield return ("BR-02", Has(root, "ID"));
        yield return ("BR-03", Has(root, "IssueDate"));
        yield return ("BR-04", Has(root, "InvoiceTypeCode") || Has(root, "CreditNoteTypeCode"));
        yield return ("BR-05", Has(root, "DocumentCurrencyCode"));
        yield return ("BR-06", Text(seller, "PartyLegalEntity", "RegistrationName").Length > 0);
        yield return ("BR-07", Text(buyer, "PartyLegalEntity", "RegistrationName").Length > 0);
        yield return ("BR-08", seller.Element(Cac + "PostalAddress") is not null);
        yield return ("BR-09", Text(seller, "PostalAddress", "Country", "IdentificationCode").Length > 0);
        yield return ("BR-10", buyer.Element(Cac + "PostalAddress") is not null);
        yield return ("BR-11", Text(buyer, "PostalAddress", "Country", "IdentificationCode").Length > 0);
        yield return ("BR-16", LinesOf(root).Any());
        foreach (var period in root.Elements(Cac + "InvoicePeriod"))
        {
            var (start, end) = (Text(period, "StartDate"), Text(period, "EndDate"));
            yield return ("BR-CO-19", start.Length > 0 || end.Length > 0);
            yield return ("BR-29", start.Length == 0 || end.Length == 0 || string.CompareOrdinal(start, end) <= 0);
        }

        foreach (var means in root.Elements(Cac + "PaymentMeans"))
        {
            yield return ("BR-49", Has(means, "PaymentMeansCode"));
            yield return ("BR-50", Text(means, "PayeeFinancialAccount", "ID").Length > 0);
            yield return ("BR-61", Text(means, "PayeeFinancialAccount", "ID").Length > 0);
        }

        yield return ("BR-55", root.Elements(Cac + "BillingReference").All(reference => Text(reference, "InvoiceDocumentReference", "ID").Length > 0));
        yield return ("BR-62", seller.Elements(Cbc + "EndpointID").All(id => id.Attribute("schemeID") is not null));
        yield return ("BR-63", buyer.Elements(Cbc + "EndpointID").All(id => id.Attribute("schemeID") is not null));
        yield return ("BR-CO-09", new[] { seller, buyer }.All(party => VatId(party) is "" or { Length: > 2 } && (VatId(party).Length == 0 || Countries.Contains(VatId(party)[..2]))));
        yield return ("BR-CO-25", Number(root, "LegalMonetaryTotal", "PayableAmount") <= 0 || Has(root, "DueDate") || Text(root, "PaymentTerms", "Note").Length > 0);
        yield return ("BR-CO-26", Text(seller, "PartyIdentification", "ID").Length > 0 || Text(seller, "PartyLegalEntity", "CompanyID").Length > 0 || VatId(seller).Length > 0);
    }

    private static IEnumerable<(string Name, bool Holds)> Lines(XElement root)
    {
        foreach (var line in LinesOf(root))
        {
            var quantity = line.Element(Cbc + "InvoicedQuantity") ?? line.Element(Cbc + "CreditedQuantity");
            yield return ("BR-21", Has(line, "ID"));
            yield return ("BR-22", quantity is { Value.Length: > 0 });
            yield return ("BR-23", quantity?.Attribute("unitCode")?.Value is { Length: > 0 });
            yield return ("BR-24", Has(line, "LineExtensionAmount"));
            yield return ("BR-25", Text(line, "Item", "Name").Length > 0);
            yield return ("BR-26", Text(line, "Price", "PriceAmount").Length > 0);
            yield return ("BR-27", Number(line, "Price", "PriceAmount") >= 0);
            yield return ("BR-CO-04", Text(line, "Item", "ClassifiedTaxCategory", "ID").Length > 0);

            // Not a rule of its own in the standard, but what a line is.
            var per = Text(line, "Price", "BaseQuantity") is { Length: > 0 } text ? decimal.Parse(text, CultureInfo.InvariantCulture) : 1;
            yield return ("quantity × price", decimal.Parse(quantity!.Value, CultureInfo.InvariantCulture) / per * Number(line, "Price", "PriceAmount") == Number(line, "LineExtensionAmount"));
        }

        foreach (var allowance in root.Elements(Cac + "AllowanceCharge"))
        {
            var charge = Text(allowance, "ChargeIndicator") == "true";
            yield return (charge ? "BR-36" : "BR-31", Number(allowance, "Amount") >= 0);
            yield return (charge ? "BR-37" : "BR-32", Text(allowance, "TaxCategory", "ID").Length > 0);
            yield return (charge ? "BR-CO-22" : "BR-CO-21", Has(allowance, "AllowanceChargeReason") || Has(allowance, "AllowanceChargeReasonCode"));
        }

        foreach (var part in Subtotals(root))
        {
            yield return ("BR-45", Has(part, "TaxableAmount"));
            yield return ("BR-46", Has(part, "TaxAmount"));
            yield return ("BR-47", Text(part, "TaxCategory", "ID").Length > 0);
            yield return ("BR-48", Text(part, "TaxCategory", "Percent").Length > 0 || Text(part, "TaxCategory", "ID") == "O");
        }
    }

    private static IEnumerable<(string Name, bool Holds)> Totals(XElement root)
    {
        decimal Total(string name) => Number(root, "LegalMonetaryTotal", name);
        var (allowances, charges) = (Allowances(root, charge: false).Sum(a => a.Amount), Allowances(root, charge: true).Sum(a => a.Amount));
        yield return ("BR-12", Text(root, "LegalMonetaryTotal", "LineExtensionAmount").Length > 0);
        yield return ("BR-13", Text(root, "LegalMonetaryTotal", "TaxExclusiveAmount").Length > 0);
        yield return ("BR-14", Text(root, "LegalMonetaryTotal", "TaxInclusiveAmount").Length > 0);
        yield return ("BR-15", Text(root, "LegalMonetaryTotal", "PayableAmount").Length > 0);
        yield return ("BR-CO-10", Total("LineExtensionAmount") == LinesOf(root).Sum(line => Number(line, "LineExtensionAmount")));
        yield return ("BR-CO-11", Total("AllowanceTotalAmount") == allowances);
        yield return ("BR-CO-12", Total("ChargeTotalAmount") == charges);
        yield return ("BR-CO-13", Total("TaxExclusiveAmount") == Total("LineExtensionAmount") - Total("AllowanceTotalAmount") + Total("ChargeTotalAmount"));
        yield return ("BR-CO-14", Number(root, "TaxTotal", "TaxAmount") == Subtotals(root).Sum(part => Number(part, "TaxAmount")));
        yield return ("BR-CO-15", Total("TaxInclusiveAmount") == Total("TaxExclusiveAmount") + Number(root, "TaxTotal", "TaxAmount"));
        yield return ("BR-CO-16", Total("PayableAmount") == Total("TaxInclusiveAmount") - Total("PrepaidAmount") + Total("PayableRoundingAmount"));
        yield return ("BR-CO-18", Subtotals(root).Any());
        foreach (var part in Subtotals(root))
        {
            var percent = Text(part, "TaxCategory", "Percent") is { Length: > 0 } text ? decimal.Parse(text, CultureInfo.InvariantCulture) : 0;
            yield return ("BR-CO-17", Number(part, "TaxAmount") == decimal.Round(Number(part, "TaxableAmount") * percent / 100, Digits(root), MidpointRounding.AwayFromZero));
        }
    }

    private static XElement Party(XElement root, string role) => root.Element(Cac + role)?.Element(Cac + "Party") ?? new XElement("none");

    private static string VatId(XElement party) => Text(party, "PartyTaxScheme", "CompanyID");

    private static IEnumerable<XElement> LinesOf(XElement root) => root.Elements(Cac + "InvoiceLine").Concat(root.Elements(Cac + "CreditNoteLine"));

    private static IEnumerable<XElement> Subtotals(XElement root) => root.Elements(Cac + "TaxTotal").Elements(Cac + "TaxSubtotal");

    private static IEnumerable<(string Category, string Percent, decimal Amount)> Allowances(XElement root, bool charge) => root.Elements(Cac + "AllowanceCharge")
        .Where(one => Text(one, "ChargeIndicator") == (charge ? "true" : "false")).Select(one => (Text(one, "TaxCategory", "ID"), Text(one, "TaxCategory", "Percent"), Number(one, "Amount")));

    private static int Digits(XElement root) => Text(root, "DocumentCurrencyCode") switch { "JPY" or "KRW" => 0, "KWD" or "BHD" or "TND" => 3, _ => 2 };

    private static bool Has(XElement element, string name) => Text(element, name).Length > 0;

    private static decimal Number(XElement element, params string[] path) => Text(element, path) is { Length: > 0 } text ? decimal.Parse(text, CultureInfo.InvariantCulture) : 0;

    private static string Text(XElement element, params string[] path)
    {
        var at = element;
        foreach (var name in path[..^1])
        {
            at = at?.Element(Cac + name);
        }

        return at?.Element(Cbc + path[^1])?.Value ?? "";
    }
}
