using System.Data.Common;
using BillingPortal.Domain;
using BillingPortal.Store.Writing;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Store.Usage;

/// <summary>Reads imports: the list, one of them, its errors, and what publishing it would come to.</summary>
public sealed class UsageImports(IDbContextFactory<BillingStore> stores)
{
    private const string Columns = "id, state, file_name, actor, started_at, ended_at, rows_read, bytes_read, summary";

    /// <summary>The latest imports below number <paramref name="before"/> (null from the top), newest first.</summary>
    public Task<IReadOnlyList<UsageImport>> LatestAsync(long? before, int count, CancellationToken cancel) => ReadAsync(
        $"SELECT {Columns} FROM usage_import WHERE id < @before ORDER BY id DESC LIMIT @count", Import, cancel, ("before", before ?? long.MaxValue), ("count", count));

    /// <summary>One import, or null.</summary>
    public async Task<UsageImport?> FindAsync(long import, CancellationToken cancel) =>
        (await ReadAsync($"SELECT {Columns} FROM usage_import WHERE id = @id", Import, cancel, ("id", import))).SingleOrDefault();

    /// <summary>The errors of a refused import, in the order found; at most <paramref name="count"/>.</summary>
    public Task<IReadOnlyList<UsageError>> ErrorsAsync(long import, int count, CancellationToken cancel) => ReadAsync(
        "SELECT row_number, column_name, value, reason FROM usage_error WHERE import_id = @id ORDER BY number LIMIT @count",
        rows => new UsageError(rows.IsDBNull(0) ? null : rows.GetInt64(0), Text(rows, 1), Text(rows, 2), rows.GetString(3)), cancel, ("id", import), ("count", count));

    /// <summary>Imports that may be left over: read or waiting, with who reads them and their last sign of life.</summary>
    public Task<IReadOnlyList<(long Id, UsageImportState State, string Holder, Instant Beat)>> OpenAsync(CancellationToken cancel) => ReadAsync(
        $"SELECT id, state, holder, beat_at FROM usage_import WHERE state IN ({(int)UsageImportState.Staging}, {(int)UsageImportState.Staged})",
        rows => (rows.GetInt64(0), (UsageImportState)rows.GetInt32(1), rows.GetString(2), new Instant(rows.GetInt64(3))), cancel);

    /// <summary>Imports that ended, or whose deliveries were all replaced, and still have staged rows.</summary>
    public Task<IReadOnlyList<long>> ForgottenAsync(CancellationToken cancel) => ReadAsync(
        $"""
        SELECT i.id FROM usage_import i
        WHERE (i.state IN ({(int)UsageImportState.Unchanged}, {(int)UsageImportState.Refused}, {(int)UsageImportState.Cancelled}, {(int)UsageImportState.Abandoned})
            OR (i.state = {(int)UsageImportState.Published} AND NOT EXISTS (SELECT 1 FROM usage_delivery d WHERE d.import_id = i.id)))
          AND (EXISTS (SELECT 1 FROM usage_group g WHERE g.import_id = i.id) OR EXISTS (SELECT 1 FROM usage_row r WHERE r.import_id = i.id))
        """, rows => rows.GetInt64(0), cancel);

    /// <summary>What publishing a staged import would come to now.</summary>
    public async Task<UsageReckoning> ReckonAsync(long import, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        await store.Database.OpenConnectionAsync(cancel);
        var connection = store.Database.GetDbConnection();
        var staged = await KnownUsage.StagedAsync(connection, import);
        return new UsageReckoning(import, staged, await KnownUsage.ReadAsync(connection, staged));
    }

    private async Task<IReadOnlyList<T>> ReadAsync<T>(string sql, Func<DbDataReader, T> read, CancellationToken cancel, params (string Name, object Value)[] parameters)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        await store.Database.OpenConnectionAsync(cancel);
        await using var command = LedgerQueries.Command(store.Database.GetDbConnection(), sql, parameters);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<T>();
        while (await rows.ReadAsync(cancel))
        {
            found.Add(read(rows));
        }

        return found;
    }

    private static UsageImport Import(DbDataReader rows) => new(
        rows.GetInt64(0), (UsageImportState)rows.GetInt32(1), rows.GetString(2), rows.GetString(3), new(rows.GetInt64(4)),
        rows.IsDBNull(5) ? null : new Instant(rows.GetInt64(5)), rows.GetInt64(6), rows.GetInt64(7), UsageSummary.FromJson(rows.GetString(8)));

    private static string? Text(DbDataReader rows, int column) => rows.IsDBNull(column) ? null : rows.GetString(column);
}
