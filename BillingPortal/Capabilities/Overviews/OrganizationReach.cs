using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Overviews;

/// <summary>Finds one organization by any of its names, for one who may see it.</summary>
internal static class OrganizationReach
{
    /// <summary>The organization whose number, UUID or slug, of today or of before, is <paramref name="key"/>, and what the caller may do; or what keeps them from it.</summary>
    public static async Task<Outcome<(Organization Organization, Access Access)>> FindAsync(
        BillingStore store, Caller caller, string key, Permission permission, CancellationToken cancel)
    {
        var access = await Access.ReadAsync(store, caller, cancel);
        var organizations = store.Organizations.AsNoTracking();
        var slug = key.ToLowerInvariant();
        var found = long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? await organizations.FirstOrDefaultAsync(o => o.Id == number, cancel)
            : Guid.TryParse(key, out var uuid)
                ? await organizations.FirstOrDefaultAsync(o => o.Uuid == uuid, cancel)
                : await OrganizationSearch.WithSlugAsync(store, slug, cancel);
        return access.Reach(found, permission).Then<(Organization, Access)>(organization => new Outcome<(Organization, Access)>.Done((organization, access)));
    }
}
