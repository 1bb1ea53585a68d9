using System.Text.Encodings.Web;
using System.Text.Json;

namespace BillingPortal.Store.Plans;

/// <summary>How plans, subscriptions, fees and coupons are stored: as they are, in JSON. A format that grows only adds members.</summary>
public static class PlanJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        IgnoreReadOnlyProperties = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The text of <paramref name="value"/>.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>What <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">It is no such text.</exception>
    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException("Stored as nothing.");
}
