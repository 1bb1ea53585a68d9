using System.Text.Json.Nodes;

namespace BillingPortal.Web.Api;

/// <summary>What the OpenAPI document says about one operation beyond its types.</summary>
/// <param name="Id">Its name for generated clients.</param>
/// <param name="Summary">A few words.</param>
/// <param name="Text">All that a reader must know, choices marked as decided included; Markdown.</param>
/// <param name="Scope">The scope its token needs.</param>
public sealed record ApiDescription(string Id, string Summary, string Text, string Scope)
{
    /// <summary>A request's body as an example; null where there is none.</summary>
    public string? RequestExample { get; init; }

    /// <summary>The type that describes the request's body.</summary>
    public Type? RequestType { get; init; }

    /// <summary>Whether the <c>Idempotency-Key</c> is needed; null where the operation takes none.</summary>
    public bool? KeyRequired { get; init; }

    /// <summary>What a list can be sorted by; null where the operation answers no pages.</summary>
    public IReadOnlyList<string>? Sorts { get; init; }

    /// <summary>What a list can be searched by.</summary>
    public IReadOnlyList<string> Criteria { get; init; } = [];

    /// <summary>The answer as an example.</summary>
    public required string AnswerExample { get; init; }

    /// <summary>What each error means here, by status.</summary>
    public IReadOnlyDictionary<int, string> Errors { get; init; } = new Dictionary<int, string>();

    /// <summary>Statuses it can answer beside those that every operation of its kind can.</summary>
    public IReadOnlyList<int> Also { get; init; } = [];

    /// <summary>The request's example as JSON.</summary>
    public JsonNode? RequestNode => RequestExample is null ? null : JsonNode.Parse(RequestExample);

    /// <summary>The answer's example as JSON.</summary>
    public JsonNode? AnswerNode => JsonNode.Parse(AnswerExample);
}
