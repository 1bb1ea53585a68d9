using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace BillingPortal.Domain.Billing;

/// <summary>
/// An amount of usage finer than money: a whole number of 10⁻²⁴ of the currency's unit, because clouds print prices per request as
/// full-length decimals and a sum that drops digits no longer equals their bill (rules §3). It has no currency of its own; the usage
/// it belongs to has one. Equal when the amount is equal, however it was written; the default is nothing.
/// Arithmetic is checked: beyond about ±170 million million units it throws <see cref="OverflowException"/>.
/// </summary>
public readonly record struct ExactAmount : IComparable<ExactAmount>
{
    /// <summary>Decimals kept; a non-zero digit beyond them cannot be read.</summary>
    public const int Decimals = 24;

    /// <summary>Longest text that is read; whatever is longer is no price.</summary>
    public const int MaxLength = 100;

    private static readonly Int128 Unit = Pow10(Decimals);
    private static readonly Int128 Micro = Pow10(Decimals - 6);
    private static readonly Int128 Half = Pow10(Decimals / 2);

    private readonly Int128 _parts;

    private ExactAmount(Int128 parts) => _parts = parts;

    /// <summary>Nothing.</summary>
    public static ExactAmount Zero => default;

    /// <summary>True for an amount of nothing.</summary>
    public bool IsZero => _parts == 0;

    /// <summary>−1, 0 or 1.</summary>
    public int Sign => Int128.Sign(_parts);

    /// <summary>The amount of <paramref name="micros"/> millionths, exactly.</summary>
    public static ExactAmount FromMicros(long micros) => new(micros * Micro);

    /// <summary>
    /// Reads an invariant decimal: sign, digits, decimal point, and an exponent as in <c>1E-7</c>. No spaces within, no grouping, no
    /// currency sign.
    /// </summary>
    public static ExactAmountError TryParse(ReadOnlySpan<char> text, out ExactAmount amount)
    {
        amount = default;
        if (!ExactAmountText.TryRead(text, out var read))
        {
            return ExactAmountError.NotANumber;
        }

        if (read.Digits == 0)
        {
            return ExactAmountError.None;
        }

        var shift = Decimals + read.Exponent;
        if (shift < 0)
        {
            return ExactAmountError.TooFine;
        }

        if (read.TooManyDigits)
        {
            return ExactAmountError.TooLarge;
        }

        try
        {
            amount = new(checked(read.Digits * Pow10(shift)));
            return ExactAmountError.None;
        }
        catch (OverflowException)
        {
            return ExactAmountError.TooLarge;
        }
    }

    /// <summary>Reads what <see cref="ToString()"/> wrote.</summary>
    /// <exception cref="FormatException">It is no such text.</exception>
    public static ExactAmount Parse(string text) =>
        TryParse(text, out var amount) == ExactAmountError.None ? amount : throw new FormatException($"'{text}' is not an exact amount.");

    /// <summary>The nearest whole number of millionths; an amount exactly between two goes to the even one.</summary>
    /// <exception cref="OverflowException">It is beyond the bounds of money.</exception>
    public long RoundHalfEven()
    {
        var (whole, rest) = Int128.DivRem(_parts, Micro);
        var twice = Int128.Abs(rest) * 2;
        if (twice > Micro || (twice == Micro && Int128.IsOddInteger(whole)))
        {
            whole += Int128.Sign(_parts);
        }

        return checked((long)whole);
    }

    /// <summary>True where it has no digit beyond <paramref name="decimals"/> decimals.</summary>
    public bool IsWithin(int decimals) => _parts % Pow10(Decimals - decimals) == 0;

    /// <summary>The exact product of a quantity and a rate, neither with more than twelve decimals, so that no digit is lost.</summary>
    /// <exception cref="ArgumentException">One of them is finer.</exception>
    /// <exception cref="OverflowException">It is beyond what can be summed.</exception>
    public ExactAmount Times(ExactAmount other) => IsWithin(Decimals / 2) && other.IsWithin(Decimals / 2)
        ? new(checked(_parts / Half * (other._parts / Half)))
        : throw new ArgumentException($"A product is exact for at most {Decimals / 2} decimals on both sides.", nameof(other));

    /// <inheritdoc />
    public int CompareTo(ExactAmount other) => _parts.CompareTo(other._parts);

    /// <summary>The shortest invariant decimal that reads back as the same amount, never with an exponent: 0.00000372899.</summary>
    public override string ToString()
    {
        var (whole, rest) = Int128.DivRem(Int128.Abs(_parts), Unit);
        var fraction = rest.ToString(CultureInfo.InvariantCulture).PadLeft(Decimals, '0').TrimEnd('0');
        return (_parts < 0 ? "-" : "") + whole.ToString(CultureInfo.InvariantCulture) + (fraction.Length == 0 ? "" : "." + fraction);
    }

    /// <summary>For people: the same digits, whole units grouped.</summary>
    public string Written(CultureInfo culture)
    {
        var (whole, rest) = Int128.DivRem(Int128.Abs(_parts), Unit);
        var fraction = rest.ToString(CultureInfo.InvariantCulture).PadLeft(Decimals, '0').TrimEnd('0');
        return (_parts < 0 ? "−" : "") + whole.ToString("#,0", culture) + (fraction.Length == 0 ? "" : culture.NumberFormat.NumberDecimalSeparator + fraction);
    }

    /// <summary>As an amount of <paramref name="currency"/>: with its sign and the currency's, to the minor unit, and the digits beyond it, empty where there are none.</summary>
    public (string Main, string Tail) WrittenIn(Currency currency, CultureInfo culture)
    {
        var point = culture.NumberFormat.NumberDecimalSeparator;
        var text = (Sign < 0 ? Zero - this : this).Written(culture);
        var cut = text.IndexOf(point, StringComparison.Ordinal);
        var (whole, fraction) = cut < 0 ? (text, "") : (text[..cut], text[(cut + point.Length)..]);
        var tail = fraction.Length > currency.Digits ? fraction[currency.Digits..] : "";
        var sign = (Sign < 0 ? "−" : "") + currency.Sign;

        // Without a minor unit there is no point before the tail yet.
        return currency.Digits == 0
            ? (sign + whole, tail.Length > 0 ? point + tail : "")
            : (sign + whole + point + fraction[..(fraction.Length - tail.Length)].PadRight(currency.Digits, '0'), tail);
    }

#pragma warning disable CS1591 // arithmetic says what it does; all of it throws on overflow
    [SuppressMessage("Usage", "CA2225", Justification = "An amount is added, not called.")]
    public static ExactAmount operator +(ExactAmount a, ExactAmount b) => new(checked(a._parts + b._parts));
    [SuppressMessage("Usage", "CA2225", Justification = "An amount is subtracted, not called.")]
    public static ExactAmount operator -(ExactAmount a, ExactAmount b) => new(checked(a._parts - b._parts));
    public static bool operator <(ExactAmount a, ExactAmount b) => a._parts < b._parts;
    public static bool operator >(ExactAmount a, ExactAmount b) => a._parts > b._parts;
    public static bool operator <=(ExactAmount a, ExactAmount b) => a._parts <= b._parts;
    public static bool operator >=(ExactAmount a, ExactAmount b) => a._parts >= b._parts;
#pragma warning restore CS1591

    private static Int128 Pow10(int exponent)
    {
        Int128 power = 1;
        for (var i = 0; i < exponent; i++)
        {
            power = checked(power * 10);
        }

        return power;
    }
}

/// <summary>Why a text is not an exact amount.</summary>
public enum ExactAmountError
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>It is not an invariant decimal.</summary>
    NotANumber,

    /// <summary>It has a non-zero digit beyond the decimals kept.</summary>
    TooFine,

    /// <summary>It is beyond what can be summed.</summary>
    TooLarge,
}
