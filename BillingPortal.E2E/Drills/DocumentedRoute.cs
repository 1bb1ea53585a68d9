using System.Text.Json.Nodes;

namespace BillingPortal.E2E.Drills;

/// <summary>One method of one route, as the portal's own OpenAPI document describes it.</summary>
/// <param name="Method">The method, upper-case.</param>
/// <param name="Path">The path with its parameters in braces.</param>
/// <param name="InPath">Names of the path's parameters.</param>
/// <param name="InQuery">Names of the query's parameters.</param>
/// <param name="Example">The body that the document shows; null where none is taken.</param>
/// <param name="Statuses">The statuses it says it can answer.</param>
internal sealed record DocumentedRoute(
    HttpMethod Method, string Path, IReadOnlyList<string> InPath, IReadOnlyList<string> InQuery, JsonNode? Example, IReadOnlySet<string> Statuses)
{
    /// <summary>Method and path.</summary>
    public string Name => $"{Method} {Path}";

    /// <summary>Every route of a document.</summary>
    public static IReadOnlyList<DocumentedRoute> Read(JsonNode document) =>
    [
        .. from path in document["paths"]!.AsObject()
           from method in path.Value!.AsObject()
           let parameters = method.Value!["parameters"]?.AsArray().Select(parameter => ((string)parameter!["name"]!, (string)parameter["in"]!)).ToList() ?? []
           select new DocumentedRoute(
               new HttpMethod(method.Key.ToUpperInvariant()),
               path.Key,
               [.. parameters.Where(parameter => parameter.Item2 == "path").Select(parameter => parameter.Item1)],
               [.. parameters.Where(parameter => parameter.Item2 == "query").Select(parameter => parameter.Item1)],
               method.Value["requestBody"]?["content"]?["application/json"] is { } body ? body["example"]?.DeepClone() ?? new JsonObject() : null,
               method.Value["responses"]!.AsObject().Select(answer => answer.Key).ToHashSet(StringComparer.Ordinal)),
    ];
}
