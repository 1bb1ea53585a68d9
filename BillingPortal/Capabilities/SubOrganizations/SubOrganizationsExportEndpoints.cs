using System.Collections.Immutable;
using System.Globalization;
using System.Security.Claims;
using System.Text;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Web;
using BillingPortal.Web.Csv;
using BillingPortal.Web.Tables;

namespace BillingPortal.Capabilities.SubOrganizations;

/// <summary>The list of sub-organizations as a file: exactly what is filtered or selected, in the list's order, all of it.</summary>
internal static class SubOrganizationsExportEndpoints
{
    private static readonly string[] Heads =
    [
        "number", "uuid", "name", "state", "plan", "currency", "balance", "promo_balance", "spent", "cap", "cap_resets_at", "recharge", "members",
    ];

    /// <summary>Maps it.</summary>
    public static void MapSubOrganizationsExport(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/organizations/{number:long}/sub-organizations.csv", WriteAsync).RequireAuthorization().WithName("ExportSubOrganizations").ExcludeFromDescription();

    private static async Task WriteAsync(long number, HttpContext http, ClaimsPrincipal person, ListSubOrganizations organizations, CancellationToken cancel)
    {
        var caller = CurrentCaller.Of(person) ?? throw new InvalidOperationException("Nobody is signed in.");
        var url = UrlState.Parse(http.Request.Path + http.Request.QueryString);
        var part = SubOrganizationsPage.PartOf(ListState.Read(url, ["name"])) with { Rows = ListSubOrganizations.Most, After = null, Before = null };
        var outcome = await organizations.RunAsync(caller, new OrganizationId(number), part, cancel);
        if (outcome is not Outcome<SubOrganizationList>.Done { Value: var list })
        {
            http.Response.StatusCode = outcome is Outcome<SubOrganizationList>.NotFound ? StatusCodes.Status404NotFound : StatusCodes.Status403Forbidden;
            return;
        }

        var chosen = Chosen(url["ids"]);
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=sub-organizations-{number}.csv");
        http.Response.Headers.CacheControl = "no-store";
        await using var file = new StreamWriter(http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await file.WriteAsync(CsvCell.Line(Heads));
        while (true)
        {
            foreach (var row in list.Rows.Where(row => chosen is null || chosen.Contains(row.Organization.Id)))
            {
                await file.WriteAsync(CsvCell.Line(Cells(row)));
            }

            await file.FlushAsync(cancel);
            if (list.Next is not { } next
                || await organizations.RunAsync(caller, new OrganizationId(number), part with { After = next }, cancel) is not Outcome<SubOrganizationList>.Done { Value: var more })
            {
                return;
            }

            list = more;
        }
    }

    private static ImmutableHashSet<long>? Chosen(string? ids) => ids?.Split(',')
        .Select(id => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).ToImmutableHashSet();

    private static string?[] Cells(OrganizationFacts row)
    {
        var organization = row.Organization;
        return
        [
            new OrganizationId(organization.Id).ToString(), organization.Uuid.ToString(), organization.Name,
            organization.Disabled ? "disabled" : organization.BlockedCause is null ? "active" : "blocked", organization.Plan, row.Currency.Code,
            Units(row.Balance), Units(row.PromoBalance), Units(row.Spent.Spent), row.Rule is { CapEnabled: true, CapAmount: { } cap } ? Units(cap) : "",
            row.Rule is { CapEnabled: true } ? row.Spent.End.ToString() : "", RechargeStandings.Of(row).ToString().ToLowerInvariant(),
            row.Members.Length.ToString(CultureInfo.InvariantCulture),
        ];

        string Units(long micros) => new Money(micros, row.Currency).ToDecimalString();
    }
}
