using BillingPortal.Capabilities.Overviews;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.E2E.Benchmarks;

/// <summary>The portal's own registrations over a database: pooled contexts and prepared statements, as it runs with.</summary>
internal static class StoreServices
{
    /// <summary>Over <paramref name="database"/>.</summary>
    public static ServiceProvider Over(TestDatabase database)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(database.Configuration).Build());
        services.AddLogging();
        services.AddStore();
        services.AddSingleton<ListOrganizations>();
        return services.BuildServiceProvider();
    }
}
