using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.SubOrganizations;

/// <summary>Finds a parent and one of its sub-organizations for one who may act there.</summary>
internal static class OrganizationReach
{
    /// <summary>The organization with this UUID, or what keeps the caller from it.</summary>
    public static async Task<Outcome<Reached>> FindAsync(BillingStore store, Caller caller, Guid uuid, Permission permission, CancellationToken cancel)
    {
        var access = await Access.ReadAsync(store, caller, cancel);
        return Reach(access, await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Uuid == uuid, cancel), permission);
    }

    /// <summary>The organization with this number, or what keeps the caller from it.</summary>
    public static async Task<Outcome<Reached>> FindAsync(BillingStore store, Caller caller, OrganizationId number, Permission permission, CancellationToken cancel)
    {
        var access = await Access.ReadAsync(store, caller, cancel);
        return Reach(access, await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == number.Value, cancel), permission);
    }

    /// <summary>
    /// The sub-organization directly below a parent: whoever may act at the parent may act here. One that stands elsewhere, or nowhere, is not
    /// found, so that nothing is learnt about it.
    /// </summary>
    public static async Task<Outcome<Reached>> FindBelowAsync(
        BillingStore store, Caller caller, Guid parent, Guid below, Permission permission, CancellationToken cancel) =>
        await (await FindAsync(store, caller, parent, permission, cancel)).ThenAsync<Reached>(async reached =>
            await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Uuid == below && o.ParentId == reached.Organization.Id, cancel) is { } organization
                ? new Outcome<Reached>.Done(new Reached(reached.Access, organization, reached.Organization))
                : new Outcome<Reached>.NotFound("There is no such sub-organization."));

    /// <summary>
    /// The organization with this number for one who may act there or at its parent: a role in the organization itself, lower than the one above it, takes
    /// nothing from what may be done from above.
    /// </summary>
    public static async Task<Outcome<Reached>> FindToManageAsync(BillingStore store, Caller caller, OrganizationId number, Permission permission, CancellationToken cancel)
    {
        var access = await Access.ReadAsync(store, caller, cancel);
        var organization = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == number.Value, cancel);
        return organization is not null && MayManage(access, organization, permission)
            ? new Outcome<Reached>.Done(new Reached(access, organization, Parent: null))
            : Reach(access, organization, permission);
    }

    /// <summary>True where the caller may do it there or at the parent.</summary>
    public static bool MayManage(Access access, Organization organization, Permission permission) =>
        access.May(permission, organization.Path) || (PathAbove(organization) is { } above && access.May(permission, above));

    /// <summary>True where the caller may give and take the organization's features: at its parent, or for the platform at the top.</summary>
    public static bool MayDelegate(Access access, Organization organization) => PathAbove(organization) is { } above
        ? access.May(Permission.ManageOrganizations, above)
        : access.MayOnPlatform(Permission.ManageOrganizations);

    /// <summary>The path of the organization's parent; null at the top.</summary>
    public static string? PathAbove(Organization organization) => organization.ParentId is null
        ? null
        : organization.Path[..(organization.Path.LastIndexOf('/', organization.Path.Length - 2) + 1)];

    private static Outcome<Reached> Reach(Access access, Organization? organization, Permission permission) =>
        access.Reach(organization, permission).Then<Reached>(found => new Outcome<Reached>.Done(new Reached(access, found, Parent: null)));
}

/// <summary>An organization that the caller may act at.</summary>
/// <param name="Access">What they may do.</param>
/// <param name="Organization">The organization.</param>
/// <param name="Parent">The parent through which it was reached; null where it was reached itself.</param>
internal sealed record Reached(Access Access, Organization Organization, Organization? Parent);
