using System.Text;

namespace BillingPortal.Tests.Capabilities.ImportingUsage;

/// <summary>A header and then the same text over and over: a gigabyte, or as long as said, made as it is read.</summary>
internal sealed class EndlessFile(string text, string header = "") : Stream
{
    private readonly byte[] _block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(text, Math.Max(1, 4_000 / text.Length))));
    private readonly byte[] _header = Encoding.UTF8.GetBytes(header);

    public long Given { get; private set; }

    public override long Length => Size;

    public long Size { get; init; } = 1L << 30;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Position { get => Given; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var limit = Math.Min(count, Length - Given);
        var source = Given < _header.Length ? _header.AsSpan((int)Given) : _block.AsSpan((int)((Given - _header.Length) % _block.Length));
        var given = (int)Math.Min(limit, source.Length);
        source[..given].CopyTo(buffer.AsSpan(offset));
        Given += given;
        return given;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
