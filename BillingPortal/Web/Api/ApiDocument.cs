using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace BillingPortal.Web.Api;

/// <summary>The OpenAPI document of everything programs can ask, and only of that: routes that pages use stay out.</summary>
internal static class ApiDocument
{
    /// <summary>Where it is.</summary>
    public const string Path = "/openapi/v1.json";

    private const string Words =
        """
        The billing portal for programs. The same commands stand behind the portal's pages: what a page shows, this answers.

        **Tokens.** `Authorization: Bearer <token>`, made on the page *API tokens*. A token acts for the person who made it, narrowed to its scopes; what that person
        may do is read at each call. An organization outside of what that person may see is answered 404, never 403; one they may see, without the permission, 403.

        **Money** is exact: amounts are decimals with at most six places, never floating point. Answers carry them as strings.

        **Writes** are one transaction each, durable before they are answered, and take an `Idempotency-Key`. Answers of 500 and above are not kept: repeat the
        call with the same key, and what has happened is not done twice.

        **Errors** have the shape of their contract; `code` or `error_code` is stable, words are not. Every answer carries `X-Api-Call-Id`.
        """;

    /// <summary>Adds what makes the document.</summary>
    public static IServiceCollection AddApiDocument(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services.AddOpenApi("v1", options =>
        {
            options.ShouldInclude = description => description.ActionDescriptor.EndpointMetadata.OfType<ApiDescription>().Any();
            options.AddDocumentTransformer(DescribeAsync);
            options.AddSchemaTransformer(DescribeAmountsAsync);
            options.AddOperationTransformer(ApiDescriptions.TransformAsync);
        });
        return services;
    }

    /// <summary>Adds the page to try it. It stands before authorization: it holds nothing, and what it asks it asks with a token.</summary>
    public static IApplicationBuilder UseApiTrial(this IApplicationBuilder app) => app.UseSwaggerUI(options =>
    {
        options.RoutePrefix = "api/try";
        options.DocumentTitle = "Try the API · Billing";
        options.SwaggerEndpoint(Path, "Billing Portal");
        options.InjectStylesheet("/css/api-trial.css");
        options.EnableTryItOutByDefault();
        options.DefaultModelsExpandDepth(-1);
    });

    /// <summary>Maps the document; anybody may read it.</summary>
    public static void MapApiDocument(this WebApplication app) => app.MapOpenApi().AllowAnonymous();

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.Info = new OpenApiInfo { Title = "Billing Portal", Version = "1", Description = Words };

        // The address it was asked at is nobody's business: a relative one works behind every proxy.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.AddComponent<IOpenApiSecurityScheme>(ApiRoutes.TokenScheme, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "An API token, made on the page “API tokens” or with the verb create-token.",
        });
        return Task.CompletedTask;
    }

    private static Task DescribeAmountsAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        if ((Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type) == typeof(DecimalInput))
        {
            schema.Type = null;
            schema.Properties = null;
            schema.Description = "A decimal with at most six places, as a JSON number or a string of digits with a decimal point.";
            schema.OneOf =
            [
                new OpenApiSchema { Type = JsonSchemaType.Number },
                new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^-?[0-9]+([.][0-9]+)?$" },
            ];
            if (Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) is not null)
            {
                schema.OneOf.Add(new OpenApiSchema { Type = JsonSchemaType.Null });
            }
        }

        return Task.CompletedTask;
    }
}
