using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace BillingPortal.Domain;

/// <summary>
/// A currency of ISO 4217, by its three capital letters. Equal when the code is equal. There is no default currency:
/// the default value has a null code and throws where it is used.
/// </summary>
public readonly record struct Currency
{
    /// <summary>Currencies in which the portal keeps accounts, with the digits of their minor unit. Adding one is adding a line.</summary>
    private static readonly FrozenDictionary<string, int> MinorDigits = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["AED"] = 2, ["AUD"] = 2, ["BGN"] = 2, ["BHD"] = 3, ["BRL"] = 2, ["CAD"] = 2, ["CHF"] = 2, ["CLP"] = 0, ["CNY"] = 2, ["CZK"] = 2,
        ["DKK"] = 2, ["EUR"] = 2, ["GBP"] = 2, ["HKD"] = 2, ["HUF"] = 2, ["IDR"] = 2, ["ILS"] = 2, ["INR"] = 2, ["ISK"] = 0, ["JOD"] = 3,
        ["JPY"] = 0, ["KRW"] = 0, ["KWD"] = 3, ["MXN"] = 2, ["MYR"] = 2, ["NOK"] = 2, ["NZD"] = 2, ["OMR"] = 3, ["PHP"] = 2, ["PLN"] = 2,
        ["RON"] = 2, ["SAR"] = 2, ["SEK"] = 2, ["SGD"] = 2, ["THB"] = 2, ["TND"] = 3, ["TRY"] = 2, ["TWD"] = 2, ["UAH"] = 2, ["USD"] = 2,
        ["VND"] = 0, ["ZAR"] = 2,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private Currency(string code) => Code = code;

    /// <summary>Three capital letters.</summary>
    public string Code { get; }

    /// <summary>Digits of the minor unit: 0 for the yen, 2 for the dollar, 3 for the dinar.</summary>
    public int Digits => MinorDigits[Code];

    /// <summary>Millionths in one minor unit: 10,000 for the dollar's cent.</summary>
    public long MinorUnit => Digits switch { 0 => 1_000_000, 2 => 10_000, _ => 1_000 };

    /// <summary>The sign people write before the amount, or the code and a space where they do not.</summary>
    public string Sign => Code switch { "USD" => "$", "EUR" => "€", "GBP" => "£", "JPY" => "¥", _ => Code + " " };

    /// <summary>US dollars, the currency of contract 2.</summary>
    public static Currency Usd { get; } = Of("USD");

    /// <summary>Every currency the portal keeps accounts in, by code.</summary>
    public static IEnumerable<Currency> All => MinorDigits.Keys.Order(StringComparer.Ordinal).Select(code => new Currency(code));

    /// <summary>The currency of <paramref name="code"/>.</summary>
    /// <exception cref="ArgumentException">The portal keeps no accounts in it.</exception>
    public static Currency Of(string code) =>
        TryOf(code, out var currency) ? currency : throw new ArgumentException($"'{code}' is not a currency of this portal.", nameof(code));

    /// <summary>True, and the currency, where <paramref name="code"/> is one (capital letters only).</summary>
    public static bool TryOf([NotNullWhen(true)] string? code, out Currency currency)
    {
        var known = code is not null && MinorDigits.ContainsKey(code);
        currency = known ? new Currency(code!) : default;
        return known;
    }

    /// <inheritdoc />
    public override string ToString() => Code;
}
