using BillingPortal.Capabilities.Notifying;
using BillingPortal.Domain.Access;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Capabilities.Notifying;

/// <summary>The databases' own plans: what every page asks every half minute walks indexes.</summary>
public sealed class NoticePlanTests(TestDatabases databases)
{
    private static readonly Access Staff = new(new Caller("support", "page"), Role.Support, []);
    private static readonly Access Reseller = new(new Caller("reseller", "page"), null, [("/10001/", Role.Admin), ("/10007/10009/", Role.Staff)]);

    [Theory]
    [BothDatabases]
    public async Task Counting_and_listing_walk_indexes(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var store = new StoreOf(database).CreateDbContext();
        await store.Database.OpenConnectionAsync();
        if (kind is DatabaseKind.Postgres)
        {
            // An empty table is read whole, whatever its indexes: without that choice the plan tells whether an index serves.
            await store.Database.ExecuteSqlRawAsync("SET enable_seqscan = off; SET enable_bitmapscan = off");
        }

        foreach (var access in new[] { Staff, Reseller })
        {
            foreach (var build in new Func<NoticeSql, string>[]
            {
                sql => sql.Only(new NoticeFilter(UnreadOnly: true)).Count(100),
                sql => sql.Part(new NoticePlace(25, After: 1_000)),
                sql => sql.Only(new NoticeFilter(Kind: "low_balance")).Part(new NoticePlace(25, Before: 10)),
                sql => sql.Only(new NoticeFilter(Organization: 10_001)).Part(new NoticePlace(25)),
            })
            {
                var plan = await PlanAsync(store, kind, access.PlatformRole is null ? new NoticeSql(access) : CountUnreadNotices.ForBell(access), build);
                plan.ShouldNotMatch(@"SCAN [nomr]\b(?! USING)|Seq Scan|Bitmap", plan);
            }
        }
    }

    private static async Task<string> PlanAsync(BillingStore store, DatabaseKind kind, NoticeSql sql, Func<NoticeSql, string> build)
    {
        var statement = build(sql);
        await using var command = store.Database.GetDbConnection().CreateCommand();
        var values = sql.Values;
        for (var n = 0; n < values.Length; n++)
        {
            statement = statement.Replace($"{{{n}}}", $"@p{n}", StringComparison.Ordinal);
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ($"@p{n}", values[n]);
            command.Parameters.Add(parameter);
        }

        command.CommandText = (kind is DatabaseKind.Sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + statement;
        await using var rows = await command.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await rows.ReadAsync())
        {
            plan.Add(rows.GetString(rows.FieldCount - 1));
        }

        return string.Join('\n', plan);
    }
}
