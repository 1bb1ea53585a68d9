using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BillingPortal.Domain;

namespace BillingPortal.Payments;

/// <summary>
/// The signature of a webhook, as Stripe publishes it: <c>t=SECONDS,v1=HEX</c>, HMAC-SHA256 of "SECONDS.BODY". While a secret is being replaced there
/// are several <c>v1</c>; one that holds is enough.
/// </summary>
public static class WebhookSignature
{
    /// <summary>A signature older than this, or as far ahead, does not hold: whoever overheard one cannot use it for long.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>True where <paramref name="header"/> signs <paramref name="body"/> with <paramref name="secret"/>, about <paramref name="now"/>. Compares in constant time.</summary>
    public static bool Holds(string body, string? header, string secret, Instant now)
    {
        if (header is null)
        {
            return false;
        }

        var parts = header.Split(',', 32).Select(part => part.Split('=', 2)).Where(pair => pair.Length == 2).Select(pair => (Name: pair[0].Trim(), Value: pair[1].Trim())).ToArray();
        if (!long.TryParse(Array.Find(parts, part => part.Name == "t").Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            || (DateTimeOffset.FromUnixTimeSeconds(seconds) - now.ToUtc()).Duration() > Tolerance)
        {
            return false;
        }

        var expected = Encoding.ASCII.GetBytes(Hex(body, secret, seconds));
        return parts.Where(part => part.Name == "v1")
            .Aggregate(false, (held, part) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(part.Value), expected) || held);
    }

    /// <summary>The header that signs <paramref name="body"/>.</summary>
    public static string Sign(string body, string secret, Instant now)
    {
        var seconds = now.ToUtc().ToUnixTimeSeconds();
        return string.Create(CultureInfo.InvariantCulture, $"t={seconds},v1={Hex(body, secret, seconds)}");
    }

    private static string Hex(string body, string secret, long seconds) => Convert.ToHexStringLower(HMACSHA256.HashData(
        Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seconds}.{body}"))));
}
