using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.ClosingMonths;

/// <summary>
/// What closing a month, or issuing its drafts, would do to every organization: each decided by the code that would commit it. Reads by key in
/// batches and previews several at once; nothing is locked.
/// </summary>
public sealed class PreviewingMonth(IDbContextFactory<BillingStore> stores, JournalWriter writer) : ICapability
{
    /// <summary>How many previews are read at once.</summary>
    public const int AtOnce = 8;

    private const int Batch = 500;

    // Months end between 14 hours before and 12 hours after they do in UTC.
    private static readonly TimeSpan Earliest = TimeSpan.FromHours(-15), Latest = TimeSpan.FromHours(13);

    /// <inheritdoc />
    public static Permission Permission => Permission.ClosePeriods;

    /// <summary>Whether the caller may, read anew.</summary>
    public async Task<Outcome<bool>> AskAsync(Caller caller, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return (await Access.ReadAsync(store, caller, cancel)).MayOnPlatform(Permission)
            ? new Outcome<bool>.Done(Value: true) : new Outcome<bool>.Refused(Access.Missing(Permission));
    }

    /// <summary>Every line of a run, by organization; <paramref name="tell"/> hears how many there are so far.</summary>
    public async Task<Outcome<ImmutableArray<MonthLine>>> RunAsync(
        Caller caller, MonthAct act, BillingPeriod period, IReadOnlySet<long>? chosen, Action<int> tell, CancellationToken cancel)
    {
        if (await AskAsync(caller, cancel) is Outcome<bool>.Refused(var refusal))
        {
            return new Outcome<ImmutableArray<MonthLine>>.Refused(refusal);
        }

        var lines = new List<MonthLine>();
        var bounds = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel };
        await foreach (var batch in act == MonthAct.Close ? OpenAsync(period, cancel) : DraftsAsync(period, cancel))
        {
            var wanted = chosen is null ? batch : [.. batch.Where(line => chosen.Contains(line.Organization.Value))];
            var shown = new MonthLine[wanted.Count];
            await Parallel.ForAsync(0, wanted.Count, bounds, async (at, stop) =>
                shown[at] = wanted[at].With(await writer.PreviewAsync(wanted[at].Command(act, period, caller.Actor, "preview"), stop)));
            lines.AddRange(shown.Where(line => line.State != LineState.DoneBefore));
            tell(lines.Count);
        }

        return new Outcome<ImmutableArray<MonthLine>>.Done([.. lines]);
    }

    /// <summary>
    /// Organizations whose month is open, by number: whoever was there before it ended, or used something in it. One that never had an entry or a
    /// package and whose usage another pays has no month to close.
    /// </summary>
    private async IAsyncEnumerable<List<MonthLine>> OpenAsync(BillingPeriod period, [EnumeratorCancellation] CancellationToken cancel)
    {
        var end = period.EndIn(TimeZoneInfo.Utc);
        var (after, more) = (0L, true);
        while (more)
        {
            await using var store = await stores.CreateDbContextAsync(cancel);
            var rows = await store.Database.SqlQueryRaw<OpenRow>(
                """
                SELECT o.id AS "Id", o.name AS "Name", o.currency AS "Currency", o.time_zone AS "Zone", o.closed_until AS "ClosedUntil",
                  (SELECT CAST(SUM(i.net) AS bigint) FROM invoice i WHERE i.organization_id = o.id AND i.period = {3} AND i.kind <> 2 AND i.status <> 4) AS "NetBefore"
                FROM organization o
                WHERE o.id > {0} AND (o.closed_until IS NULL OR o.closed_until < {1})
                  AND (o.payer_id IS NULL OR EXISTS (SELECT 1 FROM ledger_head h WHERE h.organization_id = o.id AND h.seq > 0)
                    OR EXISTS (SELECT 1 FROM data_package d WHERE d.organization_id = o.id))
                  AND (o.created_at < {1} OR EXISTS (SELECT 1 FROM journal_entry e WHERE e.organization_id = o.id AND e.period = {2} AND e.kind IN (1, 2, 4)))
                ORDER BY o.id LIMIT 500
                """,
                after, end.Plus(Latest).Micros, period.Number, period.Previous.Number).ToListAsync(cancel);
            (after, more) = (rows.Count > 0 ? rows[^1].Id : after, rows.Count == Batch);
            yield return [.. rows.Where(row => row.ClosedUntil is not { } until || until < end.Plus(Earliest).Micros || until < period.EndIn(TimeZoneInfo.FindSystemTimeZoneById(row.Zone)).Micros)
                .Select(row => new MonthLine(new OrganizationId(row.Id), row.Name, Currency.Of(row.Currency)) { NetBefore = row.NetBefore })];
        }
    }

    private async IAsyncEnumerable<List<MonthLine>> DraftsAsync(BillingPeriod period, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (after, ordinal, more) = (0L, 0, true);
        while (more)
        {
            await using var store = await stores.CreateDbContextAsync(cancel);
            var rows = await store.Invoices.Where(invoice => invoice.Period == period.Number && invoice.Status == InvoiceStatus.Draft
                    && (invoice.OrganizationId > after || (invoice.OrganizationId == after && invoice.Ordinal > ordinal)))
                .OrderBy(invoice => invoice.OrganizationId).ThenBy(invoice => invoice.Ordinal).Take(Batch)
                .Join(store.Organizations, invoice => invoice.OrganizationId, o => o.Id, (invoice, o) => new { o.Id, o.Name, o.Currency, invoice.Ordinal })
                .OrderBy(row => row.Id).ThenBy(row => row.Ordinal).ToListAsync(cancel);
            (after, ordinal, more) = rows.Count > 0 ? (rows[^1].Id, rows[^1].Ordinal, rows.Count == Batch) : (after, ordinal, false);
            yield return [.. rows.Select(row => new MonthLine(new OrganizationId(row.Id), row.Name, Currency.Of(row.Currency)) { Ordinal = row.Ordinal })];
        }
    }

    private sealed record OpenRow(long Id, string Name, string Currency, string Zone, long? ClosedUntil, long? NetBefore);
}
