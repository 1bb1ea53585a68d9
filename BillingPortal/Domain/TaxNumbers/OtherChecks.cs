using static BillingPortal.Domain.TaxNumbers.CheckDigits;

namespace BillingPortal.Domain.TaxNumbers;

/// <summary>Check digits outside of the union's VAT, as each country publishes them. Each takes a number in its type's form.</summary>
internal static class OtherChecks
{
    /// <summary>What follows GB or XI: a trader with or without its branch, a government department, a health authority.</summary>
    public const string BritishPattern = "[0-9]{9}([0-9]{3})?|GD[0-4][0-9]{2}|HA[5-9][0-9]{2}";

    private const string Base36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string ChineseAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /// <summary>The remainder by 97 is zero, or 42 or 55 in the numbers from 100 on. Departments and authorities have no check digits.</summary>
    public static bool Britain(string number) => !char.IsAsciiDigit(number[0])
        || (Sum(number, 8, 7, 6, 5, 4, 3, 2, 10, 1) % 97) switch { 0 => true, 42 or 55 => number[0] != '0', _ => false };

    /// <summary>Argentina's CUIT.</summary>
    public static bool Argentina(string number) => (11 - (Sum(number, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11)) switch { 11 => 0, 10 => 9, var check => check } == Digit(number, 10);

    /// <summary>Australia's ABN: the first digit counts one less, and the sum is a multiple of 89.</summary>
    public static bool AustralianBusiness(string number) => (Sum(number, 10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19) - 10) % 89 == 0;

    /// <summary>Brazil's CPF.</summary>
    public static bool BrazilianPerson(string number) => number.Distinct().Skip(1).Any()
        && Tenth(Sum(number, 10, 9, 8, 7, 6, 5, 4, 3, 2)) == Digit(number, 9) && Tenth(Sum(number, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2)) == Digit(number, 10);

    /// <summary>Brazil's CNPJ.</summary>
    public static bool BrazilianCompany(string number) => Tenth(Sum(number, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) == Digit(number, 12)
        && Tenth(Sum(number, 6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) == Digit(number, 13);

    /// <summary>Canada's business number, which also begins its GST/HST number.</summary>
    public static bool Canada(string number) => Luhn(number[..9]);

    /// <summary>Switzerland's UID, with or without what follows it.</summary>
    public static bool Switzerland(string number) => (11 - (Sum(number[3..], 5, 4, 3, 2, 7, 6, 5, 4) % 11)) % 11 == Digit(number, 11);

    /// <summary>Chile's RUT: the check is 0 to 9 or K.</summary>
    public static bool Chile(string number)
    {
        var sum = 0;
        for (var at = number.Length - 2; at >= 0; at--)
        {
            sum += Digit(number, at) * (2 + ((number.Length - 2 - at) % 6));
        }

        return "0K987654321"[sum % 11] == number[^1];
    }

    /// <summary>China's unified social credit code (GB 32100).</summary>
    public static bool China(string number)
    {
        var (sum, weight) = (0, 1);
        for (var at = 0; at < 17; at++)
        {
            sum += ChineseAlphabet.IndexOf(number[at], StringComparison.Ordinal) * weight;
            weight = weight * 3 % 31;
        }

        return (31 - (sum % 31)) % 31 == ChineseAlphabet.IndexOf(number[17], StringComparison.Ordinal);
    }

    /// <summary>Colombia's NIT.</summary>
    public static bool Colombia(string number) => Sum(number, 41, 37, 29, 23, 19, 17, 13, 7, 3) % 11 is var rest && (rest > 1 ? 11 - rest : rest) == Digit(number, 9);

    /// <summary>India's GSTIN: Luhn over 36 characters.</summary>
    public static bool India(string number) => LuhnOver(Base36, number);

    /// <summary>Japan's corporate number: the check digit comes first.</summary>
    public static bool Japan(string number) => 9 - (Sum(number[1..], 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1) % 9) == Digit(number, 0);

    /// <summary>South Korea's business number.</summary>
    public static bool Korea(string number) => (10 - ((Sum(number, 1, 3, 7, 1, 3, 7, 1, 3, 5) + (Digit(number, 8) * 5 / 10)) % 10)) % 10 == Digit(number, 9);

    /// <summary>Norway's organization number, with or without MVA.</summary>
    public static bool Norway(string number) => (11 - (Sum(number, 3, 2, 7, 6, 5, 4, 3, 2) % 11)) % 11 == Digit(number, 8);

    /// <summary>New Zealand's IRD number: by other weights where the first give ten.</summary>
    public static bool NewZealand(string number)
    {
        var full = number.PadLeft(9, '0');
        var rest = Sum(full, 3, 2, 7, 6, 5, 4, 3, 2) % 11;
        rest = rest == 1 ? Sum(full, 7, 4, 3, 2, 5, 2, 7, 6) % 11 : rest;
        return Value(full, 0, 9) is > 10_000_000 and < 150_000_000 && (11 - rest) % 11 == Digit(full, 8);
    }

    /// <summary>Peru's RUC.</summary>
    public static bool Peru(string number) => (11 - (Sum(number, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11)) % 10 == Digit(number, 10);

    /// <summary>Poland's NIP.</summary>
    public static bool PolishNip(string number) => Sum(number, 6, 5, 7, 2, 3, 4, 5, 6, 7) % 11 == Digit(number, 9);

    /// <summary>Russia's INN: ten digits for companies, twelve for people.</summary>
    public static bool Russia(string number) => number.Length == 10
        ? Sum(number, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10 == Digit(number, 9)
        : Sum(number, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10 == Digit(number, 10) && Sum(number, 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10 == Digit(number, 11);

    /// <summary>Slovenia's tax number: ten counts as zero, and eleven is no number.</summary>
    public static bool Slovenia(string number) => (11 - (Sum(number, 8, 7, 6, 5, 4, 3, 2) % 11)) is var check && (check == 10 ? 0 : check) == Digit(number, 7);

    /// <summary>Thailand's tax number.</summary>
    public static bool Thailand(string number) => (11 - (Sum(number, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11)) % 10 == Digit(number, 12);

    /// <summary>Turkey's VKN.</summary>
    public static bool Turkey(string number)
    {
        var sum = 0;
        for (var place = 1; place <= 9; place++)
        {
            var digit = (Digit(number, 9 - place) + place) % 10;
            sum += (digit, (digit << place) % 9) switch { (0, _) => 0, (_, 0) => 9, (_, var rest) => rest };
        }

        return (10 - (sum % 10)) % 10 == Digit(number, 9);
    }

    /// <summary>Taiwan's unified business number: a multiple of five; a seven in seventh place may count one more.</summary>
    public static bool Taiwan(string number)
    {
        ReadOnlySpan<int> weights = [1, 2, 1, 2, 1, 2, 4, 1];
        var sum = 0;
        for (var at = 0; at < 8; at++)
        {
            var product = Digit(number, at) * weights[at];
            sum += (product / 10) + (product % 10);
        }

        return sum % 5 == 0 || (number[6] == '7' && (sum + 1) % 5 == 0);
    }

    /// <summary>Uruguay's RUC.</summary>
    public static bool Uruguay(string number) => (11 - (Sum(number, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2) % 11)) % 11 == Digit(number, 11);

    /// <summary>Venezuela's RIF: the letter counts four for each place in V, E, J, P, G.</summary>
    public static bool Venezuela(string number) =>
        "00987654321"[((4 * ("VEJPG".IndexOf(number[0], StringComparison.Ordinal) + 1)) + Sum(number[1..], 3, 2, 7, 6, 5, 4, 3, 2)) % 11] == number[9];

    private static int Tenth(int sum) => sum * 10 % 11 % 10;
}
