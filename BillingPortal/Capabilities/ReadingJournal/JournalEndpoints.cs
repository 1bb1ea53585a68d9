using System.Globalization;
using System.Security.Claims;
using System.Text;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Reading;
using BillingPortal.Web;
using BillingPortal.Web.Csv;
using BillingPortal.Web.Layout;

namespace BillingPortal.Capabilities.ReadingJournal;

/// <summary>Journals as files: CSV of exactly what is filtered, and plain text for hledger and ledger. Both are sent as they are read.</summary>
public static class JournalEndpoints
{
    private const string One = "/organizations/{number:long}/journal";

    private static readonly string[] Heads =
    [
        "organization", "entry", "organization_name", "effective_at", "recorded_at", "period", "kind", "reason", "service", "comment", "actor", "actor_id",
        "via", "currency", "amount", "value_after", "late", "reverses", "reversed_by", "hash", "consumer",
    ];

    private static readonly string[] PaidHeads = ["effective_at", "recorded_at", "period", "kind", "service", "currency", "cost"];

    /// <summary>Maps the room's routes.</summary>
    public static WebApplication MapReadingJournal(this WebApplication app)
    {
        var journal = app.MapGroup("").RequireAuthorization().ExcludeFromDescription();
        journal.MapGet("/journal/export.csv", (HttpContext http, ExportJournal export) => WriteCsvAsync(http, null, export));
        journal.MapGet(One + "/export.csv", (HttpContext http, long number, ExportJournal export) => WriteCsvAsync(http, new OrganizationId(number), export));
        journal.MapGet("/journal/export.journal", (HttpContext http, ExportPlainText export) => WritePlainTextAsync(http, null, export));
        journal.MapGet(One + "/export.journal", (HttpContext http, long number, ExportPlainText export) => WritePlainTextAsync(http, new OrganizationId(number), export));
        journal.MapGet("/organizations/{number:long}/paid-charges/export.csv", WritePaidChargesAsync);
        return app;
    }

    private static async Task WriteCsvAsync(HttpContext http, OrganizationId? organization, ExportJournal export)
    {
        var form = new JournalForm(key => http.Request.Query[key].FirstOrDefault());
        var zone = new ViewZone(http.Request.Cookies["bp-zone"]).Current;
        var outcome = await export.RunAsync(CallerOf(http.User), organization, form, zone, http.RequestAborted);
        if (outcome is not Outcome<JournalExport>.Done { Value: var journal })
        {
            await RefuseAsync(http, outcome);
            return;
        }

        await using var file = Begin(http, "text/csv", NameOf(organization) + ".csv", withMark: true);
        await file.WriteAsync(CsvCell.Line(Heads));
        var written = 0;
        await foreach (var (line, actor) in journal.Lines)
        {
            await file.WriteAsync(CsvCell.Line(Cells(line, actor)));
            if (++written % 1_000 == 0)
            {
                await file.FlushAsync(http.RequestAborted);
            }
        }
    }

    private static async Task WritePaidChargesAsync(HttpContext http, long number, GetPaidCharges query)
    {
        var outcome = await query.AllAsync(CallerOf(http.User), new OrganizationId(number), http.RequestAborted);
        if (outcome is not Outcome<IAsyncEnumerable<PaidCharge>>.Done { Value: var charges })
        {
            await RefuseAsync(http, outcome);
            return;
        }

        await using var file = Begin(http, "text/csv", $"paid-charges-{number}.csv", withMark: true);
        await file.WriteAsync(CsvCell.Line(PaidHeads));
        await foreach (var charge in charges)
        {
            await file.WriteAsync(CsvCell.Line([
                charge.EffectiveAt.ToString(), charge.Cursor.RecordedAt.ToString(), string.Create(CultureInfo.InvariantCulture, $"{new Domain.Billing.BillingPeriod(charge.Period)}"),
                EntryKinds.CodeOf(charge.Kind), charge.Service, charge.Amount.Currency.Code, charge.Amount.ToDecimalString(),
            ]));
        }
    }

    private static async Task WritePlainTextAsync(HttpContext http, OrganizationId? organization, ExportPlainText export)
    {
        var outcome = await export.RunAsync(CallerOf(http.User), organization, http.RequestAborted);
        if (outcome is not Outcome<Func<TextWriter, CancellationToken, Task>>.Done { Value: var write })
        {
            await RefuseAsync(http, outcome);
            return;
        }

        await using var file = Begin(http, "text/plain", NameOf(organization) + ".journal", withMark: false);
        await write(file, http.RequestAborted);
    }

    private static StreamWriter Begin(HttpContext http, string type, string name, bool withMark)
    {
        http.Response.ContentType = type + "; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=" + name;
        http.Response.Headers.CacheControl = "no-store";
        return new StreamWriter(http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: withMark));
    }

    private static async Task RefuseAsync<T>(HttpContext http, Outcome<T> outcome)
    {
        var (status, reason) = outcome.Match(
            done: _ => throw new InvalidOperationException("Nothing is refused."),
            invalid: errors => (StatusCodes.Status400BadRequest, string.Join(" ", errors.Select(error => $"{error.Field}: {error.Message}"))),
            refused: refusal => (StatusCodes.Status403Forbidden, refusal.Message),
            needsApproval: _ => (StatusCodes.Status403Forbidden, "Approval is needed."),
            unknown: why => (StatusCodes.Status503ServiceUnavailable, why),
            notFound: what => (StatusCodes.Status404NotFound, what),
            stale: why => (StatusCodes.Status409Conflict, why));
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        await http.Response.WriteAsync("Nothing was exported. " + reason, http.RequestAborted);
    }

    private static Store.Caller CallerOf(ClaimsPrincipal person) =>
        CurrentCaller.Of(person) ?? throw new InvalidOperationException("Nobody is signed in.");

    private static string NameOf(OrganizationId? organization) => organization is { } id ? $"journal-{id}" : "journal";

    private static string?[] Cells(JournalLine line, ActorName actor) =>
    [
        line.Organization.ToString(), line.Seq.ToString(CultureInfo.InvariantCulture), line.OrganizationName, line.EffectiveAt.ToString(), line.RecordedAt.ToString(),
        string.Create(CultureInfo.InvariantCulture, $"{new Domain.Billing.BillingPeriod(line.Period)}"), EntryKinds.CodeOf(line.Kind), line.Reason, line.Service, line.Comment, actor.Name, line.Actor.Id,
        line.Actor.Via, line.Amount.Currency.Code, line.Amount.ToDecimalString(), line.After.ToDecimalString(), line.Late ? "yes" : "no",
        line.ReversesSeq?.ToString(CultureInfo.InvariantCulture), line.ReversedBySeq?.ToString(CultureInfo.InvariantCulture), line.Hash.ToString(), line.Consumer?.ToString(),
    ];
}
