using BillingPortal.Store;
using BillingPortal.Store.Invoicing;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Setup;

/// <summary>Brings an empty database to the portal's present schema, by the portal's own migrations.</summary>
internal static class Schema
{
    /// <summary>Applies every migration of <paramref name="kind"/>.</summary>
    public static async Task CreateAsync(DatabaseKind kind, string connectionString)
    {
        await using var store = Open(kind, connectionString);
        await store.Database.MigrateAsync();

        // Who issues the invoices is a setting; tests bill in the example's name.
        await IssuerStep.SetExampleAsync(store, CancellationToken.None);
        if (kind is DatabaseKind.Sqlite)
        {
            await store.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL");
        }
    }

    /// <summary>A context over a database, outside the container.</summary>
    public static BillingStore Open(DatabaseKind kind, string connectionString) => kind is DatabaseKind.Sqlite
        ? new SqliteBillingStore(new DbContextOptionsBuilder<SqliteBillingStore>().UseSqlite(connectionString).Options)
        : new PostgresBillingStore(new DbContextOptionsBuilder<PostgresBillingStore>().UseNpgsql(connectionString).Options);
}
