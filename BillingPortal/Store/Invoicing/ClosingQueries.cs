using System.Collections.Immutable;
using System.Data.Common;
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

    // What takes an issued invoice back, so that it stands in the period again, or undoes that.
    private const string IsVoiding = "(e.kind = 4 AND e.service = '' AND e.reason IN ('invoice_voided', 'period_reopened'))";

    /// <summary>Everything that a close sees.</summary>
    public static async Task<ClosingFacts> FactsAsync(DbConnection connection, OrganizationId organization, int period)
    {
        var profile = await InvoicingProfiles.ReadAsync(connection, organization, period);
        var (document, voided) = await InvoiceQueries.OfPeriodAsync(connection, organization, period);
        var first = await FirstOpenAsync(connection, organization);
        var (recurring, skipped) = await BilledPackages.OfAsync(connection, organization, first, period);
        var figures = await FiguresAsync(connection, organization, first, period);
        return new ClosingFacts(
            skipped is { } packages ? figures with { EarlierOpen = Math.Min(packages, figures.EarlierOpen ?? packages) } : figures,
            profile, recurring, await InvoiceQueries.NextOrdinalAsync(connection, organization))
        {
            Document = document,
            Booked = document is null ? null : await InvoiceQueries.BookedAsync(connection, document),
            Voiding = document is null && voided is not null ? await InvoiceQueries.VoidingAsync(connection, voided) : null,
        };
    }

    /// <summary>What the journal holds for the period.</summary>
    private static async Task<PeriodFigures> FiguresAsync(DbConnection connection, OrganizationId organization, int first, int period)
    {
        var usage = new List<UsageFigure>();
        var drawn = new Dictionary<AccountKind, long>();
        await using (var command = LedgerQueries.Command(connection,
            $"""
            SELECT p.account, CASE WHEN a.kind = {(int)AccountKind.Revenue} THEN e.service ELSE '' END AS service, CAST(SUM(p.amount) AS bigint), MAX(o.name),
              MAX(CASE WHEN e.detail LIKE '_"rule":"rate-usage/%' THEN 0 ELSE 1 END) AS apart
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
                    usage.Add(new UsageFigure(account.Consumer ?? organization, rows.IsDBNull(3) ? "" : rows.GetString(3), rows.GetString(1), rows.GetInt64(2)) { AllRated = rows.GetInt64(4) == 0 });
                }
                else
                {
                    drawn[account.Kind] = drawn.GetValueOrDefault(account.Kind) - rows.GetInt64(2);
                }
            }
        }

        var quantities = await UsedQuantities.OfAsync(connection, organization, period);
        var (fees, voided) = await OwedAsync(connection, organization, period);
        return new PeriodFigures(period)
        {
            Usage = [.. usage.OrderBy(figure => figure.Consumer != organization).ThenBy(figure => figure.Consumer).ThenBy(figure => figure.Service, StringComparer.Ordinal)
                .Select(quantities.On)],
            Monthly = drawn.GetValueOrDefault(AccountKind.Monthly),
            Promotional = drawn.GetValueOrDefault(AccountKind.Promotional),
            Cash = drawn.GetValueOrDefault(AccountKind.Cash),
            Bonus = drawn.GetValueOrDefault(AccountKind.Bonus),
            Overdraft = drawn.GetValueOrDefault(AccountKind.Overdraft),
            Unbilled = -await UnbilledAsync(connection, organization, period),
            Fees = fees,
            Voided = voided,
            EarlierOpen = (int?)await LedgerQueries.ScalarAsync(connection,
                $"SELECT MIN(e.period) FROM journal_entry e WHERE e.organization_id = @o AND e.period >= @first AND e.period < @p AND e.kind IN (1, 2, 4) AND ({IsUsage} OR {IsVoiding})",
                ("o", organization.Value), ("first", first), ("p", period)),
        };
    }

    /// <summary>Plan fees that were booked as owed, line by line, and the invoices that were voided in the period: by what their entries say of themselves.</summary>
    private static async Task<(ImmutableArray<RecurringCharge> Fees, ImmutableArray<VoidedInvoice> Voided)> OwedAsync(DbConnection connection, OrganizationId organization, int period)
    {
        var (booked, voided) = (new List<(long Consumer, string Name, string Detail, bool Coupon, long Amount)>(), new List<VoidedInvoice>());
        await using (var command = LedgerQueries.Command(connection,
            $"""
            SELECT e.kind, e.detail, e.seq FROM posting p JOIN journal_entry e ON e.organization_id = p.organization_id AND e.seq = p.seq
            WHERE p.organization_id = @o AND p.account = {(int)AccountKind.UnbilledReceivable} AND e.period = @p AND e.kind = {(int)EntryKind.Fee}
            UNION ALL SELECT e.kind, e.detail, e.seq FROM journal_entry e WHERE e.organization_id = @o AND e.period = @p AND e.kind IN (1, 2, 4) AND {IsVoiding}
            ORDER BY 3
            """, ("o", organization.Value), ("p", period)))
        await using (var rows = await command.ExecuteReaderAsync())
        {
            while (await rows.ReadAsync())
            {
                if (rows.GetInt32(0) == (int)EntryKind.Fee)
                {
                    booked.AddRange(FeeLines.Read(rows.GetString(1)));
                }
                else if (VoidedInvoice.Read(rows.GetString(1)) is { } taken)
                {
                    voided.Add(taken);
                }
            }
        }

        var fees = ImmutableArray.CreateBuilder<RecurringCharge>();
        foreach (var (consumer, name, detail, coupon, amount) in booked)
        {
            await using var command = LedgerQueries.Command(connection, "SELECT name FROM organization WHERE id = @o", ("o", consumer));
            fees.Add(new RecurringCharge(new OrganizationId(consumer), await command.ExecuteScalarAsync() as string ?? "", name, amount) { Detail = detail, IsCoupon = coupon });
        }

        return (fees.ToImmutable(), [.. VoidedInvoice.Standing(voided)]);
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
}
