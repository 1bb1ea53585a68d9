using System.Globalization;
using System.Security.Claims;
using System.Text;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Web;
using BillingPortal.Web.Csv;
using BillingPortal.Web.Tables;

namespace BillingPortal.Capabilities.Overviews;

/// <summary>The list as a file: exactly what is filtered, in the list's order, all of it.</summary>
public static class OverviewEndpoints
{
    /// <summary>Where the file is.</summary>
    public const string CsvPath = "/organizations.csv";

    private static readonly string[] Heads =
        ["number", "uuid", "slug", "name", "reseller", "state", "plan", "charging_model", "time_zone", "currency", "month", "spend", "balance", "owed"];

    /// <summary>Maps the room's routes.</summary>
    public static WebApplication MapOverviews(this WebApplication app)
    {
        app.MapGet(CsvPath, WriteCsvAsync).RequireAuthorization().WithName("ExportOrganizations").ExcludeFromDescription();
        return app;
    }

    private static async Task WriteCsvAsync(HttpContext http, ClaimsPrincipal person, ListOrganizations organizations, CancellationToken cancel)
    {
        var url = UrlState.Parse(http.Request.Path + http.Request.QueryString);
        var state = ListState.Read(url, OverviewQuestion.Sorts);
        var question = OverviewQuestion.Read(name => url[name], state.Sort, state.Descending, ListPart.Most, after: null, before: null);
        var caller = CurrentCaller.Of(person) ?? throw new InvalidOperationException("Nobody is signed in.");
        var first = await organizations.RunAsync(caller, question.Filter, question.Part, cancel);
        if (first is not Outcome<OrganizationList>.Done done)
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=organizations.csv";
        http.Response.Headers.CacheControl = "no-store";
        await using var file = new StreamWriter(http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await file.WriteAsync(CsvCell.Line(Heads));
        for (var list = done.Value; ;)
        {
            foreach (var organization in list.Rows)
            {
                await file.WriteAsync(CsvCell.Line(Cells(organization)));
            }

            await file.FlushAsync(cancel);
            if (list.Next is not { } next || await organizations.RunAsync(caller, question.Filter, question.Part with { After = next }, cancel) is not Outcome<OrganizationList>.Done more)
            {
                return;
            }

            list = more.Value;
        }
    }

    private static string?[] Cells(ListedOrganization row) =>
    [
        new OrganizationId(row.Id).ToString(), row.Uuid.ToString(), row.Slug, row.Name, row.ParentId?.ToString(CultureInfo.InvariantCulture),
        row.State.ToString().ToLowerInvariant(), row.Plan, row.Model.ToString().ToLowerInvariant(), row.TimeZone, row.Currency.Code, string.Create(CultureInfo.InvariantCulture, $"{row.Month}"),
        row.Spend.ToDecimalString(), row.Balance.ToDecimalString(), row.Owed.ToDecimalString(),
    ];
}
