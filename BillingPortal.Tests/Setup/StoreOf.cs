using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Setup;

/// <summary>Opens a test's database as the portal does.</summary>
internal sealed class StoreOf(TestDatabase database) : IDbContextFactory<BillingStore>
{
    private readonly DbContextOptions<SqliteBillingStore> _sqlite = new DbContextOptionsBuilder<SqliteBillingStore>().UseSqlite(database.ConnectionString).Options;
    private readonly DbContextOptions<PostgresBillingStore> _postgres = new DbContextOptionsBuilder<PostgresBillingStore>().UseNpgsql(database.ConnectionString).Options;

    /// <inheritdoc />
    public BillingStore CreateDbContext() => database.Kind is DatabaseKind.Sqlite ? new SqliteBillingStore(_sqlite) : new PostgresBillingStore(_postgres);

    /// <summary>Enters a person, with a role on the platform or in an organization, and gives them as a caller.</summary>
    public async Task<Caller> PersonAsync(string name, string? platformRole = null, params (long Organization, string Role)[] memberships)
    {
        await using var store = CreateDbContext();
        store.Users.Add(new() { Id = name, UserName = name, NormalizedUserName = name.ToUpperInvariant(), DisplayName = name, PlatformRole = platformRole });
        store.Memberships.AddRange(memberships.Select(m => new BillingPortal.Store.Rows.Membership { UserId = name, OrganizationId = m.Organization, Role = m.Role }));
        await store.SaveChangesAsync();
        return new Caller(name, "page");
    }
}
