using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Overviews;

/// <summary>
/// Charges and corrections by service and quarter of an hour. Every zone's days begin on a quarter, so days can be told from these
/// whatever the zone, and however many entries a month has, few rows are read.
/// </summary>
internal static class SpendSlots
{
    private const long Quarter = 15L * 60 * 1_000_000;

    // In order and late apart: each has an index of its own.
    private static readonly string Sqlite = Statement("late = 0", "late = 1");
    private static readonly string Postgres = Statement("NOT late", "late");

    /// <summary>The slots of one organization's window, what others paid for it included.</summary>
    public static async Task<List<SpendSlot>> ReadAsync(BillingStore store, SpendWindow window, CancellationToken cancel)
    {
        var rows = await store.Database.SqlQueryRaw<SlotRow>(store is SqliteBillingStore ? Sqlite : Postgres, window.Organization, window.From, window.To).ToListAsync(cancel);
        rows.AddRange(await store.Database.SqlQueryRaw<SlotRow>(PaidFor, window.Organization, window.From, window.To).ToListAsync(cancel));
        return rows.ConvertAll(row => new SpendSlot(row.Service, new Instant(row.Slot * Quarter), row.Amount));
    }

    private static string Statement(string inOrder, string late) =>
        $$"""
        SELECT e.service AS "Service", e.slot AS "Slot", CAST(SUM(p.amount) AS bigint) AS "Amount"
        FROM (SELECT seq, service, effective_at / {{Quarter}} AS slot FROM journal_entry
            WHERE organization_id = {0} AND effective_at >= {1} AND effective_at < {2} AND {{inOrder}}
          UNION ALL SELECT seq, service, effective_at / {{Quarter}} FROM journal_entry
            WHERE organization_id = {0} AND effective_at >= {1} AND effective_at < {2} AND {{late}}) e
        JOIN posting p ON p.organization_id = {0} AND p.account = {{(int)AccountKind.Revenue}} AND p.seq = e.seq
        GROUP BY e.service, e.slot
        """;

    private static readonly string PaidFor =
        $$"""
        SELECT e.service AS "Service", e.effective_at / {{Quarter}} AS "Slot", CAST(SUM(p.amount) AS bigint) AS "Amount"
        FROM posting p JOIN journal_entry e ON e.organization_id = p.organization_id AND e.seq = p.seq
        WHERE {{PaidByOthers.Tagged}} AND p.effective_at >= {1} AND p.effective_at < {2}
        GROUP BY e.service, e.effective_at / {{Quarter}}
        """;

    private sealed class SlotRow
    {
        public string Service { get; set; } = "";

        public long Slot { get; set; }

        public long Amount { get; set; }
    }
}

/// <summary>A quarter of an hour's charges net of corrections.</summary>
/// <param name="Service">For what.</param>
/// <param name="Start">When the quarter began.</param>
/// <param name="Amount">Millionths.</param>
internal sealed record SpendSlot(string Service, Instant Start, long Amount);
