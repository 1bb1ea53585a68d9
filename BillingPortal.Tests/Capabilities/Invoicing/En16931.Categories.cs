using System.Globalization;
using System.Xml.Linq;

namespace BillingPortal.Tests.Capabilities.Invoicing;

// The rules of each tax category, and the code lists.
internal static partial class En16931
{
    private static readonly string[] Countries = [.. CultureInfo.GetCultures(CultureTypes.SpecificCultures)
        .Select(culture => { try { return new RegionInfo(culture.Name).TwoLetterISORegionName; } catch (ArgumentException) { return ""; } })
        .Where(code => code.Length == 2 && code.All(char.IsAsciiLetterUpper)).Append("EL").Append("XI").Distinct()];

    private static readonly string[] Exemptions = ["VATEX-EU-AE", "VATEX-EU-O", "VATEX-EU-G", "VATEX-EU-IC", "VATEX-EU-79-C", "VATEX-EU-132", "VATEX-EU-143", "VATEX-EU-148"];

    private static readonly string[] Units = ["C62", "H87", "SEC", "MIN", "HUR", "DAY", "WEE", "MON", "ANN", "AD", "2P", "4L", "E34", "E35", "KWH", "P1", "ZP"];

    private static IEnumerable<(string Name, bool Holds)> Categories(XElement root)
    {
        var (seller, buyer) = (Party(root, "AccountingSupplierParty"), Party(root, "AccountingCustomerParty"));
        var lines = LinesOf(root).Select(line => (
            Category: Text(line, "Item", "ClassifiedTaxCategory", "ID"), Percent: Text(line, "Item", "ClassifiedTaxCategory", "Percent"), Amount: Number(line, "LineExtensionAmount"))).ToArray();
        var (allowances, charges) = (Allowances(root, charge: false).ToArray(), Allowances(root, charge: true).ToArray());
        var used = lines.Concat(allowances).Concat(charges).ToArray();
        foreach (var category in used.Select(one => one.Category).Concat(Subtotals(root).Select(part => Text(part, "TaxCategory", "ID"))).Distinct())
        {
            string Rule(int number) => string.Create(CultureInfo.InvariantCulture, $"BR-{category}-{number:00}");
            var parts = Subtotals(root).Where(part => Text(part, "TaxCategory", "ID") == category).ToArray();
            yield return (Rule(1), category == "S" ? parts.Length > 0 : parts.Length == 1);
            var hasSeller = VatId(seller).Length > 0;
            yield return (Rule(2), category switch
            {
                "O" => !hasSeller && VatId(buyer).Length == 0,
                "AE" => hasSeller && (VatId(buyer).Length > 0 || Text(buyer, "PartyLegalEntity", "CompanyID").Length > 0),
                _ => hasSeller,
            });
            foreach (var one in used.Where(one => one.Category == category))
            {
                yield return (Rule(5), category switch
                {
                    "S" => one.Percent.Length > 0 && decimal.Parse(one.Percent, CultureInfo.InvariantCulture) > 0,
                    "O" => one.Percent.Length == 0,
                    _ => one.Percent.Length > 0 && decimal.Parse(one.Percent, CultureInfo.InvariantCulture) == 0,
                });
            }

            foreach (var part in parts)
            {
                var percent = Text(part, "TaxCategory", "Percent");
                decimal Sum(IEnumerable<(string Category, string Percent, decimal Amount)> of) => of.Where(one => one.Category == category && one.Percent == percent).Sum(one => one.Amount);
                var reasoned = Text(part, "TaxCategory", "TaxExemptionReason").Length > 0 || Text(part, "TaxCategory", "TaxExemptionReasonCode").Length > 0;
                yield return (Rule(8), Number(part, "TaxableAmount") == Sum(lines) - Sum(allowances) + Sum(charges));
                yield return (Rule(9), category == "S" || Number(part, "TaxAmount") == 0);
                yield return (Rule(10), reasoned == category is "E" or "AE" or "O" or "G");
            }

            yield return ("BR-O-11", category != "O" || used.All(one => one.Category == "O"));
        }

        yield return ("BR-S-08 once a rate", Subtotals(root).Select(part => (Text(part, "TaxCategory", "ID"), Text(part, "TaxCategory", "Percent"))).GroupBy(pair => pair).All(pair => pair.Count() == 1));
    }

    private static IEnumerable<(string Name, bool Holds)> CodeLists(XElement root)
    {
        var credit = root.Name.LocalName == "CreditNote";
        yield return ("BR-CL-01", credit ? Text(root, "CreditNoteTypeCode") == "381" : Text(root, "InvoiceTypeCode") == "380");
        yield return ("BR-CL-03", root.Descendants().Attributes("currencyID").All(code => code.Value == Text(root, "DocumentCurrencyCode")));
        yield return ("BR-CL-14", root.Descendants(Cbc + "IdentificationCode").All(code => Countries.Contains(code.Value)));
        yield return ("BR-CL-16", root.Descendants(Cbc + "PaymentMeansCode").All(code => code.Value is "30" or "58"));
        yield return ("BR-CL-17", root.Descendants(Cac + "TaxCategory").Concat(root.Descendants(Cac + "ClassifiedTaxCategory")).All(category => Text(category, "ID") is "S" or "Z" or "E" or "AE" or "O" or "G"));
        yield return ("BR-CL-19", root.Descendants(Cbc + "AllowanceChargeReasonCode").All(code => code.Value == "95"));
        yield return ("BR-CL-22", root.Descendants(Cbc + "TaxExemptionReasonCode").All(code => Exemptions.Contains(code.Value)));
        yield return ("BR-CL-23", root.Descendants().Attributes("unitCode").All(code => Units.Contains(code.Value)));
        yield return ("BR-CL-25", root.Descendants(Cbc + "EndpointID").All(id => id.Attribute("schemeID")?.Value == "EM"));

        // The standard knows two decimals alone; a currency of three keeps its own, so that every figure is the ledger's (decision 0025).
        yield return ("BR-DEC", root.Descendants().Where(element => element.Attribute("currencyID") is not null)
            .All(amount => (amount.Value.Split('.').ElementAtOrDefault(1)?.Length ?? 0) <= Digits(root)));
    }
}
