using System.Security.Cryptography;

namespace BillingPortal.Domain.Ledger;

/// <summary>A SHA-256 value. Equal byte for byte; the default is all zeros, which is where each chain begins.</summary>
public readonly record struct Hash256
{
    private readonly string? _hex;

    private Hash256(string hex) => _hex = hex;

    /// <summary>Where each chain begins.</summary>
    public static Hash256 Genesis => default;

    /// <summary>SHA-256 of <paramref name="content"/>.</summary>
    public static Hash256 Over(ReadOnlySpan<byte> content) => FromBytes(SHA256.HashData(content));

    /// <summary>The value with these 32 bytes.</summary>
    /// <exception cref="ArgumentException">They are not 32.</exception>
    public static Hash256 FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != 32)
        {
            throw new ArgumentException("A SHA-256 value has 32 bytes.", nameof(bytes));
        }

        return bytes.ContainsAnyExcept((byte)0) ? new(Convert.ToHexStringLower(bytes)) : default;
    }

    /// <summary>The value written as 64 hexadecimal digits.</summary>
    public static Hash256 Parse(string hex) => FromBytes(Convert.FromHexString(hex));

    /// <summary>The 32 bytes.</summary>
    public byte[] ToBytes() => Convert.FromHexString(ToString());

    /// <summary>64 hexadecimal digits in small letters.</summary>
    public override string ToString() => _hex ?? new string('0', 64);

    /// <summary>Enough of it for a person to compare: two groups of four digits.</summary>
    public string Short => $"{ToString()[..4]} {ToString()[4..8]}";
}
