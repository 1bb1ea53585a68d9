using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace BillingPortal.Capabilities.ApiTokens;

/// <summary>A token as its owner holds it: <c>bp_</c>, by which scanners and people know it, and 256 random bits.</summary>
public static class TokenText
{
    /// <summary>How every token begins.</summary>
    public const string Prefix = "bp_";

    private const int Bytes = 32;

    /// <summary>A new one.</summary>
    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What is stored in its place: SHA-256, hexadecimal. So much chance needs no salt and no slow hash.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>True where <paramref name="text"/> could be one; keeps junk from the store.</summary>
    public static bool IsShaped(string text) => text.Length == Prefix.Length + Base64Url.GetEncodedLength(Bytes) && text.StartsWith(Prefix, StringComparison.Ordinal);
}
