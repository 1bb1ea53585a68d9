using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.MemberOrganizations;

/// <summary>The organizations that the caller belongs to (contract 5), and one of those that they may see.</summary>
public sealed class GetMemberOrganizations(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <summary>The most that are listed.</summary>
    public const int Most = 200;

    /// <inheritdoc />
    public static Permission Permission => Permission.ReadOrganizations;

    /// <summary>Those that the caller belongs to, by name.</summary>
    public async Task<Outcome<MemberOrganizationList>> RunAsync(Caller caller, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Memberships.AsNoTracking().Where(m => m.UserId == caller.UserId)
            .Join(store.Organizations.AsNoTracking(), m => m.OrganizationId, o => o.Id, (m, o) => new { m.Role, Organization = o })
            .OrderBy(line => line.Organization.SearchName).ThenBy(line => line.Organization.Id).Take(Most).ToListAsync(cancel);
        var seen = found.Where(line => access.May(Permission, line.Organization.Path)).ToList();
        var details = (await StoredDetails.ReadAsync(store, [.. seen.Select(line => line.Organization)], cancel)).ToDictionary(stored => stored.Organization);
        return seen.Count < found.Count && seen.Count == 0
            ? new Outcome<MemberOrganizationList>.Refused(Access.Missing(Permission))
            : new Outcome<MemberOrganizationList>.Done(new MemberOrganizationList([.. seen.Select(line => MemberOrganization.Of(line.Organization.Uuid, details[line.Organization.Id].Details, line.Role))]));
    }

    /// <summary>One of those that the caller may see.</summary>
    public async Task<Outcome<MemberOrganization>> RunAsync(Caller caller, Guid uuid, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Uuid == uuid, cancel);
        return await access.Reach(found, Permission).ThenAsync<MemberOrganization>(async organization => new Outcome<MemberOrganization>.Done(
            MemberOrganization.Of(uuid, (await StoredDetails.ReadAsync(store, organization, cancel)).Details, access.RoleAt(organization.Path)?.Code)));
    }
}
