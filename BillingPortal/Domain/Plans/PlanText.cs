using System.Globalization;

namespace BillingPortal.Domain.Plans;

/// <summary>Words about plans for people.</summary>
public static class PlanText
{
    /// <summary>A day: "30 November 2026".</summary>
    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>A price: "$99.00 a month", "$5.00 a seat and month", "agreed outside of the portal".</summary>
    public static string Price(PlanPrice price, Currency currency) => price switch
    {
        { Kind: PriceKind.Enterprise } => "agreed and collected outside of the portal",
        _ when !price.Amounts.ContainsKey(currency.Code) => $"not sold in {currency}",
        { Kind: PriceKind.PerUser } => $"{Figure(price.Amounts[currency.Code], currency)} a seat and {PlanPrice.CodeOf(price.Interval)}",
        _ => $"{Figure(price.Amounts[currency.Code], currency)} a {PlanPrice.CodeOf(price.Interval)}",
    };

    private static string Figure(long micros, Currency currency) => new Money(micros, currency).ToString(CultureInfo.InvariantCulture);
}
