using static BillingPortal.Domain.TaxNumbers.CheckDigits;

namespace BillingPortal.Domain.TaxNumbers;

/// <summary>
/// Check digits of the member states that reckon them in a way of their own, as their tax authorities publish it. Each takes the number without
/// its prefix, in the state's form.
/// </summary>
internal static class EuChecks
{
    private const string DniLetters = "TRWAGMYFPDXBNJZSQVHLCKE";
    private const string FrenchKey = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    /// <summary>Luhn, four further on.</summary>
    public static bool Austria(string number)
    {
        var sum = 4;
        for (var at = 1; at <= 7; at++)
        {
            var digit = Digit(number, at) * (at % 2 == 1 ? 1 : 2);
            sum += (digit / 10) + (digit % 10);
        }

        return (10 - (sum % 10)) % 10 == Digit(number, 8);
    }

    /// <summary>The last two digits make up to 97 what the first eight leave.</summary>
    public static bool Belgium(string number) => 97 - (Value(number, 0, 8) % 97) == Value(number, 8, 2);

    /// <summary>Nine digits for companies; ten for people, foreigners and others, each by a rule of its own.</summary>
    public static bool Bulgaria(string number)
    {
        if (number.Length == 9)
        {
            return BulgarianCompany(number);
        }

        var check = Digit(number, 9);
        return Sum(number, 2, 4, 8, 5, 10, 9, 7, 3, 6) % 11 % 10 == check
            || Sum(number, 21, 19, 17, 13, 11, 9, 7, 3, 1) % 10 == check
            || (11 - (Sum(number, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11)) % 11 == check;
    }

    /// <summary>The nine digits of a Bulgarian company.</summary>
    public static bool BulgarianCompany(string number)
    {
        var rest = Sum(number, 1, 2, 3, 4, 5, 6, 7, 8) % 11;
        return (rest == 10 ? Sum(number, 3, 4, 5, 6, 7, 8, 9, 10) % 11 % 10 : rest) == Digit(number, 8);
    }

    /// <summary>The digits at odd places are translated; the letter is the sum's remainder by 26. No number begins with 12.</summary>
    public static bool Cyprus(string number)
    {
        ReadOnlySpan<int> odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
        var sum = 0;
        for (var at = 0; at < 8; at++)
        {
            sum += at % 2 == 0 ? odd[Digit(number, at)] : Digit(number, at);
        }

        return !number.StartsWith("12", StringComparison.Ordinal) && number[8] - 'A' == sum % 26;
    }

    /// <summary>Eight digits for companies, nine from 6 for special cases, else a birth number, which before 1954 had no check digit.</summary>
    public static bool Czechia(string number) => number.Length switch
    {
        8 => number[0] != '9' && ((11 - (Sum(number, 8, 7, 6, 5, 4, 3, 2) % 11)) % 11 is var check) && (check == 0 ? 1 : check % 10) == Digit(number, 7),
        9 => number[0] != '6' || (8 - ((10 - (Sum(number[1..], 8, 7, 6, 5, 4, 3, 2) % 11)) % 11)) % 10 == Digit(number, 8),
        _ => Remainder(number[..9], 11) % 10 == Digit(number, 9),
    };

    /// <summary>A company's number, or a person's (DNI, NIE).</summary>
    public static bool Spain(string number) => number[0] switch
    {
        >= '0' and <= '9' => IsDni(number[..8], number[8]),
        'X' or 'Y' or 'Z' => IsDni("XYZ".IndexOf(number[0], StringComparison.Ordinal) + number[1..8], number[8]),
        'K' or 'L' or 'M' => IsDni(number[1..8], number[8]),
        _ => SpanishCompany(number),
    };

    /// <summary>Luhn; the check is a digit or the letter that stands for it.</summary>
    public static bool SpanishCompany(string number)
    {
        for (var check = 0; check < 10; check++)
        {
            if (Luhn(number[1..8] + (char)('0' + check)))
            {
                return number[8] == '0' + check || number[8] == "JABCDEFGHI"[check];
            }
        }

        return false;
    }

    /// <summary>
    /// The SIREN by Luhn, and before it a key: two digits reckoned from the SIREN, or with letters. Monaco's begin with 000 and are no SIREN.
    /// </summary>
    public static bool France(string number)
    {
        var siren = number[2..];
        if (!siren.StartsWith("000", StringComparison.Ordinal) && !Luhn(siren))
        {
            return false;
        }

        if (char.IsAsciiDigit(number[0]) && char.IsAsciiDigit(number[1]))
        {
            return Value(number, 0, 2) == ((Value(siren, 0, 9) * 100) + 12) % 97;
        }

        var (first, second) = (FrenchKey.IndexOf(number[0], StringComparison.Ordinal), FrenchKey.IndexOf(number[1], StringComparison.Ordinal));
        var key = char.IsAsciiDigit(number[0]) ? (first * 24) + second - 10 : (first * 34) + second - 100;
        return (Value(siren, 0, 9) + 1 + (key / 11)) % 11 == key % 11;
    }

    /// <summary>A letter from the seven digits and, where there is one, the second letter. Old numbers have a letter or a sign in second place.</summary>
    public static bool Ireland(string number)
    {
        const string letters = "WABCDEFGHIJKLMNOPQRSTUV";
        var digits = char.IsAsciiDigit(number[1]) ? number[..7] : "0" + number[2..7] + number[0];
        var second = number.Length == 9 && number[8] != 'W' ? number[8] - 'A' + 1 : 0;
        return letters[(Sum(digits, 8, 7, 6, 5, 4, 3, 2) + (9 * second)) % 23] == number[7];
    }

    /// <summary>Weights one to nine, again from three where the remainder is ten.</summary>
    public static bool Lithuania(string number)
    {
        var (first, again) = (0, 0);
        for (var at = 0; at < number.Length - 1; at++)
        {
            first += Digit(number, at) * (1 + (at % 9));
            again += Digit(number, at) * (1 + ((at + 2) % 9));
        }

        return (first % 11 == 10 ? again % 11 % 10 : first % 11) == Digit(number, number.Length - 1);
    }

    /// <summary>Companies begin with 4 or more; people's are their personal codes, those since 2017 without a check digit.</summary>
    public static bool Latvia(string number) => number[0] > '3'
        ? Sum(number, 9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1) % 11 == 3
        : number.StartsWith("32", StringComparison.Ordinal) || (1 + Sum(number, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9)) % 11 % 10 == Digit(number, 10);

    /// <summary>The eleven test of companies, or since 2020 for people the 97 test over the whole number with letters as figures.</summary>
    public static bool Netherlands(string number) => Value(number, 10, 2) > 0
        && ((Sum(number, 9, 8, 7, 6, 5, 4, 3, 2) - Digit(number, 8)) % 11 == 0 || Remainder("2321" + number[..9] + "11" + number[10..], 97) == 1);

    /// <summary>Weights nine to two; ten and eleven count as zero.</summary>
    public static bool Portugal(string number) => (11 - (Sum(number, 9, 8, 7, 6, 5, 4, 3, 2) % 11)) is var check && (check > 9 ? 0 : check) == Digit(number, 8);

    /// <summary>Filled up on the left to ten digits.</summary>
    public static bool Romania(string number) => number.PadLeft(10, '0') is var full && Sum(full, 7, 5, 3, 2, 1, 7, 5, 3, 2) * 10 % 11 % 10 == Digit(full, 9);

    private static bool IsDni(string digits, char letter) => letter == DniLetters[(int)(Value(digits, 0, digits.Length) % 23)];
}
