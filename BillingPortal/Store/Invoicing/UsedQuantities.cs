using System.Data.Common;
using System.Globalization;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Writing;

namespace BillingPortal.Store.Invoicing;

/// <summary>How much of each service was used in a month, where all of it was reported in one unit.</summary>
internal sealed class UsedQuantities
{
    private readonly Dictionary<(long Consumer, string Service), (decimal Quantity, string? Unit)> _found = [];

    /// <summary>Reads them: what was charged in the period, and what was reported in it and wholly included.</summary>
    public static async Task<UsedQuantities> OfAsync(DbConnection connection, OrganizationId ledger, int period)
    {
        var quantities = new UsedQuantities();
        await using var command = LedgerQueries.Command(connection,
            """
            SELECT r.organization_id, r.service, r.unit, r.quantity FROM rated_usage r JOIN journal_entry e ON e.organization_id = r.ledger_id AND e.seq = r.entry_seq
            WHERE r.ledger_id = @o AND r.entry_seq IS NOT NULL AND r.supersedes IS NULL AND e.period = @p
            UNION ALL
            SELECT r.organization_id, r.service, r.unit, r.quantity FROM rated_usage r
            WHERE r.organization_id IN (SELECT o.id FROM organization o WHERE o.id = @o OR o.payer_id = @o) AND r.period = @p AND r.superseded_by IS NULL AND r.ledger_id = @o
              AND (SELECT f.entry_seq FROM rated_usage f WHERE f.organization_id = r.organization_id AND f.number = r.origin) IS NULL
            """, ("o", ledger.Value), ("p", period));
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            var (key, unit) = ((rows.GetInt64(0), rows.GetString(1)), rows.GetString(2));
            var (quantity, same) = quantities._found.TryGetValue(key, out var known) ? known : (0m, unit);
            quantities._found[key] = (quantity + decimal.Parse(rows.GetString(3), CultureInfo.InvariantCulture), same == unit ? unit : null);
        }

        return quantities;
    }

    /// <summary>The figure with its quantity, where there is one.</summary>
    public UsageFigure On(UsageFigure figure) => figure.AllRated && _found.TryGetValue((figure.Consumer.Value, figure.Service), out var used) && used.Unit is { } unit
        ? figure with { Quantity = used.Quantity.ToString("0.###########", CultureInfo.InvariantCulture), Unit = unit } : figure;
}
