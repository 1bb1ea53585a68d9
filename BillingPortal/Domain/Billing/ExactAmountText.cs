namespace BillingPortal.Domain.Billing;

/// <summary>
/// A decimal as it is written, taken apart without floating point: <see cref="Digits"/> × 10^<see cref="Exponent"/>, trailing zeros moved
/// into the exponent so that 0.50 and 0.5 are the same.
/// </summary>
internal readonly record struct ExactAmountText(Int128 Digits, int Exponent, bool TooManyDigits)
{
    /// <summary>Significant digits that surely fit; more than these cannot be an amount that can be kept.</summary>
    private const int MaxDigits = 38;

    /// <summary>True where <paramref name="text"/> is sign, digits with an optional point, and an optional exponent, and nothing else.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out ExactAmountText read)
    {
        read = default;
        if (text.Length is 0 or > ExactAmount.MaxLength)
        {
            return false;
        }

        var negative = text[0] == '-';
        var at = text[0] is '-' or '+' ? 1 : 0;
        var mantissa = text[at..];
        var e = mantissa.IndexOfAny('e', 'E');
        var exponent = 0;
        if (e >= 0)
        {
            if (!TryReadExponent(mantissa[(e + 1)..], out exponent))
            {
                return false;
            }

            mantissa = mantissa[..e];
        }

        if (!TryReadMantissa(mantissa, out read))
        {
            return false;
        }

        read = read with { Digits = negative ? -read.Digits : read.Digits, Exponent = read.Exponent + exponent };
        return true;
    }

    private static bool TryReadMantissa(ReadOnlySpan<char> text, out ExactAmountText read)
    {
        Int128 digits = 0;
        int significant = 0, zeros = 0, decimals = 0;
        bool point = false, any = false;
        foreach (var c in text)
        {
            if (c == '.' && !point)
            {
                point = true;
                continue;
            }

            if (!char.IsAsciiDigit(c))
            {
                read = default;
                return false;
            }

            any = true;
            decimals += point ? 1 : 0;

            // Zeros wait until a digit follows them, so that trailing ones never count against the digits that fit.
            if (c == '0')
            {
                zeros += significant > 0 ? 1 : 0;
                continue;
            }

            significant += zeros + 1;
            if (significant <= MaxDigits)
            {
                for (; zeros > 0; zeros--)
                {
                    digits *= 10;
                }

                digits = (digits * 10) + (c - '0');
            }

            zeros = 0;
        }

        read = new(digits, digits == 0 ? 0 : zeros - decimals, significant > MaxDigits);
        return any;
    }

    private static bool TryReadExponent(ReadOnlySpan<char> text, out int exponent)
    {
        exponent = 0;
        var negative = text.Length > 0 && text[0] == '-';
        var digits = text.Length > 0 && text[0] is '-' or '+' ? text[1..] : text;
        if (digits.Length is 0 or > 6)
        {
            return false;
        }

        foreach (var c in digits)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            exponent = (exponent * 10) + (c - '0');
        }

        exponent = negative ? -exponent : exponent;
        return true;
    }
}
