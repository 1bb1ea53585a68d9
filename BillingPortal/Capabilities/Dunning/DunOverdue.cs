using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Dunning;

/// <summary>
/// Reminds of overdue invoices and blocks after 30 days (rules §8). It only finds them, by the index of what is due; the writer decides each, so that
/// however often and on however many nodes this runs, a reminder is sent once.
/// </summary>
public sealed partial class DunOverdue(IDbContextFactory<BillingStore> stores, JournalWriter writer, TimeProvider clock, ILogger<DunOverdue> log)
{
    private const int Page = 256;
    private static readonly Actor Dunning = Actor.System("dunning");

    /// <summary>Duns every invoice for which something is due; gives how many were reminded of or blocked.</summary>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var acted = 0;
        var (day, organization, ordinal) = (0, 0L, 0);
        while (true)
        {
            var page = await DueAsync(day, organization, ordinal, cancel);
            await Parallel.ForEachAsync(page, new ParallelOptions { MaxDegreeOfParallelism = Page, CancellationToken = cancel }, async (due, _) =>
            {
                if (await DunAsync(due))
                {
                    Interlocked.Increment(ref acted);
                }
            });
            if (page.Count < Page)
            {
                return acted;
            }

            (day, organization, ordinal) = (page[^1].DueOn, page[^1].Organization, page[^1].Ordinal);
        }
    }

    /// <summary>Open invoices with a reminder to come or an organization to be blocked, oldest first.</summary>
    private async Task<List<DueInvoice>> DueAsync(int day, long organization, int ordinal, CancellationToken cancel)
    {
        var now = Instant.Now(clock);
        int Since(int days) => DueDay.Since(days, now);
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await store.Database.SqlQueryRaw<DueInvoice>(
            """
            SELECT i.due_on AS "DueOn", i.organization_id AS "Organization", i.ordinal AS "Ordinal", i.steps AS "Steps"
            FROM invoice i JOIN organization o ON o.id = i.organization_id
            WHERE i.status = 2 AND i.due_on <= {0}
              AND (i.reminders = 0 OR (i.reminders = 1 AND i.due_on <= {1}) OR (i.reminders = 2 AND i.due_on <= {2})
                OR (i.due_on <= {3} AND (COALESCE(o.blocked_cause, 0) & {4}) = 0))
              AND (i.due_on > {5} OR (i.due_on = {5} AND (i.organization_id > {6} OR (i.organization_id = {6} AND i.ordinal > {7}))))
            ORDER BY i.due_on, i.organization_id, i.ordinal LIMIT 256
            """, Since(DunInvoice.Reminders[0]), Since(DunInvoice.Reminders[1]), Since(DunInvoice.Reminders[2]), Since(DunInvoice.BlockAfterDays), (int)BlockCause.Overdue,
            day, organization, ordinal).ToListAsync(cancel);
    }

    private async Task<bool> DunAsync(DueInvoice due)
    {
        // The step makes the key: whatever happened to the invoice since asks anew, the same round asks once.
        var key = string.Create(CultureInfo.InvariantCulture, $"dun:{due.Ordinal}:{due.Steps}");
        var outcome = await writer.RunAsync(new DunInvoice(Dunning, key, new OrganizationId(due.Organization), due.Ordinal), Agreement.OfProgram, CancellationToken.None);
        if (outcome is Outcome<Receipt>.Done(var receipt))
        {
            return receipt.Effects.Count > 0;
        }

        Left(log, due.Organization, due.Ordinal, outcome.ToString()!);
        return false;
    }

    private sealed record DueInvoice(int DueOn, long Organization, int Ordinal, int Steps);

    [LoggerMessage(2401, LogLevel.Warning, "Invoice {Organization}/{Ordinal} could not be dunned: {Reason} It is looked at again within the hour; if this repeats, open the invoice's page.")]
    private static partial void Left(ILogger log, long organization, int ordinal, string reason);
}
