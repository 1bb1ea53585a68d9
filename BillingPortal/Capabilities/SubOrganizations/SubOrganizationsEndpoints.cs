using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Web.Api;
using Microsoft.AspNetCore.Mvc;

namespace BillingPortal.Capabilities.SubOrganizations;

/// <summary>Contract 1's neighbours: list, create, change and join sub-organizations.</summary>
internal static partial class SubOrganizationsEndpoints
{
    private const string Route = "/orgs/{org_id}/orgs";

    /// <summary>Maps them.</summary>
    public static void MapSubOrganizations(this IEndpointRouteBuilder routes)
    {
        var below = routes.MapApi(Route, ErrorShape.SubOrganizations).WithTags("Sub-organizations");
        below.MapGet("", ListAsync).Describe<IReadOnlyList<OrganizationSummary>>(ListDescription, StatusCodes.Status200OK);
        below.MapPost("", CreateAsync).Describe<OrganizationSummary>(CreateDescription, StatusCodes.Status200OK);
        below.MapPatch("{sub_org_id}", ChangeAsync).Describe<OrganizationSummary>(ChangeDescription, StatusCodes.Status200OK);
        below.MapPost("{sub_org_id}/join", JoinAsync).Describe<OrganizationSummary>(JoinDescription, StatusCodes.Status200OK);
        below.MapOtherMethods("", "GET, POST");
        below.MapOtherMethods("{sub_org_id}", "PATCH");
        below.MapOtherMethods("{sub_org_id}/join", "POST");
    }

    private static async Task ListAsync(
        [FromRoute(Name = "org_id")] string org, [FromQuery] string? limit, [FromQuery] string? cursor, [FromQuery] string? page, HttpContext context,
        ListSubOrganizations query, CancellationToken cancel)
    {
        if (await context.UuidAsync(org) is not { } parent)
        {
            return;
        }

        if (PartOf(limit, cursor, page) is not var (rows, after))
        {
            await context.WriteAsync(new Problem(ProblemKind.InvalidFields, $"limit: must be a whole number from 1 to {ListSubOrganizations.Most}. cursor: as a Link header gave it. page: pages go by cursor.", []));
            return;
        }

        var outcome = await query.RunAsync(context.Caller(), parent, rows, after, cancel);
        if (outcome is Outcome<SubOrganizationList>.Done { Value.Next: { } next })
        {
            context.Response.Headers.Link = string.Create(CultureInfo.InvariantCulture, $"</orgs/{parent}/orgs?limit={rows}&cursor={next.Id}>; rel=\"next\"");
        }

        await context.WriteAsync(outcome.Then<IReadOnlyList<OrganizationSummary>>(list => new Outcome<IReadOnlyList<OrganizationSummary>>.Done([.. list.Rows.Select(OrganizationSummary.Of)])));
    }

    private static async Task CreateAsync([FromRoute(Name = "org_id")] string org, HttpContext context, CreateSubOrganization command, CancellationToken cancel)
    {
        using var call = await context.ReadCallAsync(org, "POST " + Route);
        if (call is not null)
        {
            var form = call.Form(fields => new SubOrganizationForm { Uuid = Guid.NewGuid(), Profile = ProfileOf(fields) with { Name = NameOf(fields) ?? Missing(fields, "name") } });
            await context.WriteAsync(await command.RunAsync(context.Caller(), WishOf(call, call.Organization, below: null, form, context), cancel));
        }
    }

    private static async Task ChangeAsync(
        [FromRoute(Name = "org_id")] string org, [FromRoute(Name = "sub_org_id")] string sub, HttpContext context, ChangeOrganization command, CancellationToken cancel)
    {
        if (await context.UuidAsync(org) is { } parent && await context.ReadCallAsync(sub, $"PATCH /orgs/{parent}/orgs/{{sub_org_id}}") is { } call)
        {
            using (call)
            {
                var wish = WishOf(call, parent, call.Organization, call.Form(fields => ProfileOf(fields) with { Name = NameOf(fields), UseParentBalance = fields.Object("billing")?.Flag("use_parent_balance") }), context);
                await context.WriteAsync(await command.RunAsync(context.Caller(), wish, cancel));
            }
        }
    }

    private static async Task JoinAsync(
        [FromRoute(Name = "org_id")] string org, [FromRoute(Name = "sub_org_id")] string sub, HttpContext context, JoinSubOrganization command, CancellationToken cancel)
    {
        if (await context.UuidAsync(org) is { } parent && await context.ReadCallAsync(sub, $"POST /orgs/{parent}/orgs/{{sub_org_id}}/join") is { } call)
        {
            using (call)
            {
                await context.WriteAsync(await command.RunAsync(context.Caller(), WishOf(call, parent, call.Organization, call.Form(RoleOf), context), cancel));
            }
        }
    }

    private static OrganizationWish<TForm> WishOf<TForm>(ApiCall call, Guid parent, Guid? below, Outcome<TForm> form, HttpContext context) =>
        new(parent, below, form, call.Key, call.RequestHash, context.Renderer<OrganizationSummary>());

    /// <summary>How many and after which; null where the query cannot be meant.</summary>
    private static (int Rows, long After)? PartOf(string? limit, string? cursor, string? page)
    {
        const int Usual = 50;
        var rows = string.IsNullOrEmpty(limit) ? Usual : int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 0;
        var after = string.IsNullOrEmpty(cursor) ? 0 : long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var key) ? key : -1;
        return rows is >= 1 and <= ListSubOrganizations.Most && after >= 0 && page is null or "" or "1" ? (rows, after) : null;
    }
}
