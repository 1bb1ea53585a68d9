using System.Data;
using System.Data.Common;
using System.Globalization;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store.Writing;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace BillingPortal.Store.Auditing;

/// <summary>A connection that only reads the ledger's tables, alike on both databases.</summary>
internal sealed class LedgerConnection(DbConnection connection) : IAsyncDisposable
{
    public DbConnection Connection => connection;

    public static async Task<LedgerConnection> OpenAsync(DatabaseOptions options, CancellationToken cancel)
    {
        DbConnection connection = options.Provider == DatabaseProvider.Sqlite
            ? new SqliteConnection(options.ConnectionString) { DefaultTimeout = 30 }
            : new NpgsqlConnection(options.ConnectionString);
        await connection.OpenAsync(cancel);
        return new LedgerConnection(connection);
    }

    /// <summary>One consistent picture until disposed; it blocks nobody.</summary>
    public async Task<DbTransaction> PictureAsync(CancellationToken cancel) => connection is SqliteConnection sqlite
        ? sqlite.BeginTransaction(deferred: true)
        : await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);

    public async Task<List<T>> ReadAsync<T>(string sql, Func<DbDataReader, T> row, CancellationToken cancel, params (string Name, object Value)[] parameters)
    {
        await using var command = LedgerQueries.Command(connection, sql, parameters);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var read = new List<T>();
        while (await rows.ReadAsync(cancel))
        {
            read.Add(row(rows));
        }

        return read;
    }

    public async Task<long?> NumberAsync(string sql, params (string Name, object Value)[] parameters) => await LedgerQueries.ScalarAsync(connection, sql, parameters);

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    public static Hash256 Hash(DbDataReader rows, int column) => rows.GetValue(column) is byte[] { Length: 32 } bytes ? Hash256.FromBytes(bytes) : Hash256.Genesis;

    public static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
