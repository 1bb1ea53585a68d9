using BillingPortal.Domain.Organizations;
using BillingPortal.Web.Api;

namespace BillingPortal.Capabilities.MemberOrganizations;

/// <summary>Contract 5's organizations.</summary>
internal static class MemberOrganizationsEndpoints
{
    private const string Route = "/api/v0/organizations";

    private const string OneJson =
        """
        {
          "id": "95b11417-f18f-457f-8804-68e361f9164f", "name": "Acme Robotics",
          "address": { "addressLine1": "Keizersgracht 241", "city": "Amsterdam", "postalCode": "1016 EA", "country": "NL" }, "role": "admin"
        }
        """;

    private static readonly ApiDescription ListDescription = new("getOrganizations", "List one's organizations",
        "Those that the token's owner belongs to, by name, at most 200; those below them are not listed. Decided here: `role` is the portal's role in small letters; the platform's own staff belong to none.",
        "organizations:read")
    { AnswerExample = $$"""{ "organizations": [{{OneJson}}] }""" };

    private static readonly ApiDescription ReadDescription = new("getOrganization", "Read an organization", "Decided here: the address is the billing address.", "organizations:read")
    { AnswerExample = OneJson };

    private static readonly ApiDescription ChangeDescription = new("updateOrganization", "Change an organization",
        "Decided here: `name` and `address` can be changed; what is absent stays, null clears a line of the address, and other fields are ignored. The address needs the permission to change billing settings.",
        "organizations:write")
    {
        RequestType = typeof(OrganizationRequest),
        RequestExample = """{ "name": "Acme Robotics", "address": { "city": "Amsterdam", "country": "NL" } }""",
        KeyRequired = false,
        AnswerExample = OneJson,
    };

    /// <summary>Maps them.</summary>
    public static void MapMemberOrganizations(this IEndpointRouteBuilder routes)
    {
        var organizations = routes.MapApi(Route, ErrorShape.PlanUpgrade).WithTags("Plan upgrade");
        organizations.MapGet("", async (HttpContext context, GetMemberOrganizations query, CancellationToken cancel) =>
            await context.WriteAsync(await query.RunAsync(context.Caller(), cancel))).Describe<MemberOrganizationList>(ListDescription, StatusCodes.Status200OK);
        organizations.MapGet("/{organizationId}", ReadAsync).Describe<MemberOrganization>(ReadDescription, StatusCodes.Status200OK);
        organizations.MapPut("/{organizationId}", ChangeAsync).Describe<MemberOrganization>(ChangeDescription, StatusCodes.Status200OK);
        organizations.MapOtherMethods("", "GET");
        organizations.MapOtherMethods("/{organizationId}", "GET, PUT");
    }

    private static async Task ReadAsync(string organizationId, HttpContext context, GetMemberOrganizations query, CancellationToken cancel)
    {
        if (await context.SmallUuidAsync(organizationId) is { } uuid)
        {
            await context.WriteAsync(await query.RunAsync(context.Caller(), uuid, cancel));
        }
    }

    private static async Task ChangeAsync(string organizationId, HttpContext context, ChangeMemberOrganization command, CancellationToken cancel)
    {
        if (await context.SmallUuidAsync(organizationId) is not { } uuid)
        {
            return;
        }

        using var call = await context.ReadCallAsync(organizationId, "PUT " + Route);
        if (call is not null)
        {
            await context.WriteAsync(await command.RunAsync(context.Caller(), uuid, call.Form(ChangeOf), call.Key, call.RequestHash, context.Renderer<MemberOrganization>(), cancel));
        }
    }

    private static DetailsChange ChangeOf(JsonFields fields)
    {
        var change = DetailsChange.None;
        var (named, name) = fields.StringOrNull("name");
        change = named ? change.With(DetailField.Name, name) : change;
        if (fields.Object("address") is { } address)
        {
            foreach (var (line, field) in MemberAddress.Fields)
            {
                var (sent, value) = address.StringOrNull(line);
                change = sent ? change.With(field, value) : change;
            }
        }

        return change;
    }

    /// <summary>The body of the PUT.</summary>
    /// <param name="Name">The organization's name.</param>
    /// <param name="Address">Its billing address.</param>
    private sealed record OrganizationRequest(string? Name = null, MemberAddress? Address = null);
}
