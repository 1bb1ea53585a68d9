using System.Text.RegularExpressions;

namespace BillingPortal.Web.Csv;

/// <summary>
/// Text as a CSV cell that no spreadsheet runs: a cell beginning with = + - @, tab or line end gets an apostrophe before it. Plain
/// numbers stay numbers, signed ones too.
/// </summary>
public static partial class CsvCell
{
    /// <summary><paramref name="text"/>, harmless; null is empty. Not quoted.</summary>
    public static string Neutral(string? text) =>
        string.IsNullOrEmpty(text) || !IsTrigger(text[0]) || Number().IsMatch(text) ? text ?? "" : "'" + text;

    /// <summary><paramref name="text"/>, harmless and quoted where RFC 4180 asks for it.</summary>
    public static string Write(string? text)
    {
        var safe = Neutral(text);
        return safe.AsSpan().ContainsAny(",\"\r\n") ? "\"" + safe.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : safe;
    }

    /// <summary>One line of harmless cells, ended as RFC 4180 asks.</summary>
    public static string Line(params IEnumerable<string?> cells) => string.Join(',', cells.Select(Write)) + "\r\n";

    /// <summary>Full-width forms too: spreadsheets of East Asia take them for the plain ones.</summary>
    private static bool IsTrigger(char first) => first is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠';

    [GeneratedRegex(@"\A[+-]?[0-9]+(\.[0-9]+)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Number();
}
