using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Store.Reading;

/// <summary>What usage drew of the value that was held: monthly, promotional, cash and bonus. Millionths.</summary>
/// <param name="InPeriod">In one billing period.</param>
/// <param name="Ever">Ever.</param>
public sealed record Draws(long InPeriod, long Ever)
{
    /// <summary>Reads them, net of what was given back.</summary>
    public static async Task<Draws> ReadAsync(BillingStore store, OrganizationId organization, int period, CancellationToken cancel)
    {
        var rows = await store.Database.SqlQuery<Drawn>(
            $"""
            SELECT t.current_period AS "Current", CAST(-SUM(t.amount) AS bigint) AS "Amount" FROM (
              SELECT CASE WHEN e.period = {period} THEN 1 ELSE 0 END AS current_period, p.amount
              FROM journal_entry e JOIN account a ON a.organization_id = e.organization_id AND a.kind <= 4
              JOIN posting p ON p.organization_id = e.organization_id AND p.account = a.account AND p.seq = e.seq
              WHERE e.organization_id = {organization.Value} AND e.kind IN (1, 2, 4) AND (e.kind <> 4 OR e.service <> '')) t
            GROUP BY t.current_period
            """).ToListAsync(cancel);
        return new Draws(rows.Where(row => row.Current == 1).Sum(row => row.Amount), rows.Sum(row => row.Amount));
    }

    private sealed record Drawn(int Current, long Amount);
}
