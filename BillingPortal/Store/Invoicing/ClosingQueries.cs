using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Writing;

namespace BillingPortal.Store.Invoicing;

/// <summary>What closing a period must see, the same SQL on both databases.</summary>
internal static class ClosingQueries
{
    // What charges, gives back or undoes either; undoing anything else names no service.
    private const string IsUsage = "(e.kind IN (1, 2) OR (e.kind = 4 AND e.service <> ''))";

    /// <summary>Everything that a close sees.</summary>
    public static async Task<ClosingFacts> FactsAsync(DbConnection connection, OrganizationId organization, int period)
    {
        var profile = await InvoicingProfiles.ReadAsync(connection, organization, period);
        var document = await InvoiceQueries.OfPeriodAsync(connection, organization, period);
        return new ClosingFacts(
            await FiguresAsync(connection, organization, period), profile, await RecurringAsync(connection, organization, period), await InvoiceQueries.NextOrdinalAsync(connection, organization))
        {
            Document = document,
            Booked = document is null ? null : await InvoiceQueries.BookedAsync(connection, document),
        };
    }

    /// <summary>What the journal holds for the period.</summary>
    public static async Task<PeriodFigures> FiguresAsync(DbConnection connection, OrganizationId organization, int period)
    {
        var usage = new List<UsageFigure>();
        var drawn = new Dictionary<AccountKind, long>();
        await using (var command = LedgerQueries.Command(connection,
            $"""
            SELECT p.account, CASE WHEN a.kind = {(int)AccountKind.Revenue} THEN e.service ELSE '' END AS service, CAST(SUM(p.amount) AS bigint), MAX(o.name)
            FROM journal_entry e JOIN account a ON a.organization_id = e.organization_id
            JOIN posting p ON p.organization_id = e.organization_id AND p.account = a.account AND p.seq = e.seq
            LEFT JOIN organization o ON a.kind = {(int)AccountKind.Revenue} AND o.id = CASE WHEN a.account < 100 THEN e.organization_id ELSE a.account / 100 END
            WHERE e.organization_id = @o AND e.period = @p AND e.kind IN (1, 2, 4) AND {IsUsage} AND a.kind <= {(int)AccountKind.Revenue}
            GROUP BY p.account, CASE WHEN a.kind = {(int)AccountKind.Revenue} THEN e.service ELSE '' END
            """, ("o", organization.Value), ("p", period)))
        await using (var rows = await command.ExecuteReaderAsync())
        {
            while (await rows.ReadAsync())
            {
                var account = new AccountKey(rows.GetInt32(0));
                if (account.Kind == AccountKind.Revenue)
                {
                    usage.Add(new UsageFigure(account.Consumer ?? organization, rows.IsDBNull(3) ? "" : rows.GetString(3), rows.GetString(1), rows.GetInt64(2)));
                }
                else
                {
                    drawn[account.Kind] = drawn.GetValueOrDefault(account.Kind) - rows.GetInt64(2);
                }
            }
        }

        var quantities = await QuantitiesAsync(connection, organization, period);
        return new PeriodFigures(period)
        {
            Usage = [.. usage.OrderBy(figure => figure.Consumer != organization).ThenBy(figure => figure.Consumer).ThenBy(figure => figure.Service, StringComparer.Ordinal)
                .Select(figure => quantities.TryGetValue((figure.Consumer.Value, figure.Service), out var used) && used.Unit is { } unit
                    ? figure with { Quantity = used.Quantity.ToString("0.###########", CultureInfo.InvariantCulture), Unit = unit } : figure)],
            Monthly = drawn.GetValueOrDefault(AccountKind.Monthly),
            Promotional = drawn.GetValueOrDefault(AccountKind.Promotional),
            Cash = drawn.GetValueOrDefault(AccountKind.Cash),
            Bonus = drawn.GetValueOrDefault(AccountKind.Bonus),
            Overdraft = drawn.GetValueOrDefault(AccountKind.Overdraft),
            Unbilled = -await UnbilledAsync(connection, organization, period),
            Fees = await FeesAsync(connection, organization, period),
            EarlierOpen = (int?)await LedgerQueries.ScalarAsync(connection,
                $"SELECT MIN(e.period) FROM journal_entry e WHERE e.organization_id = @o AND e.period >= @first AND e.period < @p AND e.kind IN (1, 2, 4) AND {IsUsage}",
                ("o", organization.Value), ("first", await FirstOpenAsync(connection, organization)), ("p", period)),
        };
    }

    /// <summary>Plan fees that were booked as owed, each by the words of its first line.</summary>
    private static async Task<ImmutableArray<RecurringCharge>> FeesAsync(DbConnection connection, OrganizationId organization, int period)
    {
        var booked = new List<(long Consumer, string Name, long Amount)>();
        await using (var command = LedgerQueries.Command(connection,
            $"""
            SELECT e.detail, -p.amount FROM posting p JOIN journal_entry e ON e.organization_id = p.organization_id AND e.seq = p.seq
            WHERE p.organization_id = @o AND p.account = {(int)AccountKind.UnbilledReceivable} AND e.period = @p AND e.kind = {(int)EntryKind.Fee} ORDER BY e.seq
            """, ("o", organization.Value), ("p", period)))
        await using (var rows = await command.ExecuteReaderAsync())
        {
            while (await rows.ReadAsync())
            {
                using var detail = JsonDocument.Parse(rows.GetString(0));
                var root = detail.RootElement;
                booked.Add((root.GetProperty("organization").GetInt64(), root.GetProperty("lines")[0].GetProperty("text").GetString() ?? "Plan", rows.GetInt64(1)));
            }
        }

        var fees = ImmutableArray.CreateBuilder<RecurringCharge>();
        foreach (var (consumer, name, amount) in booked)
        {
            await using var command = LedgerQueries.Command(connection, "SELECT name FROM organization WHERE id = @o", ("o", consumer));
            fees.Add(new RecurringCharge(new OrganizationId(consumer), await command.ExecuteScalarAsync() as string ?? "", name, amount));
        }

        return fees.ToImmutable();
    }

    /// <summary>The first month that is not closed, as 202409; 0 where none ever was.</summary>
    private static async Task<int> FirstOpenAsync(DbConnection connection, OrganizationId organization)
    {
        await using var command = LedgerQueries.Command(connection, "SELECT closed_until, time_zone FROM organization WHERE id = @o AND closed_until IS NOT NULL", ("o", organization.Value));
        await using var rows = await command.ExecuteReaderAsync();
        return await rows.ReadAsync() ? BillingPeriod.Of(new Instant(rows.GetInt64(0)), rows.GetString(1)).Number : 0;
    }

    /// <summary>The unbilled receivable of that period and those before: all of it but what later ones made. Sign as in the ledger.</summary>
    private static async Task<long> UnbilledAsync(DbConnection connection, OrganizationId organization, int period) => await LedgerQueries.ScalarAsync(connection,
        $"""
        SELECT COALESCE((SELECT balance FROM account WHERE organization_id = @o AND account = {(int)AccountKind.UnbilledReceivable}), 0)
          - COALESCE((SELECT CAST(SUM(p.amount) AS bigint) FROM journal_entry e JOIN posting p ON p.organization_id = e.organization_id
              AND p.account = {(int)AccountKind.UnbilledReceivable} AND p.seq = e.seq WHERE e.organization_id = @o AND e.period > @p), 0)
        """, ("o", organization.Value), ("p", period)) ?? 0;

    /// <summary>How much of each service was used, where it was reported in one unit.</summary>
    private static async Task<Dictionary<(long Consumer, string Service), (decimal Quantity, string? Unit)>> QuantitiesAsync(DbConnection connection, OrganizationId organization, int period)
    {
        var found = new Dictionary<(long, string), (decimal Quantity, string? Unit)>();
        await using var command = LedgerQueries.Command(connection,
            """
            SELECT r.organization_id, r.service, r.unit, r.quantity FROM rated_usage r JOIN journal_entry e ON e.organization_id = r.ledger_id AND e.seq = r.entry_seq
            WHERE r.ledger_id = @o AND r.entry_seq IS NOT NULL AND r.supersedes IS NULL AND e.period = @p
            """, ("o", organization.Value), ("p", period));
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            var (key, unit) = ((rows.GetInt64(0), rows.GetString(1)), rows.GetString(2));
            var (quantity, same) = found.TryGetValue(key, out var known) ? known : (0m, unit);
            found[key] = (quantity + decimal.Parse(rows.GetString(3), CultureInfo.InvariantCulture), same == unit ? unit : null);
        }

        return found;
    }

    /// <summary>Of itself, where it pays for itself, and of those whose usage it pays.</summary>
    private static async Task<ImmutableArray<RecurringCharge>> RecurringAsync(DbConnection connection, OrganizationId organization, int period)
    {
        var consumers = new List<(OrganizationId Id, string Name)>();
        await using (var command = LedgerQueries.Command(connection,
            """
            SELECT o.id, o.name FROM organization o WHERE ((o.id = @o AND o.payer_id IS NULL) OR o.payer_id = @o)
              AND EXISTS (SELECT 1 FROM data_package d WHERE d.organization_id = o.id) ORDER BY CASE WHEN o.id = @o THEN 0 ELSE 1 END, o.id
            """, ("o", organization.Value)))
        await using (var rows = await command.ExecuteReaderAsync())
        {
            while (await rows.ReadAsync())
            {
                consumers.Add((new OrganizationId(rows.GetInt64(0)), rows.GetString(1)));
            }
        }

        var charges = ImmutableArray.CreateBuilder<RecurringCharge>();
        foreach (var (id, name) in consumers)
        {
            charges.AddRange((await Rating.RecurringCharges.ReadAsync(connection, id, new BillingPeriod(period)))
                .Where(charge => charge.Amount.Micros > 0).Select(charge => new RecurringCharge(id, name, charge.Name, charge.Amount.Micros)));
        }

        return charges.ToImmutable();
    }
}
