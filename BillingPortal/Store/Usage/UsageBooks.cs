using System.Data.Common;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store.Writing;

namespace BillingPortal.Store.Usage;

/// <summary>
/// Recomputes carries (rules §3): for each service of an organization, what its imports posted plus what it carries is exactly what was
/// delivered. An undone charge stays posted here: undoing it is a decision of its own, not a change of the bill.
/// </summary>
public static class UsageBooks
{
    /// <summary>The first service of <paramref name="organization"/> whose figures disagree, in words; null where all agree.</summary>
    public static async Task<string?> FindBreakAsync(DbConnection connection, long organization)
    {
        try
        {
            return await CompareAsync(connection, organization);
        }
        catch (FormatException unreadable)
        {
            return unreadable.Message;
        }
    }

    private static async Task<string?> CompareAsync(DbConnection connection, long organization)
    {
        var delivered = await SumAsync(connection, "SELECT service, amount FROM usage_delivered WHERE organization_id = @o", organization, Exact);
        var carried = await SumAsync(connection, "SELECT service, carried FROM usage_carry WHERE organization_id = @o", organization, Exact);

        // The keys of imports begin alike, so the unique index over keys finds their entries. What a payer's ledger was charged for this
        // organization is its revenue from it there.
        var posted = await SumAsync(connection,
            $"""
            SELECT e.service, p.amount FROM journal_entry e JOIN posting p ON p.organization_id = e.organization_id AND p.account = {(int)AccountKind.Revenue} AND p.seq = e.seq
            WHERE e.organization_id = @o AND {OfImports}
            UNION ALL SELECT e.service, p.amount FROM posting p JOIN journal_entry e ON e.organization_id = p.organization_id AND e.seq = p.seq
            WHERE p.account = {(int)AccountKind.Revenue} + 100 * @o AND p.account > 1000000 AND p.account % 100 = {(int)AccountKind.Revenue} AND {OfImports}
            """, organization, Charged);
        foreach (var service in delivered.Keys.Concat(carried.Keys).Concat(posted.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (was, now, kept) = (delivered.GetValueOrDefault(service), posted.GetValueOrDefault(service), carried.GetValueOrDefault(service));
            if (was != now + kept)
            {
                return $"{service}: delivered {was}, but posted {now} and carried {kept} make {now + kept}";
            }
        }

        return null;
    }

    private static ExactAmount Exact(DbDataReader rows) => ExactAmount.Parse(rows.GetString(1));

    private static ExactAmount Charged(DbDataReader rows) => ExactAmount.FromMicros(rows.GetInt64(1));

    /// <summary>What imports posted: their keys begin alike.</summary>
    internal const string OfImports = "e.idempotency_key >= 'import:' AND e.idempotency_key < 'import;'";

    private static async Task<Dictionary<string, ExactAmount>> SumAsync(DbConnection connection, string sql, long organization, Func<DbDataReader, ExactAmount> read)
    {
        var sums = new Dictionary<string, ExactAmount>(StringComparer.Ordinal);
        await using var command = LedgerQueries.Command(connection, sql, ("o", organization));
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            sums[rows.GetString(0)] = sums.GetValueOrDefault(rows.GetString(0)) + read(rows);
        }

        return sums;
    }
}
