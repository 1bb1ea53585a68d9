using System.Globalization;
using System.Text;

namespace BillingPortal.Domain.Organizations;

/// <summary>Names as they are searched, sorted and put into addresses: alike on both databases.</summary>
public static class NameSearch
{
    /// <summary>Small letters without marks: "Ünïcode GmbH" is found by "unicode gmbh".</summary>
    public static string Normalise(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var letter in name.Trim().Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
            {
                text.Append(char.ToLowerInvariant(letter));
            }
        }

        return text.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>
    /// The words after the first, by whose beginnings a name is found too; parted by spaces and hyphens. The first is the name's own beginning.
    /// </summary>
    public static IReadOnlyList<string> LaterWords(string name) =>
        [.. Normalise(name).Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries).Skip(1).Distinct(StringComparer.Ordinal)];

    /// <summary>A slug from a name: a–z, 0–9 and single hyphens, at most 60 characters; "org" where nothing is left.</summary>
    public static string Slug(string name)
    {
        var slug = new StringBuilder(60);
        foreach (var letter in Normalise(name))
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                slug.Append(letter);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }

            if (slug.Length == 60)
            {
                break;
            }
        }

        var text = slug.ToString().Trim('-');
        return text.Length == 0 ? "org" : text;
    }
}
