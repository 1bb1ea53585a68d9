using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace BillingPortal.E2E.Benchmarks;

/// <summary>The yardstick of the history: prepared statements on one open connection.</summary>
internal sealed class RawHistory(DbConnection connection, long organization) : IAsyncDisposable
{
    /// <summary>Of a page.</summary>
    public const int Rows = 50;

    private const string AsOf =
        """
        SELECT s.seq, a.account, coalesce((SELECT p.balance_after FROM posting p
          WHERE p.organization_id = @o AND p.account = a.account AND p.seq <= s.seq ORDER BY p.seq DESC LIMIT 1), 0)
        """;

    private readonly Dictionary<string, DbCommand> _prepared = new(StringComparer.Ordinal);

    private bool IsSqlite => connection is SqliteConnection;

    /// <summary>What a database does of itself after a while: PostgreSQL in the background, SQLite when asked.</summary>
    public Task AnalyzeAsync() => RunAsync(IsSqlite ? "ANALYZE" : "VACUUM ANALYZE");

    /// <summary>Every account.</summary>
    public Task<int> BalanceAsync() => RunAsync("SELECT organization_id, account, kind, currency, balance, expires_at FROM account WHERE organization_id = @o", ("o", organization));

    /// <summary>A page of entries below a number, newest first.</summary>
    public Task<int> PageAsync(long before) => RunAsync(
        $"""
        SELECT e.organization_id, e.seq, e.kind, e.reason, e.comment, e.actor, e.via, e.service, e.period, e.effective_at, e.recorded_at, e.late,
          e.reverses_seq, e.net_amount, e.net_after, e.hash, o.name, o.currency,
          (SELECT r.seq FROM journal_entry r WHERE r.organization_id = e.organization_id AND r.reverses_seq = e.seq)
        FROM (SELECT * FROM journal_entry WHERE organization_id = @o AND seq < @before ORDER BY seq DESC LIMIT {Rows + 1}) e
        JOIN organization o ON o.id = e.organization_id ORDER BY e.seq DESC
        """, ("o", organization), ("before", before));

    /// <summary>Every account as recorded at an instant.</summary>
    public Task<int> AsRecordedAsync(long at) => RunAsync(
        $"""
        {AsOf} FROM account a CROSS JOIN (SELECT coalesce((SELECT seq FROM journal_entry
          WHERE organization_id = @o AND recorded_at <= @at ORDER BY recorded_at DESC, seq DESC LIMIT 1), 0) AS seq) s WHERE a.organization_id = @o
        """, ("o", organization), ("at", at));

    /// <summary>Every account as effective at an instant.</summary>
    public Task<int> AsEffectiveAsync(long at)
    {
        var (onTime, late) = IsSqlite ? ("late = 0", "p.late = 1") : ("NOT late", "p.late");
        return RunAsync(
            $"""
            {AsOf} + CAST(coalesce((SELECT sum(p.amount) FROM posting p
              WHERE p.organization_id = @o AND p.account = a.account AND {late} AND p.effective_at <= @at AND p.seq > s.seq), 0) AS bigint)
            FROM account a CROSS JOIN (SELECT coalesce((SELECT seq FROM journal_entry
              WHERE organization_id = @o AND {onTime} AND effective_at <= @at ORDER BY effective_at DESC, seq DESC LIMIT 1), 0) AS seq) s WHERE a.organization_id = @o
            """, ("o", organization), ("at", at));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var command in _prepared.Values)
        {
            await command.DisposeAsync();
        }

        await connection.DisposeAsync();
    }

    private async Task<int> RunAsync(string sql, params (string Name, long Value)[] values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of this class
            command.CommandText = sql;
#pragma warning restore CA2100
            command.CommandTimeout = 600;
            foreach (var (name, value) in values)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                parameter.Value = value;
                command.Parameters.Add(parameter);
            }

            if (values.Length > 0)
            {
                await command.PrepareAsync();
            }

            _prepared[sql] = command;
        }

        foreach (var (name, value) in values)
        {
            command.Parameters[name].Value = value;
        }

        await using var rows = await command.ExecuteReaderAsync();
        var row = new object[rows.FieldCount];
        var count = 0;
        while (await rows.ReadAsync())
        {
            rows.GetValues(row);
            count++;
        }

        return count;
    }
}
