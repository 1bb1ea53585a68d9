using System.Globalization;
using Npgsql;

[assembly: AssemblyFixture(typeof(BillingPortal.Tests.Setup.TestDatabases))]

namespace BillingPortal.Tests.Setup;

/// <summary>
/// Hands out databases. Migrations run once for each kind, into a template; a test's own database is a copy of it. The
/// PostgreSQL server is started by the first test that asks for one and stopped after the last test of the assembly.
/// </summary>
public sealed class TestDatabases : IAsyncDisposable
{
    private const string Template = "portal_template";

    private readonly Lazy<Task<PostgresServer>> _postgres;
    private readonly Lazy<Task<SqliteFile>> _sqlite;
    private readonly bool _durable;
    private readonly SemaphoreSlim _copying = new(1);
    private int _number;

    /// <summary>For tests: neither database waits for the disk.</summary>
    public TestDatabases()
        : this(durable: false) { }

    /// <summary>For drills and benchmarks, where a commit must reach the disk.</summary>
    internal TestDatabases(bool durable)
    {
        _durable = durable;
        _postgres = new(() => StartPostgresAsync(durable));
        _sqlite = new(() => PrepareSqliteAsync(durable));
    }

    /// <summary>A database of <paramref name="kind"/> that nobody else has.</summary>
    internal Task<TestDatabase> CreateAsync(DatabaseKind kind) => kind is DatabaseKind.Sqlite ? CopySqliteAsync() : CopyPostgresAsync();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_postgres is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await _postgres.Value).DisposeAsync();
        }

        if (_sqlite is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            (await _sqlite.Value).Dispose();
        }

        _copying.Dispose();
    }

    private static async Task<SqliteFile> PrepareSqliteAsync(bool durable)
    {
        var template = new SqliteFile(durable);
        await Schema.CreateAsync(DatabaseKind.Sqlite, template.ConnectionString);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        return template;
    }

    private static async Task<PostgresServer> StartPostgresAsync(bool durable)
    {
        var server = await PostgresServer.StartAsync(durable);
        await server.ExecuteAsync($"CREATE DATABASE {Template}");
        await Schema.CreateAsync(DatabaseKind.Postgres, server.ConnectionString(Template));
        NpgsqlConnection.ClearAllPools();
        return server;
    }

    private async Task<TestDatabase> CopySqliteAsync()
    {
        var template = await _sqlite.Value;
        var file = new SqliteFile(_durable);
        foreach (var part in Directory.GetFiles(template.Folder))
        {
            File.Copy(part, Path.Combine(file.Folder, Path.GetFileName(part)));
        }

        return new(DatabaseKind.Sqlite, file.ConnectionString, () => { file.Dispose(); return ValueTask.CompletedTask; });
    }

    private async Task<TestDatabase> CopyPostgresAsync()
    {
        var server = await _postgres.Value;
        var name = "test_" + Interlocked.Increment(ref _number).ToString(CultureInfo.InvariantCulture);

        // PostgreSQL copies a template for one at a time.
        await _copying.WaitAsync();
        try
        {
            await server.ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {Template}");
        }
        finally
        {
            _copying.Release();
        }

        return new(DatabaseKind.Postgres, server.ConnectionString(name), async () =>
        {
            await using (var pooled = new NpgsqlConnection(server.ConnectionString(name)))
            {
                NpgsqlConnection.ClearPool(pooled);
            }

            await server.ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)");
        });
    }
}
