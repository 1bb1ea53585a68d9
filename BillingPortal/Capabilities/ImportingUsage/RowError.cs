using System.Globalization;

namespace BillingPortal.Capabilities.ImportingUsage;

/// <summary>Why a file, or one of its rows, cannot be imported.</summary>
/// <param name="Row">The row as a spreadsheet numbers it, the header being 1; null where it concerns the file.</param>
/// <param name="Column">The column, if it is about one.</param>
/// <param name="Value">The beginning of what stands there.</param>
/// <param name="Reason">The reason, in words for a person.</param>
public sealed record RowError(long? Row, string? Column, string? Value, string Reason)
{
    private const int ExcerptLength = 60;

    /// <summary>The beginning of <paramref name="value"/>, with what cannot be shown replaced, as a report quotes it.</summary>
    public static string Excerpt(string value)
    {
        var start = value.Length <= ExcerptLength ? value : value[..(char.IsHighSurrogate(value[ExcerptLength - 1]) ? ExcerptLength - 1 : ExcerptLength)] + "…";
        return string.Concat(start.Select(c => char.IsControl(c) ? '·' : c));
    }

    /// <summary>One line for a terminal: row, column, value, reason.</summary>
    public override string ToString()
    {
        var where = Row is { } row ? string.Create(CultureInfo.InvariantCulture, $"row {row}") : "file";
        return where + (Column is null ? "" : $", {Column}") + (Value is null ? "" : $" '{Value}'") + $": {Reason}";
    }
}

/// <summary>
/// What was found wrong with a file, in the order found, up to a bound: whoever mends the first thousand mends the cause of the others,
/// and a gigabyte of junk is left after a thousand rows.
/// </summary>
public sealed class RowErrors
{
    /// <summary>Errors kept; reading ends with the last of them.</summary>
    public const int Bound = 1_000;

    private readonly List<RowError> _found = [];

    /// <summary>The errors found.</summary>
    public IReadOnlyList<RowError> Found => _found;

    /// <summary>True where nothing is wrong.</summary>
    public bool None => _found.Count == 0;

    /// <summary>True where reading ended early, so that there may be more.</summary>
    public bool MayBeMore { get; private set; }

    /// <summary>Adds an error of one row.</summary>
    public void Add(RowError error)
    {
        if (_found.Count < Bound)
        {
            _found.Add(error);
        }

        MayBeMore = MayBeMore || _found.Count >= Bound;
    }

    /// <summary>Adds an error after which the rest of the file cannot be read.</summary>
    public void Stop(RowError error)
    {
        Add(error);
        MayBeMore = true;
    }
}
