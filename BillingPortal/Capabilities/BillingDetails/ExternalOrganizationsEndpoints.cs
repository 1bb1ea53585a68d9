using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Web.Api;
using Microsoft.AspNetCore.Mvc;

namespace BillingPortal.Capabilities.BillingDetails;

/// <summary>Contract 3: organizations by their slugs.</summary>
internal static partial class ExternalOrganizationsEndpoints
{
    private const string Route = "/api/v2/external/orgs";
    private const int Usual = 50;

    /// <summary>Maps them.</summary>
    public static void MapExternalOrganizations(this IEndpointRouteBuilder routes)
    {
        var organizations = routes.MapApi(Route, ErrorShape.OrganizationDetails).WithTags("Organization details");
        organizations.MapGet("", ListAsync).Describe<IReadOnlyList<ListedExternalOrganization>>(ListDescription, StatusCodes.Status200OK);
        organizations.MapPost("", CreateAsync).Describe<ExternalOrganization>(CreateDescription, StatusCodes.Status201Created);
        organizations.MapPatch("{slug}", ChangeAsync).Describe<ExternalOrganization>(ChangeDescription, StatusCodes.Status200OK);
        organizations.MapOtherMethods("", "GET, POST");
        organizations.MapOtherMethods("{slug}", "PATCH");
    }

    private static async Task ListAsync([FromQuery] string? limit, [FromQuery] string? cursor, HttpContext context, ListExternalOrganizations query, CancellationToken cancel)
    {
        var errors = new List<FieldError>();
        if (Whole(limit, Usual) is not (>= 1 and <= ListExternalOrganizations.Most and var rows))
        {
            rows = Usual;
            errors.Add(new FieldError("query.limit", "value_error", $"must be a whole number from 1 to {ListExternalOrganizations.Most}."));
        }

        if (Whole(cursor, 0) is not (>= 0 and var after))
        {
            after = 0;
            errors.Add(new FieldError("query.cursor", "value_error", "must be as a Link header gave it."));
        }

        if (errors.Count > 0)
        {
            await context.WriteAsync(new Problem(ProblemKind.InvalidFields, "The query cannot be meant.", [.. errors]));
            return;
        }

        var outcome = await query.RunAsync(context.Caller(), (int)rows, after, cancel);
        if (outcome is Outcome<ExternalOrganizationList>.Done { Value.Next: { } next })
        {
            context.Response.Headers.Link = string.Create(CultureInfo.InvariantCulture, $"<{Route}?limit={rows}&cursor={next}>; rel=\"next\"");
        }

        await context.WriteAsync(outcome.Then<IReadOnlyList<ListedExternalOrganization>>(list => new Outcome<IReadOnlyList<ListedExternalOrganization>>.Done(list.Rows)));
    }

    private static async Task CreateAsync(HttpContext context, CreateExternalOrganization command, CancellationToken cancel)
    {
        var parent = context.Request.Headers[OwnOrganization.SlugHeader].ToString();
        using var call = await ReadAsync(context, $"POST {Route} {parent}");
        if (call is not null)
        {
            await context.WriteAsync(await command.RunAsync(context.Caller(), parent, call.Form(Creation), call.Key, call.RequestHash, RendererOf(context, StatusCodes.Status201Created), cancel));
        }
    }

    private static async Task ChangeAsync(string slug, HttpContext context, ChangeDetails command, CancellationToken cancel)
    {
        using var call = await ReadAsync(context, $"PATCH {Route} {slug}");
        if (call is not null)
        {
            var wish = new DetailsWish(call.Form(fields => ChangeOf(fields, DetailField.OfContract)), call.Key, call.RequestHash, RendererOf(context, StatusCodes.Status200OK));
            await context.WriteAsync(await command.RunAsync(context.Caller(), slug, wish, cancel));
        }
    }

    private static async Task<ApiCall?> ReadAsync(HttpContext context, string route)
    {
        var (call, problem) = await ApiCall.ReadAsync(context, Guid.Empty, route);
        if (problem is not null)
        {
            await context.WriteAsync(problem);
        }

        return call;
    }

    private static DetailsChange ChangeOf(JsonFields fields, IEnumerable<DetailField> named)
    {
        var change = DetailsChange.None;
        foreach (var field in named)
        {
            if (fields.StringOrNull(field.Code) is (true, var value))
            {
                change = change.With(field, value);
            }
        }

        return change;
    }

    private static DetailsChange Creation(JsonFields fields)
    {
        if (!fields.IsSent(DetailField.Name.Code))
        {
            fields.Refuse(DetailField.Name.Code, "missing", "is required.");
        }

        var change = ChangeOf(fields, [DetailField.Name, DetailField.Slug, DetailField.Email]);
        return fields.IsNull(DetailField.Slug.Code) ? new DetailsChange(change.Wishes.Remove(DetailField.Slug)) : change;
    }

    private static Func<Outcome<StoredDetails>, ApiAnswer> RendererOf(HttpContext context, int status)
    {
        var render = context.Renderer<ExternalOrganization>(status);
        return outcome => render(outcome.Then<ExternalOrganization>(stored => new Outcome<ExternalOrganization>.Done(ExternalOrganization.Of(stored))));
    }

    private static long? Whole(string? text, long otherwise) =>
        string.IsNullOrEmpty(text) ? otherwise : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? whole : null;
}
