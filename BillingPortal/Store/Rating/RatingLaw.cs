using System.Data.Common;
using System.Globalization;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store.Auditing;

namespace BillingPortal.Store.Rating;

/// <summary>Rated usage recomputes: what its lines come to exactly is what was posted and what is carried (rules §3).</summary>
public sealed class RatingLaw(DatabaseOptions options) : ILaw
{
    /// <inheritdoc />
    public string Code => "rating";

    /// <inheritdoc />
    public string Name => "Rated usage recomputes";

    /// <inheritdoc />
    public string Scope => "lines as they stand equal posted plus carried, to the last decimal";

    /// <inheritdoc />
    public string Unit => "organizations";

    /// <inheritdoc />
    public async Task<LawFinding> CheckAsync(CancellationToken cancel)
    {
        await using var connection = await LedgerConnection.OpenAsync(options, cancel);
        var checkedOver = 0L;
        for (var organization = 0L; ;)
        {
            // One picture for each organization, so that nothing is seen half rated and no read lasts.
            await using var picture = await connection.PictureAsync(cancel);
            if (await connection.NumberAsync("SELECT MIN(organization_id) FROM rated_carry WHERE organization_id > @after", ("after", organization)) is not { } next)
            {
                return new LawFinding(Holds: true, checkedOver, "");
            }

            organization = next;
            checkedOver++;
            if (await FindBreakAsync(connection.Connection, organization) is { } broken)
            {
                return new LawFinding(Holds: false, checkedOver, $"organization {LedgerConnection.Text(organization)}, {broken}");
            }
        }
    }

    private static async Task<string?> FindBreakAsync(DbConnection connection, long organization)
    {
        var rated = await SumAsync(connection, "SELECT service, amount FROM rated_usage WHERE organization_id = @o AND superseded_by IS NULL", organization, row => RatingQueries.Exact(row, 1));
        var carried = await SumAsync(connection, "SELECT service, carried FROM rated_carry WHERE organization_id = @o", organization, row => RatingQueries.Exact(row, 1));

        // What a payer's ledger was charged for this organization is its revenue from it there. Several lines may share an entry.
        var revenue = ((int)AccountKind.Revenue).ToString(CultureInfo.InvariantCulture);
        var posted = await SumAsync(connection,
            $"""
            SELECT l.service, p.amount FROM (SELECT DISTINCT service, ledger_id, entry_seq FROM rated_usage WHERE organization_id = @o AND entry_seq IS NOT NULL) l
            JOIN posting p ON p.organization_id = l.ledger_id AND p.seq = l.entry_seq AND p.account = CASE WHEN l.ledger_id = @o THEN {revenue} ELSE {revenue} + 100 * @o END
            """, organization, row => ExactAmount.FromMicros(row.GetInt64(1)));
        foreach (var service in rated.Keys.Concat(carried.Keys).Concat(posted.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (exact, now, kept) = (rated.GetValueOrDefault(service), posted.GetValueOrDefault(service), carried.GetValueOrDefault(service));
            if (exact != now + kept)
            {
                return $"{service}: rated {exact}, but posted {now} and carried {kept} make {now + kept}";
            }
        }

        return null;
    }

    private static async Task<Dictionary<string, ExactAmount>> SumAsync(DbConnection connection, string sql, long organization, Func<DbDataReader, ExactAmount> read)
    {
        var sums = new Dictionary<string, ExactAmount>(StringComparer.Ordinal);
        foreach (var (service, amount) in await RatingQueries.ListAsync(connection, sql, row => (row.GetString(0), read(row)), ("o", organization)))
        {
            sums[service] = sums.GetValueOrDefault(service) + amount;
        }

        return sums;
    }
}
