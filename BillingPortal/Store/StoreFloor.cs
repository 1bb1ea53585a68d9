using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Store;

/// <summary>Puts the store into the container.</summary>
public static class StoreFloor
{
    /// <summary>
    /// Registers both pooled factories always and lets <c>IDbContextFactory&lt;BillingStore&gt;</c> choose, so that the tools find
    /// either; Identity's stores get a scoped context, nothing else does.
    /// </summary>
    public static IServiceCollection AddStore(this IServiceCollection services)
    {
        services.AddSingleton(provider => DatabaseOptions.From(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton(TimeProvider.System);
        services.AddPooledDbContextFactory<SqliteBillingStore>((provider, options) =>
            options.UseSqlite(For(provider, DatabaseProvider.Sqlite, "Data Source=billing.db")));
        services.AddPooledDbContextFactory<PostgresBillingStore>((provider, options) =>
            options.UseNpgsql(For(provider, DatabaseProvider.Postgres, "Host=localhost")));
        services.AddSingleton<IDbContextFactory<BillingStore>, ChosenStoreFactory>();
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<BillingStore>>().CreateDbContext());
        services.AddSingleton<JournalWriter>();
        services.AddSingleton<OrganizationWriter>();
        return services;
    }

    private static string For(IServiceProvider provider, DatabaseProvider wanted, string otherwise) =>
        provider.GetRequiredService<DatabaseOptions>() is { } chosen && chosen.Provider == wanted ? chosen.ConnectionString : otherwise;

    private sealed class ChosenStoreFactory(DatabaseOptions options, IServiceProvider provider) : IDbContextFactory<BillingStore>
    {
        public BillingStore CreateDbContext() => options.Provider == DatabaseProvider.Sqlite
            ? provider.GetRequiredService<IDbContextFactory<SqliteBillingStore>>().CreateDbContext()
            : provider.GetRequiredService<IDbContextFactory<PostgresBillingStore>>().CreateDbContext();
    }
}
