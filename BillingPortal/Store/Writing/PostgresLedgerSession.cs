using System.Data.Common;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using Npgsql;
using NpgsqlTypes;

namespace BillingPortal.Store.Writing;

/// <summary>
/// The ledger on PostgreSQL: heads are locked in id order, everything a decision reads is read in later statements of the same
/// pipeline (their snapshot follows the lock), and all writes travel with COMMIT: two round trips for a batch.
/// </summary>
internal sealed class PostgresLedgerSession : LedgerSession
{
    private readonly NpgsqlConnection _connection;
    private bool _open;

    private PostgresLedgerSession(NpgsqlConnection connection) => _connection = connection;

    public override DbConnection Connection => _connection;

    public static async Task<LedgerSession> OpenAsync(NpgsqlDataSource source) => new PostgresLedgerSession(await source.OpenConnectionAsync());

    public override async Task<LoadedLedgers> BeginAsync(
        IReadOnlyList<long> organizations, IReadOnlyCollection<(long Organization, string Key)> keys, IReadOnlyCollection<string> actors)
    {
        await using var batch = new NpgsqlBatch(_connection);
        Add(batch, "BEGIN ISOLATION LEVEL READ COMMITTED");
        (_open, Writes) = (true, true);
        return await LoadAsync(batch, organizations, locked: true, keys, actors);
    }

    public override async Task<LoadedLedgers> BeginReadingAsync(IReadOnlyList<long> organizations)
    {
        await using var batch = new NpgsqlBatch(_connection);
        Add(batch, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        (_open, Writes) = (true, false);
        return await LoadAsync(batch, organizations, locked: false, [], []);
    }

    public override async Task BeginBareAsync()
    {
        await using var batch = new NpgsqlBatch(_connection);
        Add(batch, "BEGIN ISOLATION LEVEL READ COMMITTED");
        (_open, Writes) = (true, true);
        await batch.ExecuteNonQueryAsync();
    }

    public override async Task<LoadedLedgers> LockAsync(IReadOnlyList<long> organizations)
    {
        await using var batch = new NpgsqlBatch(_connection);
        return await LoadAsync(batch, organizations, locked: true, [], []);
    }

    public override async Task FlushAsync(PendingWrites writes)
    {
        if (!writes.IsEmpty)
        {
            await using var batch = new NpgsqlBatch(_connection);
            PostgresLedgerWrites.AddTo(batch, writes);
            await batch.ExecuteNonQueryAsync();
            writes.Clear();
        }
    }

    public override async Task CommitAsync(PendingWrites writes)
    {
        await using var batch = new NpgsqlBatch(_connection);
        PostgresLedgerWrites.AddTo(batch, writes);
        Add(batch, "COMMIT");
        await batch.ExecuteNonQueryAsync();
        _open = false;
    }

    public override async Task RollbackAsync()
    {
        if (_open)
        {
            _open = false;
            await using var command = new NpgsqlCommand("ROLLBACK", _connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    internal static void Add(NpgsqlBatch batch, string sql, params NpgsqlParameter[] parameters)
    {
#pragma warning disable CA2100 // constants of this room; values travel as parameters
        var command = new NpgsqlBatchCommand(sql);
#pragma warning restore CA2100
        command.Parameters.AddRange(parameters);
        batch.BatchCommands.Add(command);
    }

    internal static NpgsqlParameter Array<T>(IEnumerable<T> values, NpgsqlDbType type) =>
        new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type };

    private static async Task<LoadedLedgers> LoadAsync(
        NpgsqlBatch batch, IReadOnlyList<long> organizations, bool locked,
        IReadOnlyCollection<(long Organization, string Key)> keys, IReadOnlyCollection<string> actors)
    {
        var ids = organizations.ToArray();
        Add(batch, $"SELECT {LedgerQueries.HeadColumns} FROM ledger_head WHERE organization_id = ANY($1) ORDER BY organization_id"
            + (locked ? " FOR NO KEY UPDATE" : ""), Array(ids, NpgsqlDbType.Bigint));
        if (actors.Count > 0)
        {
            var sorted = actors.Order(StringComparer.Ordinal).ToArray();
            Add(batch, "INSERT INTO actor_lock (actor) SELECT a FROM unnest($1) a ORDER BY a COLLATE \"C\" ON CONFLICT DO NOTHING", Array(sorted, NpgsqlDbType.Text));
            Add(batch, "WITH held AS (SELECT actor FROM actor_lock WHERE actor = ANY($1) ORDER BY actor FOR UPDATE) SELECT count(*) FROM held", Array(sorted, NpgsqlDbType.Text));
        }

        Add(batch, $"SELECT {LedgerQueries.OrganizationColumns} FROM {RuleQueries.Source} WHERE o.id = ANY($1)", Array(ids, NpgsqlDbType.Bigint));
        Add(batch, $"SELECT {LedgerQueries.AccountColumns} FROM account WHERE organization_id = ANY($1)", Array(ids, NpgsqlDbType.Bigint));
        Add(batch, $"SELECT {RuleQueries.RechargeColumns} FROM recharge_intent i WHERE i.organization_id = ANY($1) AND {RuleQueries.LastRecharges} ORDER BY i.organization_id, i.number",
            Array(ids, NpgsqlDbType.Bigint));
        if (keys.Count > 0)
        {
            var organizationsOfKeys = Array(keys.Select(key => key.Organization), NpgsqlDbType.Bigint);
            var texts = Array(keys.Select(key => key.Key), NpgsqlDbType.Text);
            Add(batch, "SELECT e.organization_id, e.idempotency_key, e.request_hash FROM unnest($1, $2) AS k(o, t) "
                + "JOIN journal_entry e ON e.organization_id = k.o AND e.idempotency_key = k.t", organizationsOfKeys, texts);
            Add(batch, "SELECT r.organization_id, r.idempotency_key, r.request_hash, r.status, r.body, r.created_at FROM unnest($1, $2) AS k(o, t) "
                + "JOIN api_receipt r ON r.organization_id = k.o AND r.idempotency_key = k.t", organizationsOfKeys.Clone(), texts.Clone());
        }

        var loaded = new LoadedLedgers([], [], []);
        await using var rows = await batch.ExecuteReaderAsync();
        await LedgerQueries.ReadHeadsAsync(rows, loaded.States);
        if (actors.Count > 0)
        {
            await rows.NextResultAsync();
        }

        await rows.NextResultAsync();
        await LedgerQueries.ReadOrganizationsAsync(rows, loaded.States);
        await rows.NextResultAsync();
        await LedgerQueries.ReadAccountsAsync(rows, loaded.States);
        await rows.NextResultAsync();
        await RuleQueries.ReadRechargesAsync(rows, loaded.States);
        if (keys.Count > 0)
        {
            await ReadKeysAsync(rows, loaded);
        }

        return loaded;
    }

    private static async Task ReadKeysAsync(NpgsqlDataReader rows, LoadedLedgers loaded)
    {
        await rows.NextResultAsync();
        while (await rows.ReadAsync())
        {
            loaded.Keys[(rows.GetInt64(0), rows.GetString(1))] = Hash256.FromBytes((byte[])rows.GetValue(2));
        }

        await rows.NextResultAsync();
        while (await rows.ReadAsync())
        {
            loaded.Receipts[(rows.GetInt64(0), rows.GetString(1))] = new ApiReceipt(rows.GetInt64(0), rows.GetString(1),
                Hash256.FromBytes((byte[])rows.GetValue(2)), rows.GetInt32(3), rows.GetString(4), new Instant(rows.GetInt64(5)));
        }
    }
}
