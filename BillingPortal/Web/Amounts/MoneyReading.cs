using System.Globalization;
using System.Text.RegularExpressions;
using BillingPortal.Domain;

namespace BillingPortal.Web.Amounts;

/// <summary>
/// What an amount typed by a person means. 250,00 and 250.00 and 1.250,00 and $1,250.5 are all read; where text can be read in two
/// ways the person is asked, never guessed at.
/// </summary>
/// <param name="Money">The amount, where the text has one meaning.</param>
/// <param name="Problem">Why it has none, in words that say how to write it; null where it has.</param>
public sealed partial record MoneyReading(Money? Money, string? Problem)
{
    /// <summary>True where nothing was typed.</summary>
    public bool IsBlank => Money is null && Problem is null;

    /// <summary>Reads <paramref name="text"/> as an amount of <paramref name="currency"/>, as a person of <paramref name="culture"/> writes.</summary>
    public static MoneyReading Read(string? text, Currency currency, CultureInfo culture)
    {
        var plain = Strip(text ?? "", currency);
        if (plain.Length == 0)
        {
            return string.IsNullOrWhiteSpace(text) ? new(null, null) : Not(text);
        }

        if (!Shape().IsMatch(plain))
        {
            return Not(text!);
        }

        var normal = Normalise(plain, culture);
        return normal is null ? Ambiguous(text!, plain) : Convert(text!, normal, currency);
    }

    /// <summary>Signs and separators that mean nothing: the currency, spaces of every width, apostrophes between thousands.</summary>
    private static string Strip(string text, Currency currency)
    {
        var kept = text.Replace('−', '-').Replace(currency.Code, "", StringComparison.OrdinalIgnoreCase).Replace(currency.Sign.Trim(), "", StringComparison.OrdinalIgnoreCase);
        return string.Concat(kept.Where(c => !char.IsWhiteSpace(c) && c is not ('\'' or '’')));
    }

    private static string? Normalise(string plain, CultureInfo culture)
    {
        var commas = plain.Count(c => c == ',');
        var points = plain.Count(c => c == '.');
        if (commas > 0 && points > 0)
        {
            var last = plain.LastIndexOf(',') > plain.LastIndexOf('.') ? ',' : '.';
            var other = last == ',' ? '.' : ',';
            var head = plain[..plain.IndexOf(last, StringComparison.Ordinal)];
            return (last == ',' ? commas : points) == 1 && Grouped(head, other) ? plain.Replace(other.ToString(), "", StringComparison.Ordinal).Replace(last, '.') : null;
        }

        var mark = commas > 0 ? ',' : '.';
        return (commas + points) switch
        {
            0 => plain,
            1 => One(plain, mark, culture),
            _ => Grouped(plain, mark) ? plain.Replace(mark.ToString(), "", StringComparison.Ordinal) : null,
        };
    }

    /// <summary>One mark: decimals, unless exactly three digits follow; then the person's own culture says which it is.</summary>
    private static string? One(string plain, char mark, CultureInfo culture)
    {
        var whole = plain[..plain.IndexOf(mark, StringComparison.Ordinal)].TrimStart('-', '+');
        var decimals = plain.Length - plain.IndexOf(mark, StringComparison.Ordinal) - 1;
        if (decimals != 3 || whole is "" or "0" || culture.NumberFormat.NumberDecimalSeparator == mark.ToString())
        {
            return plain.Replace(mark, '.');
        }

        return culture.NumberFormat.NumberGroupSeparator == mark.ToString() && Grouped(plain, mark) ? plain.Replace(mark.ToString(), "", StringComparison.Ordinal) : null;
    }

    private static bool Grouped(string whole, char mark)
    {
        var groups = whole.TrimStart('-', '+').Split(mark);
        return groups[0].Length is >= 1 and <= 3 && groups[0][0] != '0' && groups.Skip(1).All(group => group.Length == 3);
    }

    private static MoneyReading Convert(string text, string normal, Currency currency)
    {
        if (!decimal.TryParse(normal, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var units) || Math.Abs(units) > 9_000_000_000_000m)
        {
            return new(null, $"“{Short(text)}” is more than the portal can hold.");
        }

        return units * Domain.Money.Unit % 1 != 0
            ? new(null, $"“{Short(text)}” has more than six decimals.")
            : new(Domain.Money.Of(units, currency), null);
    }

    private static MoneyReading Ambiguous(string text, string plain)
    {
        var digits = string.Concat(plain.Where(c => char.IsAsciiDigit(c) || c == '-'));
        var cut = plain.Length - 1 - plain.LastIndexOfAny([',', '.']);
        return new(null, $"“{Short(text)}” can be read in two ways. Write {digits}.00 or {digits[..^cut]}.{digits[^cut..].PadRight(2, '0')}.");
    }

    private static MoneyReading Not(string text) => new(null, $"“{Short(text)}” is not an amount. Write it like 1250.00.");

    private static string Short(string text) => text.Trim() is { Length: > 40 } longer ? longer[..40] + "…" : text.Trim();

    [GeneratedRegex(@"^[-+]?[0-9]*([.,][0-9]+)*$(?<=[0-9])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Shape();
}
