using System.Globalization;
using System.Runtime.CompilerServices;
using CsvHelper;
using CsvHelper.Configuration;

namespace BillingPortal.Capabilities.ImportingUsage;

/// <summary>
/// Reads a FOCUS 1.0 CSV row by row, holding one record at a time. Columns are found by name, in any order; others are ignored. What is
/// wrong goes to <see cref="Errors"/>; valid rows go on, so that one pass reports every row.
/// </summary>
/// <param name="stream">The file, UTF-8 with or without byte order mark. The caller disposes it.</param>
public sealed class FocusReader(Stream stream)
{
    private bool _badQuote;

    /// <summary>What is wrong with the file so far.</summary>
    public RowErrors Errors { get; } = new();

    /// <summary>Data rows read so far, wrong ones included.</summary>
    public long Rows { get; private set; }

    /// <summary>Bytes read so far, for progress.</summary>
    public long BytesRead { get; private set; }

    /// <summary>
    /// The file's valid rows in its order. Ends at the end of the file, at the first thing after which it cannot be read on, or when the bound
    /// of errors is reached.
    /// </summary>
    public async IAsyncEnumerable<FocusRow> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        using var text = new UsageText(stream, cancel);
        using var parser = new CsvParser(text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = ",",
            BufferSize = 16 * 1024,
            BadDataFound = _ => _badQuote = true,
        });

        if (!await AdvanceAsync(parser, text))
        {
            if (Errors.None)
            {
                Errors.Stop(new(null, null, null, "the file is empty."));
            }

            yield break;
        }

        if (FocusHeader.Read(Enumerable.Range(0, parser.Count).Select(i => parser[i]).ToArray(), Errors) is not { } header)
        {
            yield break;
        }

        var fields = new FocusFields(header, Errors);
        while (!Errors.MayBeMore && await AdvanceAsync(parser, text))
        {
            cancel.ThrowIfCancellationRequested();
            Rows++;
            if (Read(parser, header, fields) is { } row)
            {
                yield return row;
            }
        }

        if (Rows == 0 && Errors.None)
        {
            Errors.Stop(new(null, null, null, "the file has a header and no rows."));
        }
    }

    private FocusRow? Read(CsvParser parser, FocusHeader header, FocusFields fields)
    {
        var number = Rows + 1;
        if (parser.Count != header.Width)
        {
            Errors.Add(new(number, null, null, string.Create(
                CultureInfo.InvariantCulture, $"{parser.Count} columns where the header has {header.Width}; a quote or a comma is misplaced.")));
            return null;
        }

        _badQuote = false;
        var row = fields.Read(number, i => parser[i]);
        if (!_badQuote)
        {
            return row;
        }

        Errors.Add(new(number, null, RowError.Excerpt(parser.RawRecord), "a quote stands inside a value that is not quoted."));
        return null;
    }

    private async Task<bool> AdvanceAsync(CsvParser parser, UsageText text)
    {
        try
        {
            var any = await parser.ReadAsync();
            text.RecordCompleted();
            BytesRead = text.BytesRead;
            return any;
        }
        catch (UnreadableFileException unreadable)
        {
            var row = Rows == 0 ? (long?)null : Rows + 2;
            Errors.Stop(new(row, null, null, unreadable.Message));
            return false;
        }
    }
}
