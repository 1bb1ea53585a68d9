using Microsoft.Data.Sqlite;
using Npgsql;
using System.Data.Common;

namespace BillingPortal.Tests.Setup;

public sealed class SetupTests(TestDatabases databases)
{
    [Theory, BothDatabases]
    public async Task Each_test_has_a_database_of_its_own(DatabaseKind kind)
    {
        await using var mine = await databases.CreateAsync(kind);
        await using var yours = await databases.CreateAsync(kind);

        await ExecuteAsync(mine, "CREATE TABLE only_here (id INTEGER)");

        await Should.ThrowAsync<DbException>(() => ExecuteAsync(yours, "SELECT * FROM only_here"));
    }

    [Fact]
    public void A_timer_rings_when_the_clock_is_moved_past_it()
    {
        var clock = new FakeClock();
        var rings = 0;
        using var timer = clock.CreateTimer(_ => rings++, null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));

        clock.Advance(TimeSpan.FromSeconds(59));
        rings.ShouldBe(0);
        clock.Advance(TimeSpan.FromMinutes(2));
        rings.ShouldBe(2);
    }

    private static async Task ExecuteAsync(TestDatabase database, string sql)
    {
        await using DbConnection connection =
            database.Kind is DatabaseKind.Sqlite ? new SqliteConnection(database.ConnectionString) : new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
