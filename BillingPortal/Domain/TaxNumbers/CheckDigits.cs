using System.Globalization;

namespace BillingPortal.Domain.TaxNumbers;

/// <summary>The few ways in which almost every country reckons its check digits. All take ASCII digits and never throw on them.</summary>
internal static class CheckDigits
{
    /// <summary>The digit at <paramref name="at"/>.</summary>
    public static int Digit(string number, int at) => number[at] - '0';

    /// <summary>The digits from <paramref name="from"/>, <paramref name="count"/> of them, as a number; at most 18.</summary>
    public static long Value(string number, int from, int count) => long.Parse(number.AsSpan(from, count), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>Each digit times its weight, from the left, summed; digits beyond the weights do not count.</summary>
    public static int Sum(string digits, params ReadOnlySpan<int> weights)
    {
        var sum = 0;
        for (var at = 0; at < weights.Length; at++)
        {
            sum += Digit(digits, at) * weights[at];
        }

        return sum;
    }

    /// <summary>True where the last digit makes every second digit, doubled and added crosswise, a multiple of ten (Luhn).</summary>
    public static bool Luhn(string digits)
    {
        var sum = 0;
        for (var at = 0; at < digits.Length; at++)
        {
            var digit = Digit(digits, digits.Length - 1 - at) * (at % 2 == 0 ? 1 : 2);
            sum += (digit / 10) + (digit % 10);
        }

        return sum % 10 == 0;
    }

    /// <summary>ISO/IEC 7064, MOD 11,10: Germany, Croatia, Serbia.</summary>
    public static bool Iso7064(string digits)
    {
        var product = 10;
        for (var at = 0; at < digits.Length - 1; at++)
        {
            var sum = (Digit(digits, at) + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }

        return (product + Digit(digits, digits.Length - 1)) % 10 == 1;
    }

    /// <summary>Luhn over an alphabet of even length, as India's over 36 characters.</summary>
    public static bool LuhnOver(string alphabet, string text)
    {
        var sum = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var value = alphabet.IndexOf(text[text.Length - 1 - at], StringComparison.Ordinal) * (at % 2 == 0 ? 1 : 2);
            sum += (value / alphabet.Length) + (value % alphabet.Length);
        }

        return sum % alphabet.Length == 0;
    }

    /// <summary>The remainder of a decimal text of any length.</summary>
    public static int Remainder(string digits, int divisor)
    {
        var rest = 0;
        foreach (var digit in digits)
        {
            rest = ((rest * 10) + (digit - '0')) % divisor;
        }

        return rest;
    }
}
