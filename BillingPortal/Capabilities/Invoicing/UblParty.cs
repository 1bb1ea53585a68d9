using System.Globalization;
using System.Xml.Linq;
using BillingPortal.Domain.Invoices;
using static BillingPortal.Capabilities.Invoicing.UblText;

namespace BillingPortal.Capabilities.Invoicing;

/// <summary>Seller and buyer.</summary>
internal static class UblParty
{
    /// <summary>Prefixes of VAT numbers that are not the country's own code.</summary>
    private static readonly string[] OtherPrefixes = ["EL", "XI"];

    /// <summary>The party as it is written.</summary>
    /// <param name="party">Who.</param>
    /// <param name="withTaxNumbers">False where the supply is outside the scope of the tax: then no VAT number may stand on the document (BR-O-02 to BR-O-04).</param>
    public static XElement Of(InvoiceParty party, bool withTaxNumbers)
    {
        var number = UblText.Clean(party.TaxId);
        var asVat = withTaxNumbers && IsVatNumber(number, party.Country);

        // A seller has an identifier of some kind (BR-CO-26).
        var identifier = party.Organization?.ToString(CultureInfo.InvariantCulture) ?? (asVat ? null : number);
        return Aggregate("Party",
            Basic("EndpointID", party.Email, new XAttribute("schemeID", "EM")),
            Aggregate("PartyIdentification", Basic("ID", identifier)),
            Aggregate("PartyName", Basic("Name", party.Name)),
            Address(party),
            asVat ? Aggregate("PartyTaxScheme", Basic("CompanyID", number), Scheme()) : null,
            Aggregate("PartyLegalEntity", Basic("RegistrationName", party.Name), asVat || party.Organization is null || !withTaxNumbers ? null : Basic("CompanyID", number)),
            Aggregate("Contact", Basic("ElectronicMail", party.Email)))!;
    }

    /// <summary>The tax this is all about.</summary>
    public static XElement Scheme() => Aggregate("TaxScheme", Basic("ID", "VAT"))!;

    /// <summary>True for what begins with a country, as EN 16931 wants a VAT number to (BR-CO-09); others are registrations.</summary>
    public static bool IsVatNumber(string number, string country) =>
        number.Length > 3 && char.IsAsciiLetterUpper(number[0]) && char.IsAsciiLetterUpper(number[1]) && number.Any(char.IsAsciiDigit)
        && (number[..2] == country || Array.Exists(OtherPrefixes, prefix => number.StartsWith(prefix, StringComparison.Ordinal)));

    private static XElement? Address(InvoiceParty party) => Aggregate("PostalAddress",
        Basic("StreetName", party.Lines.ElementAtOrDefault(0)),
        Basic("AdditionalStreetName", party.Lines.ElementAtOrDefault(1)),
        Basic("CityName", party.City),
        Basic("PostalZone", party.PostalCode),
        Basic("CountrySubentity", party.State),
        Aggregate("AddressLine", Basic("Line", string.Join(", ", party.Lines.Skip(2)))),
        Aggregate("Country", Basic("IdentificationCode", party.Country)));
}
