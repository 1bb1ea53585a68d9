using System.Text.Json;
using BillingPortal.Domain.Invoices;

namespace BillingPortal.Store.Invoicing;

/// <summary>How documents are stored: what they state, without what follows from it.</summary>
public static class InvoiceJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        IgnoreReadOnlyProperties = true,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The document as text.</summary>
    public static string Write(InvoiceDocument document) => JsonSerializer.Serialize(document, Options);

    /// <summary>The text as a document.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static InvoiceDocument Read(string text) => JsonSerializer.Deserialize<InvoiceDocument>(text, Options) ?? throw new JsonException("An invoice has no document.");
}
