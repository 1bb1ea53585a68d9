using System.Text.Encodings.Web;
using System.Text.Json;

namespace BillingPortal.Web.Api;

/// <summary>How programs are written to: snake_case, and characters as they are where JSON allows it.</summary>
public static class ApiJson
{
    /// <summary>The options; the bodies are never put into HTML, so nothing but JSON's own characters is escaped.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
