using Npgsql;
using NpgsqlTypes;

namespace BillingPortal.E2E.Benchmarks;

/// <summary>The yardstick on PostgreSQL: prepared statements in two pipelines, as the portal has them.</summary>
internal sealed class RawPostgresLedger : RawLedger
{
    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlConnection _connection;

    public RawPostgresLedger(string connectionString)
    {
        _source = new NpgsqlDataSourceBuilder(connectionString) { ConnectionStringBuilder = { MaxAutoPrepare = 100, AutoPrepareMinUsages = 2 } }.Build();
        _connection = _source.OpenConnection();
    }

    /// <inheritdoc />
    public override async Task ChargeAsync(long organization, string key, long amount, long now)
    {
        var results = await ReadAsync(organization, key);
        var seq = (long)results[0][0][1] + 1;
        await using var writes = new NpgsqlBatch(_connection);
        Add(writes, """
            INSERT INTO journal_entry (organization_id, seq, kind, reason, comment, comment_seal, actor, actor_seal, via, service, detail, period,
              effective_at, recorded_at, late, idempotency_key, request_hash, prev_hash, hash, reverses_seq, transfer_id, net_amount, net_after)
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
            """,
            Longs(organization), Longs(seq), Numbers(1), Texts("usage_requested"), Texts(""), Bytes(Hash), Texts("user:bench"), Bytes(Hash), Texts("bench"),
            Texts("compute"), Texts("""{"rule":"draw-down/1","mode":"request"}"""), Numbers(202611), Longs(now), Longs(now), Flags(false), Texts(key), Bytes(Hash),
            Bytes((byte[])results[0][0][2]), Bytes(Hash), Array<long?>(NpgsqlDbType.Bigint, (long?)null), Array<string?>(NpgsqlDbType.Text, (string?)null), Longs(-amount), Longs(0));
        var cash = BalanceOf(results[2], Cash) - amount;
        var revenue = BalanceOf(results[2], Revenue) + amount;
        Add(writes, "INSERT INTO posting (organization_id, account, seq, amount, balance_after, effective_at, late) SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7)",
            Longs(organization, organization), Numbers(Cash, Revenue), Longs(seq, seq), Longs(-amount, amount), Longs(cash, revenue), Longs(now, now), Flags(false, false));
        Add(writes, """
            INSERT INTO account (organization_id, account, kind, currency, balance, expires_at) SELECT * FROM unnest($1, $2, $3, $4, $5, $6)
            ON CONFLICT (organization_id, account) DO UPDATE SET balance = excluded.balance
            """,
            Longs(organization, organization), Numbers(Cash, Revenue), Numbers(Cash, Revenue), Texts("USD", "USD"), Longs(cash, revenue),
            Array<long?>(NpgsqlDbType.Bigint, null, null));
        Add(writes, """
            UPDATE ledger_head h SET seq = v.seq, hash = v.hash, high_effective_at = v.high, last_recorded_at = v.recorded
            FROM unnest($1, $2, $3, $4, $5) AS v(id, seq, hash, high, recorded) WHERE h.organization_id = v.id
            """,
            Longs(organization), Longs(seq), Bytes(Hash), Longs(now), Longs(now));
        Add(writes, "COMMIT");
        await writes.ExecuteNonQueryAsync();
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _source.DisposeAsync();
    }

    private async Task<List<List<object[]>>> ReadAsync(long organization, string key)
    {
        await using var reads = new NpgsqlBatch(_connection);
        Add(reads, "BEGIN ISOLATION LEVEL READ COMMITTED");
        Add(reads, "SELECT organization_id, seq, hash, high_effective_at, last_recorded_at FROM ledger_head WHERE organization_id = ANY($1) "
            + "ORDER BY organization_id FOR NO KEY UPDATE", Longs(organization));
        Add(reads, "SELECT id, currency, charging_model, allow_overdraft, disabled, blocked_cause, closed_until, time_zone FROM organization WHERE id = ANY($1)", Longs(organization));
        Add(reads, "SELECT organization_id, account, balance, expires_at FROM account WHERE organization_id = ANY($1)", Longs(organization));
        Add(reads, "SELECT e.organization_id, e.idempotency_key, e.request_hash FROM unnest($1, $2) AS k(o, t) "
            + "JOIN journal_entry e ON e.organization_id = k.o AND e.idempotency_key = k.t", Longs(organization), Texts(key));
        Add(reads, "SELECT r.organization_id, r.idempotency_key, r.request_hash, r.status, r.body, r.created_at FROM unnest($1, $2) AS k(o, t) "
            + "JOIN api_receipt r ON r.organization_id = k.o AND r.idempotency_key = k.t", Longs(organization), Texts(key));
        await using var rows = await reads.ExecuteReaderAsync();
        var results = new List<List<object[]>>();
        do
        {
            results.Add([]);
            while (await rows.ReadAsync())
            {
                results[^1].Add(Row(rows));
            }
        }
        while (await rows.NextResultAsync());
        return results;
    }

    private static long BalanceOf(List<object[]> accounts, int account) =>
        accounts.Where(row => (int)row[1] == account).Select(row => (long)row[2]).FirstOrDefault();

    private static void Add(NpgsqlBatch batch, string sql, params NpgsqlParameter[] parameters)
    {
#pragma warning disable CA2100 // constants of this class
        var command = new NpgsqlBatchCommand(sql);
#pragma warning restore CA2100
        command.Parameters.AddRange(parameters);
        batch.BatchCommands.Add(command);
    }

    private static NpgsqlParameter Array<T>(NpgsqlDbType type, params T[] values) => new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type };

    private static NpgsqlParameter Longs(params long[] values) => Array(NpgsqlDbType.Bigint, values);

    private static NpgsqlParameter Numbers(params int[] values) => Array(NpgsqlDbType.Integer, values);

    private static NpgsqlParameter Texts(params string[] values) => Array(NpgsqlDbType.Text, values);

    private static NpgsqlParameter Bytes(params byte[][] values) => Array(NpgsqlDbType.Bytea, values);

    private static NpgsqlParameter Flags(params bool[] values) => Array(NpgsqlDbType.Boolean, values);
}
