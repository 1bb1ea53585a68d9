using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Rating;

namespace BillingPortal.Capabilities.RatingUsage;

/// <summary>Rated usage in words.</summary>
public static class UsageWords
{
    /// <summary>What a part was priced by.</summary>
    public static string NameOf(RatedPart part) => string.Create(CultureInfo.CurrentCulture, $"{Kind(part.By)} {part.Id}");

    /// <summary>Why it was priced so.</summary>
    public static string Says(RatedBy by) => by switch
    {
        RatedBy.Package => "covered by the month's data package",
        RatedBy.Volume => "covered by the month's inclusive volume",
        RatedBy.Custom => "a price of the organization's own goes before the tariff's",
        _ => "the tariff's price",
    };

    /// <summary>A quantity with its unit.</summary>
    public static string Quantity(ExactAmount quantity, string unit) => unit.Length == 0 ? Number(quantity) : $"{Number(quantity)} {unit}";

    /// <summary>The price of one unit, or of several where parts differ.</summary>
    public static string Price(RatedLine line, Currency currency) => line.Charged.IsZero ? "included"
        : line.Rate is { } rate ? currency.Sign + Number(rate)
        : "in parts";

    /// <summary>A number with all its decimals, in the reader's way of writing.</summary>
    public static string Number(ExactAmount amount) => amount.Written(CultureInfo.CurrentCulture);

    /// <summary>An exact amount of money, in the minor unit at least.</summary>
    public static string Amount(ExactAmount amount, Currency currency)
    {
        var (main, tail) = amount.WrittenIn(currency, CultureInfo.CurrentCulture);
        return main + tail;
    }

    private static string Kind(RatedBy by) => by switch
    {
        RatedBy.Package => "Data package",
        RatedBy.Volume => "Inclusive volume",
        RatedBy.Custom => "Custom rate",
        _ => "Tariff rate",
    };
}
