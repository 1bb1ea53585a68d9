using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace BillingPortal.Web.Api;

/// <summary>How the OpenAPI document describes lists that answer in pages (<see cref="ListPart"/>).</summary>
internal static class ListParameters
{
    /// <summary>The parameters of the query.</summary>
    public static IEnumerable<IOpenApiParameter> Of(ApiDescription description)
    {
        if (description.Sorts is not { } sorts)
        {
            return [];
        }

        var parts = new List<OpenApiParameter>
        {
            Of("page", JsonSchemaType.Integer, "From 1. A page before the first is answered with the first, one beyond the last with the last.", JsonValue.Create(1)),
            Of("per_page", JsonSchemaType.Integer, $"Rows on a page: {ListPart.Usual} where absent or below 1, at most {ListPart.Most}.", JsonValue.Create(ListPart.Usual)),
        };
        if (sorts.Count > 0)
        {
            parts.Add(Of("sort", JsonSchemaType.String, $"One of {string.Join(", ", sorts)}; with a minus before it the last comes first. Others are answered 422, 1302.", JsonValue.Create("-" + sorts[0])));
        }

        if (description.Criteria.Count > 0)
        {
            parts.Add(Of("q", JsonSchemaType.String, $"Pairs of field:value, separated by commas; fields: {string.Join(", ", description.Criteria)}. Others are answered 422, 1301.", null));
        }

        return parts;
    }

    /// <summary>The headers of an answer.</summary>
    public static void Tell(IDictionary<string, IOpenApiHeader>? headers)
    {
        foreach (var (name, words) in new[] { ("X-Total-Count", "Rows of the whole list."), ("X-Total-Pages", "Pages of the whole list."), ("X-Current-Page", "This page."), ("X-Count-Per-Page", "Rows on a page.") })
        {
            headers![name] = new OpenApiHeader { Description = words, Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } };
        }

        headers!["Link"] = new OpenApiHeader { Description = "Where the first, previous, next and last pages are.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
    }

    private static OpenApiParameter Of(string name, JsonSchemaType type, string words, JsonNode? example) =>
        new() { Name = name, In = ParameterLocation.Query, Description = words, Schema = new OpenApiSchema { Type = type }, Example = example };
}
