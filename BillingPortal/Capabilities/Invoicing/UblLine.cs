using System.Globalization;
using System.Xml.Linq;
using BillingPortal.Domain;
using BillingPortal.Domain.Invoices;
using static BillingPortal.Capabilities.Invoicing.UblText;

namespace BillingPortal.Capabilities.Invoicing;

/// <summary>
/// One line. Its price is for the whole quantity (the base quantity is the quantity), so that quantity times price is the line's amount to the last
/// unit, whatever the rates were that made it. A price is never negative (BR-27): of what was given back the quantity is.
/// </summary>
internal static class UblLine
{
    /// <summary>The line.</summary>
    public static XElement Of(InvoiceLine line, int number, bool credit, Currency currency)
    {
        var counted = decimal.TryParse(line.Quantity, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var quantity) && quantity != 0;
        var size = counted ? Math.Abs(quantity) : 1;
        var unit = new XAttribute("unitCode", counted ? UnitCodes.Of(line.Unit) : UnitCodes.One);
        return Aggregate(credit ? "CreditNoteLine" : "InvoiceLine",
            Basic("ID", number.ToString(CultureInfo.InvariantCulture)),
            Basic("Note", string.Create(CultureInfo.InvariantCulture, $"{line.ConsumerName}, {line.Consumer}")),
            Basic(credit ? "CreditedQuantity" : "InvoicedQuantity", Plain(line.Amount < 0 ? -size : size), unit),
            Amount("LineExtensionAmount", line.Amount, currency),
            Aggregate("Item",
                Basic("Description", string.Join(", ", new[] { line.Detail, counted ? line.Unit ?? "" : "" }.Where(words => words.Length > 0))),
                Basic("Name", Clean(line.Description).Length > 0 ? line.Description : line.Kind.ToString()),
                UblTaxes.Category("ClassifiedTaxCategory", line.Tax.Category, line.Tax.BasisPoints),
                line.Exact == line.Amount ? null : Aggregate("AdditionalItemProperty",
                    Basic("Name", "Amount before rounding"), Basic("Value", new Money(line.Exact, currency).ToDecimalString()))),
            Aggregate("Price", Amount("PriceAmount", Math.Abs(line.Amount), currency), size == 1 ? null : Basic("BaseQuantity", Plain(size), new XAttribute("unitCode", unit.Value))))!;
    }

    private static string Plain(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);
}
