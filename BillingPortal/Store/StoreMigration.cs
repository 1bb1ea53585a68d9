using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Store;

/// <summary>Creates and migrates the database at start.</summary>
public static class StoreMigration
{
    /// <summary>Brings the database to this version. On SQLite it also turns on write-ahead logging, for good.</summary>
    public static async Task MigrateAsync(IDbContextFactory<BillingStore> stores, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        await store.Database.MigrateAsync(cancel);
        if (store is SqliteBillingStore)
        {
            await store.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancel);
        }
    }
}
