using System.Globalization;
using System.Text;

namespace BillingPortal.Domain.Organizations;

/// <summary>
/// The short name by which an organization stands in addresses: small ASCII letters, digits and single hyphens, at most
/// <see cref="MaxLength"/> characters, never empty.
/// </summary>
public static class Slug
{
    /// <summary>Longest slug, suffix included.</summary>
    public const int MaxLength = 60;

    /// <summary>
    /// The slug of <paramref name="name"/>, or of <paramref name="fallback"/> where the name has no letter or digit that a slug can hold.
    /// </summary>
    public static string From(string name, string fallback)
    {
        var slug = Reduce(name);
        slug = slug.Length > 0 ? slug : Reduce(fallback);
        return slug.Length > 0 ? slug : "organization";
    }

    /// <summary><paramref name="wanted"/> itself, or with the first suffix -2, -3, … that is not <paramref name="taken"/>.</summary>
    public static string Free(string wanted, Func<string, bool> taken)
    {
        var slug = wanted;
        for (var n = 2; taken(slug); n++)
        {
            var suffix = "-" + n.ToString(CultureInfo.InvariantCulture);
            slug = wanted[..Math.Min(wanted.Length, MaxLength - suffix.Length)].TrimEnd('-') + suffix;
        }

        return slug;
    }

    private static string Reduce(string text)
    {
        var slug = new StringBuilder();
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (slug.Length == MaxLength)
            {
                break;
            }

            if (char.IsAsciiLetterOrDigit(c))
            {
                slug.Append(char.ToLowerInvariant(c));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        return slug.ToString().TrimEnd('-');
    }
}
