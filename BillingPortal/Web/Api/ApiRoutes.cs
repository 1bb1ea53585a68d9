using BillingPortal.Store;

namespace BillingPortal.Web.Api;

/// <summary>How a room maps routes for programs.</summary>
public static class ApiRoutes
{
    /// <summary>The authentication scheme of API tokens. A cookie opens no route of programs, so no other site can use it.</summary>
    public const string TokenScheme = CallerClaims.TokenScheme;

    /// <summary>A group whose errors have <paramref name="shape"/> and which only tokens open.</summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder routes, string prefix, ErrorShape shape) =>
        routes.MapGroup(prefix)
            .WithMetadata(shape)
            .RequireAuthorization(policy => policy.AddAuthenticationSchemes(TokenScheme).RequireAuthenticatedUser())
            .DisableAntiforgery();

    /// <summary>Answers every other method in the group's shape; without it the framework answers, and knows nothing of shapes.</summary>
    public static void MapOtherMethods(this IEndpointRouteBuilder routes, string pattern, string allowed) =>
        routes.Map(pattern, context =>
        {
            context.Response.Headers.Allow = allowed;
            return context.WriteAsync(Problem.OfStatus(StatusCodes.Status405MethodNotAllowed));
        }).ExcludeFromDescription();
}
