using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.SubOrganizations;

/// <summary>The people of an organization with their roles there.</summary>
public sealed class ListMembers(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ReadOrganizations;

    /// <summary>Reads them.</summary>
    public async Task<Outcome<MemberList>> RunAsync(Caller caller, OrganizationId number, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await (await OrganizationReach.FindAsync(store, caller, number, Permission, cancel)).ThenAsync<MemberList>(async reached =>
        {
            var organization = reached.Organization;
            var members = await OrganizationReading.MembersAsync(store, [organization.Id], cancel);
            var parent = organization.ParentId is { } above ? await store.Organizations.AsNoTracking().FirstAsync(o => o.Id == above, cancel) : null;
            return new Outcome<MemberList>.Done(new MemberList(
                organization, parent is not null && reached.Access.RoleAt(parent.Path) is not null ? parent : null, members.GetValueOrDefault(organization.Id, []),
                OrganizationReach.MayManage(reached.Access, organization, Permission.ManageMembers), caller.UserId));
        });
    }
}

/// <summary>An organization's people.</summary>
/// <param name="Organization">The organization.</param>
/// <param name="Parent">Its parent, where the caller may know of it.</param>
/// <param name="Members">Its own people, by name.</param>
/// <param name="MayManage">True where the caller may add, change and remove them.</param>
/// <param name="Me">The caller's id.</param>
public sealed record MemberList(Organization Organization, Organization? Parent, ImmutableArray<Member> Members, bool MayManage, string Me)
{
    /// <summary>True where <paramref name="member"/> is the last who administers a top organization: their role cannot be taken.</summary>
    public bool IsLastAdministrator(Member member) => Organization.ParentId is null && member.Role == Role.Admin.Code && Members.Count(other => other.Role == Role.Admin.Code) == 1;
}
