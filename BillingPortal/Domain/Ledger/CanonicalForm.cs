using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace BillingPortal.Domain.Ledger;

/// <summary>
/// Writes values as bytes so that two different sequences of values never give the same bytes: every value carries its type and
/// length. Hashes and digests are taken over it. Changing it breaks every stored chain.
/// </summary>
public sealed class CanonicalForm
{
    private readonly ArrayBufferWriter<byte> _bytes = new(512);

    /// <summary>Adds a whole number.</summary>
    public CanonicalForm Add(long value)
    {
        Span<byte> eight = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(eight, value);
        _bytes.Write("n"u8);
        _bytes.Write(eight);
        return this;
    }

    /// <summary>Adds a whole number or its absence.</summary>
    public CanonicalForm Add(long? value)
    {
        if (value is { } present)
        {
            return Add(present);
        }

        _bytes.Write("0"u8);
        return this;
    }

    /// <summary>Adds text, as UTF-8 after its length.</summary>
    public CanonicalForm Add(string value)
    {
        var utf8 = Encoding.UTF8.GetBytes(value);
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(four, utf8.Length);
        _bytes.Write("s"u8);
        _bytes.Write(four);
        _bytes.Write(utf8);
        return this;
    }

    /// <summary>Adds a hash.</summary>
    public CanonicalForm Add(Hash256 value)
    {
        _bytes.Write("h"u8);
        _bytes.Write(value.ToBytes());
        return this;
    }

    /// <summary>SHA-256 of text, for what may be erased later while the chain stays whole.</summary>
    public static Hash256 Seal(string text) => Hash256.Over(Encoding.UTF8.GetBytes(text));

    /// <summary>SHA-256 over everything added.</summary>
    public Hash256 Hash() => Hash256.Over(_bytes.WrittenSpan);
}
