using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Writing;

namespace BillingPortal.Store.Usage;

/// <summary>
/// Who was charged for an organization's imported usage. Only publications write such entries, so that under their lock this holds until the end; an undone charge
/// counts all the same, as in <see cref="UsageBooks"/>.
/// </summary>
internal static class UsagePayers
{
    // import:12:202409:Compute, and @10007 at its end in another's ledger.
    private const int PeriodAt = 2;

    /// <summary>By service, month and ledger, last charged first.</summary>
    public static async Task<ImmutableArray<PaidUsage>> ReadAsync(DbConnection connection, OrganizationId organization)
    {
        var paid = new Dictionary<(string Service, int Period, long Ledger), (long Micros, long At)>();
        await using var command = LedgerQueries.Command(connection,
            $"""
            SELECT e.organization_id, e.service, e.idempotency_key, p.amount, e.recorded_at
            FROM journal_entry e JOIN posting p ON p.organization_id = e.organization_id AND p.account = {(int)AccountKind.Revenue} AND p.seq = e.seq
            WHERE e.organization_id = @o AND {UsageBooks.OfImports}
            UNION ALL SELECT e.organization_id, e.service, e.idempotency_key, p.amount, e.recorded_at
            FROM posting p JOIN journal_entry e ON e.organization_id = p.organization_id AND e.seq = p.seq
            WHERE p.account = {(int)AccountKind.Revenue} + 100 * @o AND p.account > 1000000 AND p.account % 100 = {(int)AccountKind.Revenue} AND {UsageBooks.OfImports}
            """, ("o", organization.Value));
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            var key = (rows.GetString(1), int.Parse(rows.GetString(2).Split(':')[PeriodAt], CultureInfo.InvariantCulture), rows.GetInt64(0));
            var (micros, at) = paid.GetValueOrDefault(key);
            paid[key] = (micros + rows.GetInt64(3), rows.GetInt64(3) > 0 ? Math.Max(at, rows.GetInt64(4)) : at);
        }

        return
        [
            .. paid.OrderByDescending(one => one.Value.At).ThenBy(one => one.Key.Ledger)
                .Select(one => new PaidUsage(one.Key.Service, new BillingPeriod(one.Key.Period), new OrganizationId(one.Key.Ledger), one.Value.Micros)),
        ];
    }
}
