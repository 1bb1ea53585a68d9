using System.Globalization;
using System.Security.Claims;
using System.Text;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Web;
using BillingPortal.Web.Csv;

namespace BillingPortal.Capabilities.Auditing;

/// <summary>The trial balance as a file: the same sums as the page, one line for each kind and currency.</summary>
public static class AuditingEndpoints
{
    /// <summary>Where the file is.</summary>
    public const string CsvPath = "/trial-balance.csv";

    /// <summary>Maps the room's routes.</summary>
    public static WebApplication MapAuditing(this WebApplication app)
    {
        app.MapGet(CsvPath, WriteCsvAsync).RequireAuthorization().WithName("ExportTrialBalance").ExcludeFromDescription();
        return app;
    }

    private static async Task<IResult> WriteCsvAsync(HttpContext http, ClaimsPrincipal person, GetTrialBalance books, CancellationToken cancel)
    {
        if (CurrentCaller.Of(person) is not { } caller || await books.RunAsync(caller, cancel) is not Outcome<TrialBalance>.Done(var balance))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        var file = new StringBuilder(CsvCell.Line("group", "account", "name", "currency", "balance", "as_of"));
        foreach (var currency in balance.Currencies)
        {
            foreach (var kind in ChartOfAccounts.All)
            {
                file.Append(CsvCell.Line(ChartOfAccounts.GroupOf(kind).ToString().ToLowerInvariant(), ChartOfAccounts.CodeOf(kind), ChartOfAccounts.NameOf(kind),
                    currency.Code, balance.Of(kind, currency).ToDecimalString(), balance.At.ToString()));
            }
        }

        http.Response.Headers.CacheControl = "no-store";
        return Results.File([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(file.ToString())], "text/csv; charset=utf-8",
            string.Create(CultureInfo.InvariantCulture, $"trial-balance-{balance.At.ToUtc():yyyyMMdd-HHmmss}.csv"));
    }
}
