using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace BillingPortal.Tests.Permissions;

/// <summary>One method of one route: what the portal answers there, in a word.</summary>
/// <param name="Route">The route.</param>
/// <param name="Method">The method.</param>
internal sealed partial record Door(RouteEndpoint Route, string Method)
{
    /// <summary>Bodies that would be taken where the caller may; other routes that change something get an empty object.</summary>
    private static readonly Dictionary<string, string> Bodies = new(StringComparer.Ordinal)
    {
        ["POST /organizations/{id}/charges"] = """{"service": "Compute", "amount": "0.01"}""",
        ["POST /api/v1/organisation/{org_id}/balance"] = """{"amount": 120}""",
        ["POST /api/v2/external/orgs"] = """{"name": "Newcomers"}""",
        ["POST /api/v2/external/billing/checkout"] = """{"credits_amount": 5, "success_url": "https://shop.example/a", "cancel_url": "https://shop.example/b"}""",
        ["POST /api/v2/external/voucher/validate"] = """{"email": "ada@acme.example", "code": "WELCOME26"}""",
        ["POST /orgs/{org_id}/orgs"] = """{"name": "Newcomers"}""",
        ["POST /orgs/{org_id}/orgs/{sub_org_id}/join"] = """{"role": "ADMIN"}""",
        ["PATCH /orgs/{org_id}/orgs/{sub_org_id}/billing"] = """{"auto_recharge": {"enabled": false}}""",
        ["PUT /orgs/{id}/payment/balance"] = """{"pre_pay_credits_remaining": "118.50"}""",
    };

    /// <summary>What else stands in routes, of the neighbourhood's money and files.</summary>
    private static readonly Dictionary<string, string> Others = new(StringComparer.OrdinalIgnoreCase)
    {
        ["seq"] = "2", ["billing_id"] = "202410", ["code"] = "standard", ["recharge"] = "1", ["ordinal"] = "1", ["refund"] = "1", ["import"] = "1", ["documentName"] = "v1", ["path"] = "nothing.txt", ["setup"] = "nobodys", ["session"] = "cs_nobodys", ["method_id"] = "pm_nobodys", ["payment"] = "nobodys", ["provider"] = "sandbox",
    };

    /// <summary>True for a page.</summary>
    public bool IsPage => Route.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;

    /// <summary>True where only tokens open.</summary>
    public bool IsForPrograms => Route.Metadata.OfType<AuthorizationPolicy>().Any(policy => policy.AuthenticationSchemes.Contains("Bearer"));

    /// <summary>True where it leads to one organization. A route that only says which methods there are leads nowhere.</summary>
    public bool IsOfAnOrganization => Route.Metadata.GetMetadata<HttpMethodMetadata>() is not null && Route.RoutePattern.Parameters.Any(parameter => parameter.Name.ToUpperInvariant() is "NUMBER" or "KEY" or "ID" or "ORGANIZATION" or "ORGANIZATIONID" or "ORG_ID" or "SLUG");

    /// <summary>True where an organization is named by its number, as contract 4 does.</summary>
    private bool IsByNumber => Route.RoutePattern.RawText!.TrimStart('/').StartsWith("api/v1/organisation", StringComparison.Ordinal);

    /// <summary>Method and route, without constraints.</summary>
    public string Name => $"{Method} {Constraint().Replace("/" + Route.RoutePattern.RawText!.Trim('/'), "")}";

    /// <summary>Every door of the portal but static files and the framework's own.</summary>
    public static IEnumerable<Door> Of(EndpointDataSource routes) =>
        from route in routes.Endpoints.OfType<RouteEndpoint>()
        where !route.Metadata.Any(metadata => metadata.GetType().Name is "StaticAssetDescriptor" or "FallbackMetadata")
        where !route.RoutePattern.RawText!.TrimStart('/').StartsWith("_framework", StringComparison.Ordinal)
        from method in MethodsOf(route)
        select new Door(route, method);

    /// <summary>Asks as <paramref name="resident"/> and gives the answer in a word, with its text.</summary>
    public async Task<(string Word, string Text)> AskAsync(Resident resident, Place place)
    {
        using var request = new HttpRequestMessage(new HttpMethod(Method), PathTo(place));
        request.Headers.Accept.ParseAdd(IsPage ? "text/html" : "*/*");
        if (Method is not ("GET" or "DELETE"))
        {
            request.Headers.Add("Idempotency-Key", $"{resident.Name}-{place.Name}-{Guid.NewGuid():N}");
            request.Content = new StringContent(Bodies.GetValueOrDefault(Name, "{}"), Encoding.UTF8, "application/json");
        }

        using var answer = await (IsForPrograms ? resident.Program : resident.Browser.Client).SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode switch
        {
            200 when IsPage => WordOf(text),
            200 or 201 or 204 => "yes",
            302 => answer.Headers.Location!.ToString().Contains("/sign-in", StringComparison.Ordinal) ? "sign in" : "elsewhere",
            var other => other.ToString(CultureInfo.InvariantCulture),
        }, text);
    }

    /// <summary>Pages refuse in words, in the place of their matter.</summary>
    private static string WordOf(string html) =>
        Missing().IsMatch(html) ? "refused"
        : html.Contains("<h3>You cannot", StringComparison.Ordinal) || html.Contains("<h3>There is no", StringComparison.Ordinal) ? "not found"
        : html.Contains("could not be read", StringComparison.Ordinal) ? "FAILED" : "yes";

    private static IEnumerable<string> MethodsOf(RouteEndpoint route)
    {
        var methods = route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [];

        // A page's forms are sent to it by POST and have an antiforgery token of the page itself.
        return route.Metadata.GetMetadata<ComponentTypeMetadata>() is not null ? ["GET"]
            : methods.Count > 0 ? methods
            : route.RoutePattern.RawText!.Contains("_blazor", StringComparison.Ordinal) || route.RoutePattern.RawText == "/health" ? ["GET"] : ["DELETE"];
    }

    private string PathTo(Place place)
    {
        var path = new StringBuilder();
        foreach (var segment in Route.RoutePattern.PathSegments)
        {
            path.Append('/');
            foreach (var part in segment.Parts)
            {
                path.Append(part switch
                {
                    RoutePatternLiteralPart literal => literal.Content,
                    RoutePatternSeparatorPart separator => separator.Content,
                    RoutePatternParameterPart parameter => place.Fill(IsByNumber && parameter.Name == "org_id" ? "NUMBER" : parameter.Name) ?? Others.GetValueOrDefault(parameter.Name)
                        ?? throw new InvalidOperationException($"{Name}: say in {nameof(Door)} what {{{parameter.Name}}} stands for."),
                    _ => "",
                });
            }
        }

        return path.Length == 0 ? "/" : path.ToString();
    }

    [GeneratedRegex("The permission .{1,60} is missing", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Missing();

    [GeneratedRegex("(?<={[^}:]*):[^}]*(?=})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Constraint();
}
