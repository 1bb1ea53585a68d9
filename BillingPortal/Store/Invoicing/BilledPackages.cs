using System.Collections.Immutable;
using System.Data.Common;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Writing;

namespace BillingPortal.Store.Invoicing;

/// <summary>
/// Whose data packages a ledger is billed for in a month: its own and those of whom it pays for. Whoever paid when the month ended in UTC is billed for
/// it, whenever it is closed and whoever pays by then, so that each month is billed once.
/// </summary>
internal static class BilledPackages
{
    /// <summary>The charges of <paramref name="period"/>, and the first month from <paramref name="first"/> on that has some and lies before it; null for none.</summary>
    public static async Task<(ImmutableArray<RecurringCharge> Charges, int? Skipped)> OfAsync(DbConnection connection, OrganizationId ledger, int first, int period)
    {
        var charges = ImmutableArray.CreateBuilder<RecurringCharge>();
        int? skipped = null;
        foreach (var (consumer, name, payer, from, until) in await CandidatesAsync(connection, ledger))
        {
            var changes = await PayersAsync(connection, consumer);
            bool Billed(BillingPeriod month) => PayerAt(changes, payer, month.EndIn(TimeZoneInfo.Utc)) is var paid && (paid ?? consumer) == ledger;
            for (var month = new BillingPeriod(Math.Max(first, from)); month.Number < period && month.Number <= until && (skipped is null || month.Number < skipped); month = month.Next)
            {
                skipped = Billed(month) && (await Rating.RecurringCharges.ReadAsync(connection, consumer, month)).Any(charge => charge.Amount.Micros > 0) ? month.Number : skipped;
            }

            if (Billed(new BillingPeriod(period)))
            {
                charges.AddRange((await Rating.RecurringCharges.ReadAsync(connection, consumer, new BillingPeriod(period)))
                    .Where(charge => charge.Amount.Micros > 0).Select(charge => new RecurringCharge(consumer, name, charge.Name, charge.Amount.Micros)));
            }
        }

        return (charges.ToImmutable(), skipped);
    }

    /// <summary>Whoever has packages and was ever paid for by the ledger, with the months that they span; the ledger's own first.</summary>
    private static async Task<List<(OrganizationId Id, string Name, OrganizationId? Payer, int From, int Until)>> CandidatesAsync(DbConnection connection, OrganizationId ledger)
    {
        await using var command = LedgerQueries.Command(connection,
            """
            SELECT o.id, o.name, o.payer_id, MIN(d.starts_on), MAX(COALESCE(d.ends_on, 999912)) FROM organization o JOIN data_package d ON d.organization_id = o.id
            WHERE o.id IN (SELECT @o UNION SELECT p.id FROM organization p WHERE p.payer_id = @o UNION SELECT c.organization_id FROM payer_change c WHERE c.payer_before = @o)
            GROUP BY o.id, o.name, o.payer_id ORDER BY CASE WHEN o.id = @o THEN 0 ELSE 1 END, o.id
            """, ("o", ledger.Value));
        await using var rows = await command.ExecuteReaderAsync();
        var found = new List<(OrganizationId, string, OrganizationId?, int, int)>();
        while (await rows.ReadAsync())
        {
            found.Add((new OrganizationId(rows.GetInt64(0)), rows.GetString(1), rows.IsDBNull(2) ? null : new OrganizationId(rows.GetInt64(2)), (int)rows.GetInt64(3), (int)rows.GetInt64(4)));
        }

        return found;
    }

    /// <summary>When another began to pay, and who did before; oldest first.</summary>
    private static async Task<List<(long At, OrganizationId? Before)>> PayersAsync(DbConnection connection, OrganizationId consumer)
    {
        await using var command = LedgerQueries.Command(connection, "SELECT at, payer_before FROM payer_change WHERE organization_id = @o ORDER BY at, step", ("o", consumer.Value));
        await using var rows = await command.ExecuteReaderAsync();
        var changes = new List<(long, OrganizationId?)>();
        while (await rows.ReadAsync())
        {
            changes.Add((rows.GetInt64(0), rows.IsDBNull(1) ? null : new OrganizationId(rows.GetInt64(1))));
        }

        return changes;
    }

    private static OrganizationId? PayerAt(List<(long At, OrganizationId? Before)> changes, OrganizationId? now, Instant at) =>
        changes.FindIndex(change => change.At >= at.Micros) is >= 0 and var next ? changes[next].Before : now;
}
