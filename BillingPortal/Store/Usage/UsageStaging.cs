using System.Data.Common;
using System.Diagnostics;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store.Writing;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Store.Usage;

/// <summary>
/// Writes an import's staging tables, in short transactions of their own, so that nobody who posts money waits for a file to be read.
/// Nothing staged is visible anywhere until the import is published.
/// </summary>
public sealed class UsageStaging(IDbContextFactory<BillingStore> stores, TimeProvider clock)
{
    /// <summary>How long one transaction of staging should last at most (ledger.md).</summary>
    public static readonly TimeSpan ChunkTime = new(50 * TimeSpan.TicksPerMillisecond);

    private const string InsertRows = "usage_row (import_id, row_number, group_number, fingerprint, amount, charged_at)";
    private const string InsertErrors = "usage_error (import_id, number, row_number, column_name, value, reason)";
    private const string InsertGroups =
        "usage_group (import_id, group_number, provider, billing_account_id, sub_account_id, billing_account_name, sub_account_name, currency, service, period, amount, last_charge)";

    /// <summary>Rows to be written with the next chunk; follows how long the last one took.</summary>
    public int ChunkRows { get; private set; } = 200;

    /// <summary>Begins an import and gives its number.</summary>
    public async Task<long> BeginAsync(string fileName, Actor actor, CancellationToken cancel)
    {
        var now = Instant.Now(clock).Micros;
        await using var store = await stores.CreateDbContextAsync(cancel);
        var connection = await OpenAsync(store, cancel);
        return await LedgerQueries.ScalarAsync(connection,
            """
            INSERT INTO usage_import (state, file_name, actor, via, holder, started_at, beat_at, rows_read, bytes_read, summary)
            VALUES (@state, @file, @actor, @via, @holder, @now, @now, 0, 0, @summary) RETURNING id
            """,
            ("state", (int)UsageImportState.Staging), ("file", fileName), ("actor", actor.Id), ("via", actor.Via), ("holder", Holder.Self),
            ("now", now), ("summary", UsageSummary.None.ToJson())) ?? throw new InvalidOperationException("The new import has no number.");
    }

    /// <summary>Stages some rows and says how far the file is read.</summary>
    public async Task AppendAsync(long import, IReadOnlyList<StagedRow> rows, UsageRead read, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        await InOneTransactionAsync(async connection =>
        {
            await MultiRowWrite.InsertAsync(connection, InsertRows, rows.Select(row =>
                new object?[] { import, row.Row, row.Group, row.Fingerprint, row.Amount.ToString(), row.ChargedAt.Micros }));
            await ExecuteAsync(connection, "UPDATE usage_import SET beat_at = @now, rows_read = @rows, bytes_read = @bytes WHERE id = @id",
                ("now", Instant.Now(clock).Micros), ("rows", read.Rows), ("bytes", read.Bytes), ("id", import));
        }, cancel);

        // Halved at once, doubled only where even four times as long would still be short.
        var took = Stopwatch.GetElapsedTime(started).Ticks;
        ChunkRows = took > ChunkTime.Ticks ? Math.Max(50, ChunkRows / 2) : took * 4 < ChunkTime.Ticks ? Math.Min(5_000, ChunkRows * 2) : ChunkRows;
    }

    /// <summary>Stages the groups and says that the import may be published.</summary>
    public async Task CompleteAsync(long import, IEnumerable<StagedGroup> groups, UsageRead read, CancellationToken cancel)
    {
        foreach (var chunk in groups.Chunk(1_000))
        {
            await InOneTransactionAsync(connection => MultiRowWrite.InsertAsync(connection, InsertGroups, chunk.Select(staged =>
            {
                var (who, service, period) = staged.Group;
                return new object?[]
                {
                    import, staged.Number, who.Provider, who.BillingAccountId, who.SubAccountId ?? "", staged.BillingAccountName, staged.Name,
                    staged.Currency.Code, service, period.Number, staged.Sum.Amount.ToString(), staged.Sum.LastCharge.Micros,
                };
            })), cancel);
        }

        await InOneTransactionAsync(connection => SetStateAsync(connection, import, UsageImportState.Staged, read, UsageSummary.None), cancel);
    }

    /// <summary>Keeps what publishing a staged import would come to, for the list of imports.</summary>
    public Task SummarizeAsync(long import, UsageSummary summary, CancellationToken cancel) =>
        InOneTransactionAsync(connection => ExecuteAsync(connection, $"UPDATE usage_import SET summary = @summary WHERE id = @id AND state = {(int)UsageImportState.Staged}",
            ("summary", summary.ToJson()), ("id", import)), cancel);

    /// <summary>Ends an import that posts nothing: its rows and groups go, its errors stay for the report.</summary>
    public async Task EndAsync(
        long import, UsageImportState state, UsageRead? read, IReadOnlyList<UsageError> errors, bool mayBeMore, CancellationToken cancel)
    {
        var ended = false;
        await InOneTransactionAsync(async connection =>
        {
            ended = await SetStateAsync(connection, import, state, read, UsageSummary.None with { Errors = errors.Count, MayBeMoreErrors = mayBeMore });
            await MultiRowWrite.InsertAsync(connection, InsertErrors, errors.Where(_ => ended).Select((error, n) =>
                new object?[] { import, n + 1, error.Row, error.Column, error.Value, error.Reason }));
        }, cancel);
        if (ended)
        {
            await ForgetAsync(import, cancel);
        }
    }

    /// <summary>Deletes an import's staged rows and groups, in chunks.</summary>
    public async Task ForgetAsync(long import, CancellationToken cancel)
    {
        foreach (var (table, key) in new[] { ("usage_row", "row_number"), ("usage_group", "group_number") })
        {
            var deleted = 1;
            while (deleted > 0)
            {
                await InOneTransactionAsync(async connection => deleted = await ExecuteAsync(connection,
                    $"DELETE FROM {table} WHERE import_id = @id AND {key} IN (SELECT {key} FROM {table} WHERE import_id = @id LIMIT 5000)", ("id", import)), cancel);
            }
        }
    }

    /// <summary>Whatever was decided first stands: an import that was published meanwhile is not called cancelled.</summary>
    private async Task<bool> SetStateAsync(DbConnection connection, long import, UsageImportState state, UsageRead? read, UsageSummary summary) => await ExecuteAsync(connection,
        $"""
        UPDATE usage_import SET state = @state, summary = @summary, beat_at = @now, ended_at = @ended,
          rows_read = COALESCE(@rows, rows_read), bytes_read = COALESCE(@bytes, bytes_read)
        WHERE id = @id AND state IN ({(int)UsageImportState.Staging}, {(int)UsageImportState.Staged})
        """,
        ("state", (int)state), ("summary", summary.ToJson()), ("now", Instant.Now(clock).Micros),
        ("ended", state == UsageImportState.Staged ? DBNull.Value : Instant.Now(clock).Micros),
        ("rows", (object?)read?.Rows ?? DBNull.Value), ("bytes", (object?)read?.Bytes ?? DBNull.Value), ("id", import)) == 1;

    private async Task InOneTransactionAsync(Func<DbConnection, Task> work, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var connection = await OpenAsync(store, cancel);
        var sqlite = connection is Microsoft.Data.Sqlite.SqliteConnection;

        // What is staged need not outlive a power cut, so no chunk waits for the disk; publishing does, and carries what is staged with it.
        var begun = false;
        try
        {
            await ExecuteAsync(connection, sqlite ? "PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE" : "BEGIN; SET LOCAL synchronous_commit = off");
            begun = true;
            await work(connection);
            await ExecuteAsync(connection, "COMMIT");
        }
        catch when (begun)
        {
            await ExecuteAsync(connection, "ROLLBACK");
            throw;
        }
        finally
        {
            if (sqlite)
            {
                await ExecuteAsync(connection, "PRAGMA synchronous = FULL");
            }
        }
    }

    private static async Task<DbConnection> OpenAsync(BillingStore store, CancellationToken cancel)
    {
        await store.Database.OpenConnectionAsync(cancel);
        return store.Database.GetDbConnection();
    }

    private static async Task<int> ExecuteAsync(DbConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        await using var command = LedgerQueries.Command(connection, sql, parameters);
        return await command.ExecuteNonQueryAsync();
    }
}
