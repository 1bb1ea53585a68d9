using System.Security.Claims;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Web;
using BillingPortal.Web.Csv;

namespace BillingPortal.Capabilities.ClosingMonths;

/// <summary>The journal's summary of a month as a file: one line for each kind of account and currency.</summary>
public static class ClosingMonthsEndpoints
{
    /// <summary>Where the file is; <c>?month=2024-09</c> says which.</summary>
    public const string CsvPath = "/month-end/journal.csv";

    /// <summary>Maps the room's routes.</summary>
    public static WebApplication MapClosingMonths(this WebApplication app)
    {
        app.MapGet(CsvPath, WriteCsvAsync).RequireAuthorization().WithName("ExportJournalSummary").ExcludeFromDescription();
        return app;
    }

    private static async Task WriteCsvAsync(HttpContext http, ClaimsPrincipal person, GetJournalSummary summary, TimeProvider clock, string? month, CancellationToken cancel)
    {
        if (CurrentCaller.Of(person) is not { } caller)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (month is not null && MonthForm.Read(month) is null)
        {
            await http.RefuseFileAsync(new Outcome<bool>.Invalid([new FieldError("month", "not_a_month", "A month is written as 2024-09.")]));
            return;
        }

        var period = MonthForm.Read(month) ?? MonthForm.Last(clock);
        var outcome = await summary.RunAsync(caller, period, cancel);
        if (outcome is not Outcome<System.Collections.Immutable.ImmutableArray<Store.Reading.PeriodSum>>.Done(var sums))
        {
            await http.RefuseFileAsync(outcome);
            return;
        }

        await using var file = http.BeginFile("text/csv", $"journal-{period}.csv", withMark: true);
        await file.WriteAsync(CsvCell.Line("period", "currency", "group", "account", "name", "opening", "debits", "credits", "closing"));
        foreach (var sum in sums)
        {
            await file.WriteAsync(CsvCell.Line($"{period}", sum.Currency.Code, ChartOfAccounts.GroupOf(sum.Kind).ToString().ToLowerInvariant(), ChartOfAccounts.CodeOf(sum.Kind),
                ChartOfAccounts.NameOf(sum.Kind), Text(sum.Opening), Text(sum.Debits), Text(sum.Credits), Text(sum.Closing)));
            string Text(long micros) => new Money(micros, sum.Currency).ToDecimalString();
        }
    }
}
