using System.Globalization;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Web.Api;

/// <summary>Contract 4's routes, which name an organization by its number: <c>/api/v1/organisation/{org_id}/…</c>.</summary>
public static class NumberedRoutes
{
    /// <summary>Where they stand.</summary>
    public const string Prefix = "/api/v1/organisation/{org_id}";

    /// <summary>A group of them: contract 4's errors, tokens only, so many calls a minute.</summary>
    public static RouteGroupBuilder MapNumbered(this IEndpointRouteBuilder routes, string end)
    {
        var group = routes.MapApi(Prefix + end, ErrorShape.Billing);
        group.AddEndpointFilter(RequestAllowance.FilterAsync);
        return group;
    }

    /// <summary>The number in the route; what is no whole number is no organization (rules §4): the problem is answered and null given.</summary>
    public static async Task<OrganizationId?> NumberAsync(this HttpContext context, string id)
    {
        if (long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return new OrganizationId(number);
        }

        await context.WriteAsync(Problem.Of("not_found", "There is no such organization."));
        return null;
    }

    /// <summary>A call that changes something; where it cannot be read at all the problem is answered and null given.</summary>
    public static async Task<(OrganizationId Organization, ApiCall Call)?> ReadNumberedAsync(this HttpContext context, string id, string route)
    {
        if (await context.NumberAsync(id) is not { } organization)
        {
            return null;
        }

        var (call, problem) = await ApiCall.ReadAsync(context, Guid.Empty, string.Create(CultureInfo.InvariantCulture, $"{route} {organization}"));
        if (problem is not null)
        {
            await context.WriteAsync(problem);
        }

        return call is null ? null : (organization, call);
    }
}
