using System.Globalization;
using System.Security.Claims;
using System.Text;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Web;
using BillingPortal.Web.Csv;

namespace BillingPortal.Capabilities.Recharges;

/// <summary>Recharges as a file: CSV of exactly what is filtered, sent as it is read.</summary>
public static class RechargeEndpoints
{
    private static readonly string[] Heads =
    [
        "recharge", "decided_at", "state", "changed_at", "currency", "amount", "card", "attempts", "cause", "cause_entry", "available", "threshold", "rule_version",
        "limit_left", "payment", "settled_entry", "failure",
    ];

    /// <summary>Maps the room's routes.</summary>
    public static WebApplication MapRecharges(this WebApplication app)
    {
        app.MapGet("/organizations/{number:long}/recharges/export.csv", WriteAsync).RequireAuthorization().ExcludeFromDescription();
        return app;
    }

    private static async Task WriteAsync(HttpContext http, long number, ListRecharges recharges)
    {
        var form = new RechargeForm(key => http.Request.Query[key].FirstOrDefault());
        var outcome = await recharges.ExportAsync(CallerOf(http.User), new OrganizationId(number), form, http.RequestAborted);
        if (outcome is not Outcome<(Organization Organization, IAsyncEnumerable<RechargeLine> Lines)>.Done { Value.Lines: var lines })
        {
            await RefuseAsync(http, outcome);
            return;
        }

        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=recharges-{number}.csv");
        http.Response.Headers.CacheControl = "no-store";
        await using var file = new StreamWriter(http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await file.WriteAsync(CsvCell.Line(Heads));
        await foreach (var line in lines)
        {
            await file.WriteAsync(CsvCell.Line(Cells(line)));
        }
    }

    private static async Task RefuseAsync<T>(HttpContext http, Outcome<T> outcome)
    {
        var (status, reason) = outcome switch
        {
            Outcome<T>.Invalid invalid => (StatusCodes.Status400BadRequest, string.Join(' ', invalid.Errors.Select(error => error.Message))),
            Outcome<T>.Refused refused => (StatusCodes.Status403Forbidden, refused.Refusal.Message),
            Outcome<T>.NotFound missing => (StatusCodes.Status404NotFound, missing.What),
            _ => (StatusCodes.Status503ServiceUnavailable, "Try again."),
        };
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        await http.Response.WriteAsync("Nothing was exported. " + reason, http.RequestAborted);
    }

    private static Store.Caller CallerOf(ClaimsPrincipal person) => CurrentCaller.Of(person) ?? throw new InvalidOperationException("Nobody is signed in.");

    private static string?[] Cells(RechargeLine line) =>
    [
        line.Number.ToString(CultureInfo.InvariantCulture), line.DecidedAt.ToString(), RechargeWords.CodeOf(line.State), line.ChangedAt.ToString(), line.Amount.Currency.Code,
        line.Amount.ToDecimalString(), line.Card, line.Attempt.ToString(CultureInfo.InvariantCulture), line.Cause is { } cause ? EntryKinds.CodeOf(cause.Kind) : "rule",
        line.Cause?.Seq.ToString(CultureInfo.InvariantCulture), line.Available.ToDecimalString(), line.Threshold.ToDecimalString(), line.RuleVersion.ToString(CultureInfo.InvariantCulture),
        line.LimitLeft?.ToDecimalString(), line.PaymentId, line.SettledSeq?.ToString(CultureInfo.InvariantCulture), line.FailureMessage,
    ];
}
