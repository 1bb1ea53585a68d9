using System.Data.Common;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using Microsoft.Data.Sqlite;

namespace BillingPortal.Store.Writing;

/// <summary>The ledger on SQLite: BEGIN IMMEDIATE is the lock, prepared statements write, synchronous=FULL makes it durable.</summary>
internal sealed class SqliteLedgerSession : LedgerSession
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);
    private bool _open;

    private SqliteLedgerSession(SqliteConnection connection) => _connection = connection;

    public override DbConnection Connection => _connection;

    public static async Task<LedgerSession> OpenAsync(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync();
        var session = new SqliteLedgerSession(connection);
        session.Run("PRAGMA busy_timeout = 5000");
        session.Run("PRAGMA journal_mode = WAL");
        session.Run("PRAGMA synchronous = FULL");
        // The default of 1,000 pages checkpoints in nearly every large batch: 1.6 times slower (ledger.md).
        session.Run("PRAGMA wal_autocheckpoint = 20000");
        return session;
    }

    public override async Task<LoadedLedgers> BeginAsync(
        IReadOnlyList<long> organizations, IReadOnlyCollection<(long Organization, string Key)> keys, IReadOnlyCollection<string> actors)
    {
        await BeginBareAsync();
        return await LoadAsync(organizations, keys);
    }

    public override Task<LoadedLedgers> BeginReadingAsync(IReadOnlyList<long> organizations)
    {
        Begin("BEGIN");
        Writes = false;
        return LoadAsync(organizations, []);
    }

    public override Task BeginBareAsync()
    {
        Begin("BEGIN IMMEDIATE");
        Writes = true;
        return Task.CompletedTask;
    }

    public override Task<LoadedLedgers> LockAsync(IReadOnlyList<long> organizations) => LoadAsync(organizations, []);

    public override Task FlushAsync(PendingWrites writes)
    {
        SqliteLedgerWrites.Write(Prepared, writes);
        writes.Clear();
        return Task.CompletedTask;
    }

    public override Task CommitAsync(PendingWrites writes)
    {
        SqliteLedgerWrites.Write(Prepared, writes);
        Run("COMMIT");
        _open = false;
        return Task.CompletedTask;
    }

    public override Task RollbackAsync()
    {
        if (_open)
        {
            _open = false;
            Run("ROLLBACK");
        }

        return Task.CompletedTask;
    }

    private void Begin(string statement)
    {
        Run(statement);
        _open = true;
    }

    private async Task<LoadedLedgers> LoadAsync(IReadOnlyList<long> organizations, IReadOnlyCollection<(long Organization, string Key)> keys)
    {
        var loaded = new LoadedLedgers([], [], []);
        foreach (var id in organizations)
        {
            await using (var rows = await Prepared($"SELECT {LedgerQueries.HeadColumns} FROM ledger_head WHERE organization_id = $1", id).ExecuteReaderAsync())
            {
                await LedgerQueries.ReadHeadsAsync(rows, loaded.States);
            }

            if (!loaded.States.ContainsKey(new OrganizationId(id)))
            {
                continue;
            }

            await using (var rows = await Prepared($"SELECT {LedgerQueries.OrganizationColumns} FROM {RuleQueries.Source} WHERE o.id = $1", id).ExecuteReaderAsync())
            {
                await LedgerQueries.ReadOrganizationsAsync(rows, loaded.States);
            }

            await using (var rows = await Prepared($"SELECT {LedgerQueries.AccountColumns} FROM account WHERE organization_id = $1", id).ExecuteReaderAsync())
            {
                await LedgerQueries.ReadAccountsAsync(rows, loaded.States);
            }

            if (loaded.States[new OrganizationId(id)].Rule.Recharge.Amount is not null)
            {
                await using var rows = await Prepared(
                    $"SELECT {RuleQueries.RechargeColumns} FROM recharge_intent i WHERE i.organization_id = $1 AND {RuleQueries.LastRecharges} ORDER BY i.number", id).ExecuteReaderAsync();
                await RuleQueries.ReadRechargesAsync(rows, loaded.States);
            }
        }

        foreach (var (organization, key) in keys)
        {
            await using (var rows = await Prepared(
                "SELECT request_hash FROM journal_entry WHERE organization_id = $1 AND idempotency_key = $2", organization, key).ExecuteReaderAsync())
            {
                if (await rows.ReadAsync())
                {
                    loaded.Keys[(organization, key)] = Hash256.FromBytes((byte[])rows.GetValue(0));
                }
            }

            await using (var rows = await Prepared(
                "SELECT request_hash, status, body, created_at FROM api_receipt WHERE organization_id = $1 AND idempotency_key = $2", organization, key).ExecuteReaderAsync())
            {
                if (await rows.ReadAsync())
                {
                    loaded.Receipts[(organization, key)] = new ApiReceipt(organization, key,
                        Hash256.FromBytes((byte[])rows.GetValue(0)), rows.GetInt32(1), rows.GetString(2), new Instant(rows.GetInt64(3)));
                }
            }
        }

        return loaded;
    }

    private void Run(string sql) => Prepared(sql).ExecuteNonQuery();

    /// <summary>The statement, prepared once for the connection, with these values for $1, $2, ….</summary>
    private SqliteCommand Prepared(string sql, params object?[] values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
#pragma warning disable CA2100 // constants of this class; values travel as parameters
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
