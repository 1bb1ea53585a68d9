using System.Globalization;
using Microsoft.Data.Sqlite;

namespace BillingPortal.E2E.Benchmarks;

/// <summary>The yardstick on SQLite: prepared statements, WAL, synchronous=FULL, as the portal has them.</summary>
internal sealed class RawSqliteLedger : RawLedger
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    public RawSqliteLedger(string connectionString)
    {
        _connection = new SqliteConnection(connectionString);
        _connection.Open();
        foreach (var setting in new[] { "busy_timeout = 5000", "journal_mode = WAL", "synchronous = FULL", "wal_autocheckpoint = 20000" })
        {
            Run("PRAGMA " + setting);
        }
    }

    /// <inheritdoc />
    public override Task ChargeAsync(long organization, string key, long amount, long now)
    {
        Run("BEGIN IMMEDIATE");
        var head = Read("SELECT organization_id, seq, hash, high_effective_at, last_recorded_at FROM ledger_head WHERE organization_id = $1", organization)[0];
        Read("SELECT id, currency, charging_model, allow_overdraft, disabled, blocked_cause, closed_until, time_zone FROM organization WHERE id = $1", organization);
        var accounts = Read("SELECT organization_id, account, balance, expires_at FROM account WHERE organization_id = $1", organization);
        Read("SELECT request_hash FROM journal_entry WHERE organization_id = $1 AND idempotency_key = $2", organization, key);
        Read("SELECT request_hash, status, body, created_at FROM api_receipt WHERE organization_id = $1 AND idempotency_key = $2", organization, key);
        var seq = (long)head[1] + 1;
        Run("""
            INSERT INTO journal_entry (organization_id, seq, kind, reason, comment, comment_seal, actor, actor_seal, via, service, detail, period,
              effective_at, recorded_at, late, idempotency_key, request_hash, prev_hash, hash, reverses_seq, transfer_id, net_amount, net_after)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
            """,
            organization, seq, 1, "usage_requested", "", Hash, "user:bench", Hash, "bench", "compute", """{"rule":"draw-down/1","mode":"request"}""", 202611,
            now, now, false, key, Hash, head[2], Hash, null, null, -amount, 0L);
        foreach (var (account, sign) in new[] { (Cash, -1), (Revenue, 1) })
        {
            var before = accounts.Where(row => (long)row[1] == account).Select(row => (long)row[2]).FirstOrDefault();
            Run("INSERT INTO posting (organization_id, account, seq, amount, balance_after, effective_at, late) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                organization, account, seq, sign * amount, before + (sign * amount), now, false);
            Run("INSERT INTO account (organization_id, account, kind, currency, balance, expires_at) VALUES ($1, $2, $3, $4, $5, $6) "
                + "ON CONFLICT (organization_id, account) DO UPDATE SET balance = excluded.balance",
                organization, account, account, "USD", before + (sign * amount), null);
        }

        Run("UPDATE ledger_head SET seq = $2, hash = $3, high_effective_at = $4, last_recorded_at = $5 WHERE organization_id = $1", organization, seq, Hash, now, now);
        Run("COMMIT");
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override ValueTask DisposeAsync() => _connection.DisposeAsync();

    private void Run(string sql, params object?[] values) => Prepared(sql, values).ExecuteNonQuery();

    private List<object[]> Read(string sql, params object?[] values)
    {
        using var rows = Prepared(sql, values).ExecuteReader();
        var all = new List<object[]>();
        while (rows.Read())
        {
            all.Add(Row(rows));
        }

        return all;
    }

    private SqliteCommand Prepared(string sql, object?[] values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
#pragma warning disable CA2100 // constants of this class
            command.CommandText = sql;
#pragma warning restore CA2100
            for (var at = 1; at <= values.Length; at++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = "$" + at.ToString(CultureInfo.InvariantCulture) });
            }

            _prepared[sql] = command;
        }

        for (var at = 0; at < values.Length; at++)
        {
            command.Parameters[at].Value = values[at] ?? DBNull.Value;
        }

        return command;
    }
}
