using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Capabilities.Rates;

/// <summary>Exact numbers as people write and read them.</summary>
public static class RateText
{
    /// <summary>The number that <paramref name="text"/> means: digits with one point or comma, no grouping; null where it means none.</summary>
    public static ExactAmount? Read(string? text)
    {
        var trimmed = (text ?? "").Trim();
        var plain = trimmed.Contains('.', StringComparison.Ordinal) ? trimmed : trimmed.Replace(',', '.');
        return plain.Length > 0 && plain.All(letter => char.IsAsciiDigit(letter) || letter is '.' or '-') && ExactAmount.TryParse(plain, out var amount) == ExactAmountError.None ? amount : null;
    }

    /// <summary>The number with all its decimals, in the reader's way of writing.</summary>
    public static string Number(ExactAmount amount) => amount.Written(CultureInfo.CurrentCulture);

    /// <summary>The price of one unit, as in "€0.005 a MB".</summary>
    public static string Price(ExactAmount rate, Currency currency, string unit) => $"{currency.Sign}{Number(rate)} a {(unit.Length > 0 ? unit : "unit")}";
}
