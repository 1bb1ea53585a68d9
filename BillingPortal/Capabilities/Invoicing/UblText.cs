using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using BillingPortal.Domain;

namespace BillingPortal.Capabilities.Invoicing;

/// <summary>The names of UBL 2.1 and how values are written under them.</summary>
internal static class UblText
{
    public static readonly XNamespace InvoiceRoot = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2";
    public static readonly XNamespace CreditNoteRoot = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2";
    public static readonly XNamespace Cac = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
    public static readonly XNamespace Cbc = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";

    /// <summary>A value; null where the text is empty, and XML leaves a null out.</summary>
    public static XElement? Basic(string name, string? text, params XAttribute[] attributes) =>
        Clean(text) is { Length: > 0 } clean ? new XElement(Cbc + name, attributes, clean) : null;

    /// <summary>What has parts; null where it has none.</summary>
    public static XElement? Aggregate(string name, params object?[] parts)
    {
        var present = parts.SelectMany(part => part as IEnumerable<XElement> ?? (part is XElement one ? [one] : [])).ToArray();
        return present.Length == 0 ? null : new XElement(Cac + name, [.. present]);
    }

    /// <summary>A day.</summary>
    public static XElement? Date(string name, DateOnly? day) => Basic(name, day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>Millionths as the currency writes them: whole minor units have no digit more.</summary>
    public static XElement Amount(string name, long micros, Currency currency) =>
        new(Cbc + name, new XAttribute("currencyID", currency.Code), Money.FormatMicros(micros, currency.Digits, CultureInfo.InvariantCulture, grouped: false));

    /// <summary>Text without what XML cannot hold: control characters and halves of surrogate pairs.</summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var clean = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]))
            {
                clean.Append(text[at]).Append(text[++at]);
            }
            else if (XmlConvert.IsXmlChar(text[at]))
            {
                clean.Append(text[at]);
            }
        }

        return clean.ToString().Trim();
    }
}
