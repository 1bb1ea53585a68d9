using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Store.Auditing;

/// <summary>Publishes the ledgers' heads after a check in which every law held; the next check holds the ledgers to them.</summary>
public sealed class HeadPublication(IDbContextFactory<BillingStore> stores)
{
    private const int Together = 5_000;

    /// <summary>Publishes the heads as they are now, some thousands in one short transaction.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        for (var from = 0L; await NextAsync(store, from, cancel) is { } to; from = to)
        {
            await store.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO published_head (organization_id, seq, hash)
                SELECT organization_id, seq, hash FROM ledger_head WHERE organization_id > {from} AND organization_id <= {to}
                ON CONFLICT (organization_id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash WHERE published_head.seq < excluded.seq
                """, cancel);
        }
    }

    private static async Task<long?> NextAsync(BillingStore store, long from, CancellationToken cancel) => await store.Heads
        .Where(head => head.OrganizationId > from).OrderBy(head => head.OrganizationId).Take(Together).MaxAsync(head => (long?)head.OrganizationId, cancel);
}
