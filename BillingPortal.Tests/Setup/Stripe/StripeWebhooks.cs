using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace BillingPortal.Tests.Setup.Stripe;

/// <summary>Stripe's webhooks: bodies as documented, signed as documented, by code of its own and not the portal's.</summary>
internal sealed class StripeWebhooks(StripeAccount account, string secret)
{
    private static int _number;

    /// <summary>An event about a payment intent as it stands, as in <c>payment_intent.succeeded</c>.</summary>
    public string OfPayment(string kind, string payment) => Event(kind, account.Find(payment)!);

    /// <summary>An event about a dispute of a payment, as in <c>charge.dispute.created</c>.</summary>
    public string OfDispute(string kind, string payment, string status, string dispute = "dp_1")
    {
        var paid = account.Find(payment)!;
        return Event(kind, new JsonObject
        {
            ["id"] = dispute, ["object"] = "dispute", ["amount"] = paid["amount"]!.DeepClone(), ["currency"] = paid["currency"]!.DeepClone(),
            ["charge"] = "ch_1", ["payment_intent"] = payment, ["reason"] = "fraudulent", ["status"] = status,
        });
    }

    /// <summary>Any event.</summary>
    public static string Event(string kind, JsonObject about) => new JsonObject
    {
        ["id"] = "evt_" + Interlocked.Increment(ref _number).ToString(CultureInfo.InvariantCulture), ["object"] = "event", ["api_version"] = "2024-06-20",
        ["type"] = kind, ["livemode"] = false, ["data"] = new JsonObject { ["object"] = about.DeepClone() },
    }.ToJsonString();

    /// <summary>The <c>Stripe-Signature</c> header for a body sent then.</summary>
    public string Sign(string body, DateTimeOffset at) => Sign(body, at, secret);

    /// <summary>The same with another secret.</summary>
    public static string Sign(string body, DateTimeOffset at, string secret) =>
        string.Create(CultureInfo.InvariantCulture, $"t={at.ToUnixTimeSeconds()},v1={Hex(body, at, secret)},v0=6ffbb59b2300aae63f272406069a9788598b792a944a07aba816edb039989a39");

    /// <summary>One signature's hexadecimal.</summary>
    public static string Hex(string body, DateTimeOffset at, string secret)
    {
        using var mac = new HMACSHA256(Encoding.UTF8.GetBytes(secret));
        return Convert.ToHexStringLower(mac.ComputeHash(Encoding.UTF8.GetBytes(at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) + "." + body)));
    }
}
