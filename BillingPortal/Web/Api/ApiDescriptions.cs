using System.Globalization;
using System.Text.Json.Nodes;
using BillingPortal.Store;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace BillingPortal.Web.Api;

/// <summary>Puts an <see cref="ApiDescription"/> on an endpoint and from there into the OpenAPI document.</summary>
internal static class ApiDescriptions
{
    /// <summary>What every operation can answer besides its own statuses.</summary>
    private static readonly int[] Always = [400, 401, 403, 404, 500];

    private const int TooMany = StatusCodes.Status429TooManyRequests;

    private static readonly int[] OfWrites = [413, 415, 422, 503];

    /// <summary>Describes the operation and every status it can answer.</summary>
    public static RouteHandlerBuilder Describe<TAnswer>(this RouteHandlerBuilder builder, ApiDescription description, int status)
    {
        builder.WithName(description.Id).WithSummary(description.Summary).WithDescription(description.Text).WithMetadata(description);
        _ = status == StatusCodes.Status204NoContent ? builder.Produces(status) : builder.Produces<TAnswer>(status, "application/json");
        builder.Add(endpoint =>
        {
            var shape = endpoint.Metadata.OfType<ErrorShape>().Last();
            foreach (var error in Always.Concat(description.RequestType is null ? [] : OfWrites).Concat(shape.Words.ContainsKey(TooMany) ? [TooMany] : []).Concat(description.Also).Distinct().Order())
            {
                endpoint.Metadata.Add(new ProducesResponseTypeMetadata(error, shape.Type, [shape.ContentType]));
            }
        });
        return builder;
    }

    /// <summary>Fills in what types alone do not say.</summary>
    public static async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<ApiDescription>().FirstOrDefault() is not { } description)
        {
            return;
        }

        if (description.KeyRequired is { } keyRequired)
        {
            (operation.Parameters ??= []).Add(KeyParameter(keyRequired));
        }

        // An operation whose words name the header takes it.
        if (description.Text.Contains(OwnOrganization.SlugHeader, StringComparison.Ordinal))
        {
            (operation.Parameters ??= []).Add(SlugParameter());
        }

        foreach (var parameter in ListParameters.Of(description))
        {
            (operation.Parameters ??= []).Add(parameter);
        }

        if (description.RequestType is { } type)
        {
            var schema = await context.GetOrCreateSchemaAsync(type, cancellationToken: cancel);
            context.Document!.AddComponent(type.Name, schema);
            var content = new OpenApiMediaType { Schema = new OpenApiSchemaReference(type.Name, context.Document), Example = description.RequestNode };
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["application/json"] = content },
            };
        }

        var byNumber = context.Description.RelativePath?.StartsWith("api/v1/organisation/", StringComparison.Ordinal) == true;
        foreach (var id in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(parameter => parameter.Name is "id" or "org_id" or "sub_org_id"))
        {
            if (byNumber)
            {
                id.Description ??= id.Name == "org_id" ? "The organization's number." : null;
                id.Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" };
                continue;
            }

            id.Description = id.Name == "org_id" ? "The parent organization's UUID." : id.Name == "sub_org_id" ? "The sub-organization's UUID." : "The organization's UUID.";
            id.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" };
        }

        var shape = context.Description.ActionDescriptor.EndpointMetadata.OfType<ErrorShape>().Last();
        foreach (var (status, response) in operation.Responses ?? [])
        {
            Complete((OpenApiResponse)response, int.Parse(status, CultureInfo.InvariantCulture), description, shape);
        }

        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ApiRoutes.TokenScheme, context.Document)] = [description.Scope] }];
    }

    private static void Complete(OpenApiResponse response, int status, ApiDescription description, ErrorShape shape)
    {
        (response.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal))[ApiErrors.CallIdHeader] = new OpenApiHeader
        {
            Description = "The id of this call; quote it when you ask us about it.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
        };
        if (status == StatusCodes.Status201Created)
        {
            response.Headers["Location"] = new OpenApiHeader
            {
                Description = "Where it can be read again.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uri-reference" },
            };
        }

        if (description.Sorts is not null && status == StatusCodes.Status200OK)
        {
            ListParameters.Tell(response.Headers);
        }

        response.Description = description.Errors.GetValueOrDefault(status) ?? shape.Words.GetValueOrDefault(status) ?? (status < 300 ? response.Description : WordsOf(status));
        foreach (var content in response.Content?.Values.OfType<OpenApiMediaType>() ?? [])
        {
            content.Example = status < 300 ? description.AnswerNode : ExampleOf(status, response.Description ?? "", shape);
        }
    }

    /// <summary>An error of the first kind that the words name.</summary>
    private static JsonNode? ExampleOf(int status, string words, ErrorShape shape)
    {
        var kind = ProblemKind.All.Where(kind => shape.Of(new Problem(kind, "", [])).Kind.Status == status).OrderBy(kind => words.IndexOf($"`{kind.Code}`", StringComparison.Ordinal) is >= 0 and var at ? at : int.MaxValue).First();
        return JsonNode.Parse(shape.Write(new Problem(kind, kind.Title + ".", []), "0199c0de-7a11-7000-8000-000000000001"));
    }

    private static string WordsOf(int status) => string.Join(' ',
        ProblemKind.All.Where(kind => kind.Status == status).Select(kind => $"`{kind.Code}`: {kind.Title}."));

    private static OpenApiParameter SlugParameter() => new()
    {
        Name = OwnOrganization.SlugHeader,
        In = ParameterLocation.Header,
        Description = "The slug of the organization that the call is about; needed where the token's owner belongs to several that do not stand under one of them.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = JsonValue.Create("acme-robotics"),
    };

    private static OpenApiParameter KeyParameter(bool required) => new()
    {
        Name = ApiCall.KeyHeader,
        In = ParameterLocation.Header,
        Required = required,
        Description = "A word of your own for this wish, 1 to 255 printable ASCII characters, kept for each organization. The same key with the same body "
            + "is answered with the first status and body, errors included, and nothing is done twice; with another body it is refused (422, `key_reused`).",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 255 },
        Example = JsonValue.Create("8c1f4a52-charge-0001"),
    };
}
