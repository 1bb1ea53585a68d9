using System.Data.Common;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Reading;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Store.Reading;

/// <summary>The databases' own plans: no reading of the history walks a table.</summary>
public sealed class QueryPlanTests(TestDatabases databases)
{
    private static readonly OrganizationId Acme = new(10_001);
    private static readonly JournalCursor Cursor = new(new Instant(1_000), Acme, 500);
    private static readonly JournalFilter Day = new() { From = new Instant(10), Until = new Instant(20) };

    [Theory]
    [BothDatabases]
    public async Task Every_reading_of_the_history_walks_indexes(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var store = new StoreOf(database).CreateDbContext();
        await store.Database.OpenConnectionAsync();
        var connection = store.Database.GetDbConnection();
        var tree = new JournalScope.Trees([("/10001/", "/100010")]);
        var late = new SeqBounds(1, 100, LateLast: 100);
        foreach (var command in new[]
        {
            JournalSql.Page(connection, new JournalScope.Of(Acme), JournalFilter.None, new JournalPlace(25), new(1, long.MaxValue, null)),
            JournalSql.Page(connection, new JournalScope.Of(Acme), Day, new JournalPlace(25, After: Cursor), late),
            JournalSql.Page(connection, new JournalScope.Of(Acme), new() { Kind = EntryKind.Charge }, new JournalPlace(25, Before: Cursor), new(1, long.MaxValue, null)),
            JournalSql.Page(connection, new JournalScope.Everything(), JournalFilter.None, new JournalPlace(25), default),
            JournalSql.Page(connection, new JournalScope.Everything(), Day with { By = EntryTime.Recorded }, new JournalPlace(25, After: Cursor), default),
            JournalSql.Page(connection, tree, JournalFilter.None, new JournalPlace(25, After: Cursor), default),
            BalanceReading.Command(connection, Acme, new Instant(1), EntryTime.Effective),
            BalanceReading.Command(connection, Acme, new Instant(1), EntryTime.Recorded),
            UsageReading.Command(connection, Acme, new Instant(1), new Instant(1_000)),
            PaidCharges.Command(connection, 10_002, 10_001, new JournalPlace(25, After: Cursor)),
            PaidByOthers.Command(connection, [10_002]),
        })
        {
            await using (command)
            {
                var plan = await PlanAsync(kind, command);
                plan.ShouldNotMatch(@"SCAN (e|x|r|p|journal_entry|posting)\b(?! USING)|Seq Scan on (journal_entry|posting)|Bitmap", command.CommandText + "\n" + plan);
                plan.ShouldMatch("SEARCH|Index (Only )?Scan");
            }
        }
    }

    private static async Task<string> PlanAsync(DatabaseKind kind, DbCommand command)
    {
        if (kind is DatabaseKind.Postgres)
        {
            // An empty table is read whole, whatever its indexes: without that choice the plan tells whether an index serves.
            await using var settle = command.Connection!.CreateCommand();
            settle.CommandText = "SET enable_seqscan = off; SET enable_bitmapscan = off";
            await settle.ExecuteNonQueryAsync();
        }

        command.CommandText = (kind is DatabaseKind.Sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + command.CommandText;
        await using var rows = await command.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await rows.ReadAsync())
        {
            plan.Add(rows.GetString(rows.FieldCount - 1));
        }

        return string.Join('\n', plan);
    }
}
