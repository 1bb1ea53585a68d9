using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace BillingPortal.Domain.TaxNumbers;

/// <summary>
/// The VAT number of one member state of the European Union, and of Northern Ireland, as VIES publishes it. Greece writes EL, not GR.
/// </summary>
/// <param name="Prefix">What the number begins with.</param>
/// <param name="Country">The state, ISO 3166-1 alpha-2.</param>
/// <param name="Form">What follows, in words for a person.</param>
/// <param name="Pattern">What follows, as a regular expression.</param>
/// <param name="Check">True where the check digits of what follows hold.</param>
public sealed record EuVat(string Prefix, string Country, string Form, string Pattern, Predicate<string> Check)
{
    private static readonly FrozenDictionary<string, EuVat> ByPrefix;

    private readonly Lazy<Regex> _shape = new(() => new Regex($"^({Pattern})\\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant));

    static EuVat() => ByPrefix = All.ToFrozenDictionary(state => state.Prefix, StringComparer.Ordinal);

    /// <summary>Every one.</summary>
    public static ImmutableArray<EuVat> All { get; } =
    [
        new("AT", "AT", "U and 8 digits", "U[0-9]{8}", EuChecks.Austria),
        new("BE", "BE", "10 digits, the first 0 or 1", "[01][0-9]{9}", EuChecks.Belgium),
        new("BG", "BG", "9 or 10 digits", "[0-9]{9,10}", EuChecks.Bulgaria),
        new("CY", "CY", "8 digits and a letter", "[0-9]{8}[A-Z]", EuChecks.Cyprus),
        new("CZ", "CZ", "8 to 10 digits", "[0-9]{8,10}", EuChecks.Czechia),
        new("DE", "DE", "9 digits", "[1-9][0-9]{8}", CheckDigits.Iso7064),
        new("DK", "DK", "8 digits", "[1-9][0-9]{7}", number => CheckDigits.Sum(number, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0),
        new("EE", "EE", "9 digits", "[0-9]{9}", number => CheckDigits.Sum(number, 3, 7, 1, 3, 7, 1, 3, 7, 1) % 10 == 0),
        new("EL", "GR", "9 digits", "[0-9]{9}", number => CheckDigits.Sum(number, 256, 128, 64, 32, 16, 8, 4, 2) % 11 % 10 == CheckDigits.Digit(number, 8)),
        new("ES", "ES", "9 characters, the first or last a letter", "[0-9A-HJ-NP-SU-Z][0-9]{7}[0-9A-Z]", EuChecks.Spain),
        new("FI", "FI", "8 digits", "[0-9]{8}", number => CheckDigits.Sum(number, 7, 9, 10, 5, 8, 4, 2, 1) % 11 == 0),
        new("FR", "FR", "2 characters and 9 digits", "[0-9A-HJ-NP-Z]{2}[0-9]{9}", EuChecks.France),
        new("HR", "HR", "11 digits", "[0-9]{11}", CheckDigits.Iso7064),
        new("HU", "HU", "8 digits", "[1-9][0-9]{7}", number => CheckDigits.Sum(number, 9, 7, 3, 1, 9, 7, 3, 1) % 10 == 0),
        new("IE", "IE", "7 digits and 1 or 2 letters", "[0-9]{7}[A-W][A-IW]?|[0-9][A-Z+*][0-9]{5}[A-W]", EuChecks.Ireland),
        new("IT", "IT", "11 digits", "[0-9]{11}", number => CheckDigits.Value(number, 0, 7) > 0 && CheckDigits.Luhn(number)),
        new("LT", "LT", "9 or 12 digits", "[0-9]{7}1[0-9]|[0-9]{10}1[0-9]", EuChecks.Lithuania),
        new("LU", "LU", "8 digits", "[0-9]{8}", number => CheckDigits.Value(number, 0, 6) % 89 == CheckDigits.Value(number, 6, 2)),
        new("LV", "LV", "11 digits", "[0-9]{11}", EuChecks.Latvia),
        new("MT", "MT", "8 digits", "[1-9][0-9]{7}", number => CheckDigits.Sum(number, 3, 4, 6, 7, 8, 9, 10, 1) % 37 == 0),
        new("NL", "NL", "9 digits, B, and 2 digits", "[0-9]{9}B[0-9]{2}", EuChecks.Netherlands),
        new("PL", "PL", "10 digits", "[0-9]{10}", OtherChecks.PolishNip),
        new("PT", "PT", "9 digits", "[1-9][0-9]{8}", EuChecks.Portugal),
        new("RO", "RO", "2 to 10 digits", "[1-9][0-9]{1,9}", EuChecks.Romania),
        new("SE", "SE", "12 digits, the last two 01 to 94", "[0-9]{12}", number => CheckDigits.Value(number, 10, 2) is >= 1 and <= 94 && CheckDigits.Luhn(number[..10])),
        new("SI", "SI", "8 digits", "[1-9][0-9]{7}", OtherChecks.Slovenia),
        new("SK", "SK", "10 digits", "[1-9][0-9][2-47-9][0-9]{7}", number => CheckDigits.Remainder(number, 11) == 0),
        new("XI", "GB", "9 or 12 digits, or GD or HA and 3 digits", OtherChecks.BritishPattern, OtherChecks.Britain),
    ];

    /// <summary>The state whose prefix <paramref name="number"/> begins with; null where it is none.</summary>
    public static EuVat? Of(string number) => number.Length > 2 ? ByPrefix.GetValueOrDefault(number[..2]) : null;

    /// <summary>The state that writes its numbers for <paramref name="country"/>; null for countries outside of the union, and for Northern Ireland.</summary>
    public static EuVat? OfCountry(string country) => All.FirstOrDefault(state => state.Country == country && state.Prefix != "XI");

    /// <summary>True where what follows the prefix has the state's form.</summary>
    public bool HasForm(string number) => _shape.Value.IsMatch(number[2..]);

    /// <summary>True where the check digits hold too; the form must.</summary>
    public bool Holds(string number) => Check(number[2..]);
}
