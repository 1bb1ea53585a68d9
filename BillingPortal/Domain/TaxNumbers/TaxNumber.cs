using System.Globalization;
using System.Text;

namespace BillingPortal.Domain.TaxNumbers;

/// <summary>A tax number as it was read: normalised, of which type, and what is wrong with it.</summary>
/// <param name="Number">Without spaces, dots, hyphens and strokes, in capitals: as it is stored and searched.</param>
/// <param name="Type">Its type; null where nobody said and its prefix does not tell.</param>
/// <param name="Fault">What is wrong with it.</param>
public readonly record struct TaxNumber(string Number, TaxIdType? Type, TaxNumberFault Fault)
{
    private static readonly TaxIdType[] TellingPrefixes = [.. new[] { "gb_vat", "ch_vat", "ch_uid", "eu_oss_vat", "mk_vat", "om_vat" }.Select(code => TaxIdType.Find(code)!)];

    /// <summary>As it is stored: signs between the digits gone, letters capital, wide figures narrow. Empty where nothing is left.</summary>
    public static string Normalise(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var sign in text.Normalize(NormalizationForm.FormKC))
        {
            if (!char.IsWhiteSpace(sign) && sign is not ('.' or '-' or '/' or '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014') && CharUnicodeInfo.GetUnicodeCategory(sign) != UnicodeCategory.Format)
            {
                kept.Append(char.ToUpperInvariant(sign));
            }
        }

        return kept.ToString();
    }

    /// <summary>
    /// Reads <paramref name="text"/> as <paramref name="type"/>; where that is null, as what its prefix says. For the union's VAT the prefix GR is read as
    /// Greece's own EL, and for GB and Switzerland a prefix left out is put before it.
    /// </summary>
    public static TaxNumber Read(string text, TaxIdType? type)
    {
        var number = Normalise(text);
        if (type is null)
        {
            number = Greek(number);
            return TypeOf(number) is { } told ? new(number, told, told.Holds(number) ? TaxNumberFault.None : TaxNumberFault.CheckDigits) : new(number, null, TaxNumberFault.UnknownForm);
        }

        number = type.Code switch
        {
            "eu_vat" => Greek(number),
            "gb_vat" when char.IsAsciiDigit(number.FirstOrDefault()) => "GB" + number,
            "ch_vat" or "ch_uid" when char.IsAsciiDigit(number.FirstOrDefault()) => "CHE" + number,
            _ => number,
        };
        return new(number, type, !type.HasForm(number) ? TaxNumberFault.WrongForm : type.Holds(number) ? TaxNumberFault.None : TaxNumberFault.CheckDigits);
    }

    /// <summary>What is wrong, for a person; null where nothing is, or where nobody said what it should be.</summary>
    public string? Reason => Fault switch
    {
        TaxNumberFault.WrongForm => $"is not the form of “{Type!.Name}”: write {Type.FormOf(Number)}.",
        TaxNumberFault.CheckDigits => $"has the form of “{Type!.Name}”, but its check digits do not hold: a digit is mistyped, or two are swapped.",
        _ => null,
    };

    private static string Greek(string number) => number.StartsWith("GR", StringComparison.Ordinal) ? "EL" + number[2..] : number;

    private static TaxIdType? TypeOf(string number) => TaxIdType.EuVat.HasForm(number) ? TaxIdType.EuVat : Array.Find(TellingPrefixes, type => type.HasForm(number));
}

/// <summary>What is wrong with a tax number.</summary>
public enum TaxNumberFault
{
    /// <summary>Nothing that can be seen from the number alone.</summary>
    None,

    /// <summary>It has no type, and no type's prefix.</summary>
    UnknownForm,

    /// <summary>It has not the form of its type.</summary>
    WrongForm,

    /// <summary>Its check digits do not hold.</summary>
    CheckDigits,
}
