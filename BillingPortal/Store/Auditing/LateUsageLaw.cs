using System.Data.Common;

namespace BillingPortal.Store.Auditing;

/// <summary>Where usage of closed months is booked is found by the month it belongs to: the index says what the entries say, of every one of them (rules §3).</summary>
public sealed class LateUsageLaw(DatabaseOptions options) : ILaw
{
    /// <inheritdoc />
    public string Code => "late_usage";

    /// <inheritdoc />
    public string Name => "Usage of closed months is found";

    /// <inheritdoc />
    public string Scope => "an entry booked in another month than its usage's is indexed under that month";

    /// <inheritdoc />
    public string Unit => "late entries";

    /// <inheritdoc />
    public async Task<LawFinding> CheckAsync(CancellationToken cancel)
    {
        await using var connection = await LedgerConnection.OpenAsync(options, cancel);
        await using var picture = await connection.PictureAsync(cancel);
        var over = await connection.NumberAsync("SELECT COUNT(*) FROM late_usage") ?? 0;
        if (await connection.ReadAsync(Missing, NameOf, cancel) is [var missing, ..])
        {
            return new LawFinding(Holds: false, over, $"entry {missing}: it belongs to another month than it is booked in, and the index does not have it");
        }

        return await connection.ReadAsync(Wrong, NameOf, cancel) is [var wrong, ..]
            ? new LawFinding(Holds: false, over, $"entry {wrong}: the index has it under a month that it does not name")
            : new LawFinding(Holds: true, over, "");
    }

    private static string NameOf(DbDataReader row) => $"{LedgerConnection.Text(row.GetInt64(0))}/{LedgerConnection.Text(row.GetInt64(1))}";

    /// <summary>The month as details have it, of a number as 202409.</summary>
    private static string Month(string number) => $"""'%"period":"' || substr(CAST({number} AS text), 1, 4) || '-' || substr(CAST({number} AS text), 5, 2) || '"%'""";

    private static readonly string Missing =
        $"""
        SELECT e.organization_id, e.seq FROM journal_entry e WHERE e.kind IN (1, 2) AND e.detail LIKE '%"period":"%' AND e.detail NOT LIKE {Month("e.period")}
          AND NOT EXISTS (SELECT 1 FROM late_usage l WHERE l.organization_id = e.organization_id AND l.seq = e.seq) ORDER BY e.organization_id, e.seq LIMIT 1
        """;

    private static readonly string Wrong =
        $"""
        SELECT l.organization_id, l.seq FROM late_usage l LEFT JOIN journal_entry e ON e.organization_id = l.organization_id AND e.seq = l.seq
        WHERE e.seq IS NULL OR e.period = l.period OR e.detail NOT LIKE {Month("l.period")} ORDER BY l.organization_id, l.seq LIMIT 1
        """;
}
