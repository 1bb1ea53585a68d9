using System.Text.Json;

namespace BillingPortal.Store.Invoicing;

/// <summary>The lines of a plan's fee that was booked as owed, as its entry states them.</summary>
internal static class FeeLines
{
    /// <summary>Each line; a coupon is below zero.</summary>
    public static IEnumerable<(long Consumer, string Name, string Detail, bool Coupon, long Amount)> Read(string detail)
    {
        using var read = JsonDocument.Parse(detail);
        var consumer = read.RootElement.GetProperty("organization").GetInt64();
        return [.. read.RootElement.GetProperty("lines").EnumerateArray().Select(line => (
            consumer, line.GetProperty("text").GetString() ?? "Plan", line.GetProperty("detail").GetString() ?? "", line.GetProperty("kind").GetString() == "coupon", line.GetProperty("amount").GetInt64()))];
    }
}
