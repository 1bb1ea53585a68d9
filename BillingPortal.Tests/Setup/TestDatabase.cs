using System.Data.Common;
using BillingPortal.Store;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace BillingPortal.Tests.Setup;

/// <summary>Which of the two databases.</summary>
public enum DatabaseKind
{
    /// <summary>A file.</summary>
    Sqlite,

    /// <summary>A server.</summary>
    Postgres,
}

/// <summary>A migrated, empty database that one test has for itself.</summary>
internal sealed class TestDatabase(DatabaseKind kind, string connectionString, Func<ValueTask> remove) : IAsyncDisposable
{
    /// <summary>Which of the two.</summary>
    public DatabaseKind Kind => kind;

    /// <summary>For a connection to it.</summary>
    public string ConnectionString => connectionString;

    /// <summary>The portal's configuration that chooses it.</summary>
    public IReadOnlyDictionary<string, string?> Configuration { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Database:Provider"] = kind is DatabaseKind.Sqlite ? "sqlite" : "postgres",
        ["ConnectionStrings:Billing"] = connectionString,
    };

    /// <summary>A context to read with.</summary>
    public BillingStore Read() => Schema.Open(kind, connectionString);

    /// <summary>An open connection, for what no part of the portal would do.</summary>
    public async Task<DbConnection> ConnectAsync()
    {
        DbConnection connection = kind is DatabaseKind.Sqlite ? new SqliteConnection(connectionString) : new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => remove();
}
