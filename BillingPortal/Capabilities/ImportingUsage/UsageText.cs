using System.Text;

namespace BillingPortal.Capabilities.ImportingUsage;

/// <summary>
/// The characters of an uploaded file, decoded as strict UTF-8 and given out only as long as records stay short. A CSV parser must
/// buffer a whole record, so without this bound a gigabyte without a line break, or behind one lost quote, would be held in memory.
/// </summary>
public sealed class UsageText(Stream stream, CancellationToken cancel) : TextReader
{
    /// <summary>Longest record, in characters.</summary>
    public const int MaxRecord = 1_048_576;

    private readonly byte[] _bytes = new byte[32 * 1024];
    private readonly char[] _chars = new char[32 * 1024];
    private readonly Decoder _decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
    private int _at;
    private int _end;
    private bool _ended;
    private long _sinceRecord;

    /// <summary>Bytes of the file read so far, for progress.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Says that a record was completed, so that the next may be as long again.</summary>
    public void RecordCompleted() => _sinceRecord = 0;

    /// <inheritdoc />
    /// <exception cref="UnreadableFileException">The file is not UTF-8 text, or a record is too long.</exception>
    public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
    {
        while (_at == _end && !_ended)
        {
            Decode(await stream.ReadAsync(_bytes, cancel));
        }

        var count = Math.Min(buffer.Length, _end - _at);
        _chars.AsSpan(_at, count).CopyTo(buffer.Span);
        _at += count;
        _sinceRecord += count;
        return _sinceRecord <= MaxRecord + buffer.Length
            ? count
            : throw new UnreadableFileException(
                $"one record is longer than {MaxRecord:N0} characters; this is not a usage file, or a closing quote is missing.");
    }

    /// <inheritdoc />
    public override Task<int> ReadAsync(char[] buffer, int index, int count) => ReadAsync(buffer.AsMemory(index, count), cancel).AsTask();

    /// <inheritdoc />
    public override int Read(char[] buffer, int index, int count) =>
        throw new NotSupportedException("A browser's upload can only be read asynchronously.");

    private void Decode(int count)
    {
        var bytes = _bytes.AsSpan(0, count);
        if (BytesRead == 0)
        {
            RefuseOtherFormats(bytes);
            bytes = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[3..] : bytes;
        }

        BytesRead += count;
        _ended = count == 0;
        try
        {
            (_at, _end) = (0, _decoder.GetChars(bytes, _chars, flush: _ended));
        }
        catch (DecoderFallbackException)
        {
            throw new UnreadableFileException("this is not UTF-8 text; save the file as CSV in UTF-8.");
        }

        if (_chars.AsSpan(0, _end).Contains('\0'))
        {
            throw new UnreadableFileException("this is a binary file, not CSV text.");
        }
    }

    private static void RefuseOtherFormats(ReadOnlySpan<byte> start)
    {
        var format =
            start.StartsWith("PK\u0003\u0004"u8) ? "a ZIP archive or a spreadsheet; unpack it, or save the sheet as CSV in UTF-8"
            : start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? "compressed with gzip; unpack it first"
            : start.StartsWith("PAR1"u8) ? "a Parquet file; export the usage as CSV"
            : start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? "UTF-16 text; save the file as CSV in UTF-8"
            : start.StartsWith("%PDF"u8) ? "a PDF; export the usage as CSV"
            : null;
        if (format is not null)
        {
            throw new UnreadableFileException($"this is {format}.");
        }
    }
}

/// <summary>A file cannot be read on from here; the message says why, to a person.</summary>
public sealed class UnreadableFileException(string reason) : Exception(reason);
