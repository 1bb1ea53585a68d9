using System.Globalization;

namespace BillingPortal.Domain;

/// <summary>
/// An amount of one currency in whole millionths (decision 0004). Positive is value held by the customer (rules §1). Equal when
/// amount and currency are equal. Arithmetic is checked: it throws <see cref="OverflowException"/> beyond ±9.2 million million.
/// </summary>
/// <param name="Micros">The amount in millionths of the currency's unit.</param>
/// <param name="Currency">The currency.</param>
public readonly record struct Money(long Micros, Currency Currency) : IComparable<Money>
{
    /// <summary>Millionths in one unit.</summary>
    public const long Unit = 1_000_000;

    /// <summary>No money of <paramref name="currency"/>.</summary>
    public static Money Zero(Currency currency) => new(0, currency);

    /// <summary><paramref name="units"/> as millionths, exactly.</summary>
    /// <exception cref="ArgumentException">It has more than six decimals.</exception>
    /// <exception cref="OverflowException">It is beyond the bounds of money.</exception>
    public static Money Of(decimal units, Currency currency)
    {
        var micros = units * Unit;
        if (micros != decimal.Truncate(micros))
        {
            throw new ArgumentException("Money has at most six decimals.", nameof(units));
        }

        return new(decimal.ToInt64(micros), currency);
    }

    /// <summary>The amount in units, exactly.</summary>
    public decimal Units => (decimal)Micros / Unit;

    /// <summary>True for an amount of nothing.</summary>
    public bool IsZero => Micros == 0;

    /// <summary>The same amount without its sign.</summary>
    public Money Absolute => new(Math.Abs(Micros), Currency);

    /// <inheritdoc />
    /// <exception cref="CurrencyMismatchException">The currencies differ.</exception>
    public int CompareTo(Money other) => Micros.CompareTo(Same(other).Micros);

    /// <summary>
    /// The invariant decimal of programs and files: at least the minor unit's digits (two for contract strings), at most six, zeros
    /// trimmed beyond (rules §4).
    /// </summary>
    public string ToDecimalString() => FormatMicros(Micros, Math.Max(2, Currency.Digits), CultureInfo.InvariantCulture, grouped: false);

    /// <summary>For people: sign, currency, grouped digits, millionths only where they are not zero, as in −$12.24.</summary>
    public string ToString(CultureInfo culture) =>
        (Micros < 0 ? "−" : "") + Currency.Sign + FormatMicros(Math.Abs(Micros), Currency.Digits, culture, grouped: true);

    /// <summary>For logs and debugging: invariant amount and code.</summary>
    public override string ToString() => $"{ToDecimalString()} {Currency.Code}";

    /// <summary>Formats millionths with at least <paramref name="minDecimals"/> decimals, trimming zeros beyond.</summary>
    public static string FormatMicros(long micros, int minDecimals, CultureInfo culture, bool grouped)
    {
        var optional = new string('#', 6 - minDecimals);
        var pattern = (grouped ? "#,0" : "0") + (minDecimals + optional.Length > 0 ? "." : "") + new string('0', minDecimals) + optional;
        return ((decimal)micros / Unit).ToString(pattern, culture);
    }

#pragma warning disable CS1591 // arithmetic says what it does; all of it throws on different currencies and on overflow
    public static Money operator +(Money a, Money b) => new(checked(a.Micros + a.Same(b).Micros), a.Currency);
    public static Money operator -(Money a, Money b) => new(checked(a.Micros - a.Same(b).Micros), a.Currency);
    public static Money operator -(Money a) => new(checked(-a.Micros), a.Currency);
    public static bool operator <(Money a, Money b) => a.CompareTo(b) < 0;
    public static bool operator >(Money a, Money b) => a.CompareTo(b) > 0;
    public static bool operator <=(Money a, Money b) => a.CompareTo(b) <= 0;
    public static bool operator >=(Money a, Money b) => a.CompareTo(b) >= 0;
#pragma warning restore CS1591

    private Money Same(Money other) => other.Currency == Currency ? other : throw new CurrencyMismatchException(Currency, other.Currency);
}

/// <summary>Two currencies met where one was expected: a programmer's mistake, never a person's.</summary>
public sealed class CurrencyMismatchException(Currency expected, Currency actual)
    : InvalidOperationException($"Expected {expected.Code}, not {actual.Code}.");
