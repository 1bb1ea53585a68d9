using BillingPortal.Domain.Access;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Overviews;

/// <summary>An organization's name for one who may see it.</summary>
public sealed class NameOrganization(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ReadOrganizations;

    /// <summary>The name, or null where there is no such organization or the caller may not see it.</summary>
    public async Task<string?> RunAsync(Caller caller, long number, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.Where(o => o.Id == number).Select(o => new { o.Name, o.Path }).FirstOrDefaultAsync(cancel);
        return found is not null && access.May(Permission, found.Path) ? found.Name : null;
    }
}
