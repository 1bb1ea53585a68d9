using BillingPortal.Domain.Organizations;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Capabilities.SubOrganizations;

/// <summary>A reseller with a sub-organization, and contract 1's addresses of them.</summary>
internal static class Family
{
    public static string Path(Guid parent) => $"/orgs/{parent}/orgs";

    public static string Path(Guid parent, Guid sub) => $"/orgs/{parent}/orgs/{sub}";

    public static async Task<((OrganizationId Id, Guid Uuid) Acme, (OrganizationId Id, Guid Uuid) East)> PairAsync(ApiPortal portal)
    {
        var acme = await portal.OrganizationAsync();
        return (acme, await portal.OrganizationAsync("Acme East", shape: o => o.ParentId = acme.Id.Value));
    }

    public static async Task GiveAsync(ApiPortal portal, OrganizationId organization, string features)
    {
        await using var store = await portal.StoreAsync();
        await store.Organizations.Where(o => o.Id == organization.Value).ExecuteUpdateAsync(o => o.SetProperty(x => x.Features, features));
    }
}
