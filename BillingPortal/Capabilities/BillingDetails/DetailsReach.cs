using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.BillingDetails;

/// <summary>Who reaches an organization's details, and for what.</summary>
internal static class DetailsReach
{
    /// <summary>The organization with this number.</summary>
    public static async Task<Outcome<ReachedDetails>> FindAsync(BillingStore store, Caller caller, OrganizationId number, Permission[] needed, CancellationToken cancel)
    {
        var access = await Access.ReadAsync(store, caller, cancel);
        return Reach(access, await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == number.Value, cancel), needed);
    }

    /// <summary>The organization with this slug, of today or of before.</summary>
    public static async Task<Outcome<ReachedDetails>> FindAsync(BillingStore store, Caller caller, string slug, Permission[] needed, CancellationToken cancel)
    {
        var access = await Access.ReadAsync(store, caller, cancel);
        return Reach(access, await OrganizationSearch.WithSlugAsync(store, slug, cancel), needed);
    }

    /// <summary>What a change needs: name and slug are the organization's own, everything else is billing's.</summary>
    public static Permission[] Needed(DetailsChange change) => (change.TouchesOwn, change.TouchesBilling) switch
    {
        (true, false) => [Permission.ManageOrganizations],
        (true, true) => [Permission.ManageBilling, Permission.ManageOrganizations],
        _ => [Permission.ManageBilling],
    };

    /// <summary>True where the caller may do it there, or at the parent: a lower role in the organization itself takes nothing from what may be done from above.</summary>
    public static bool May(Access access, Organization organization, Permission permission) =>
        access.May(permission, organization.Path) || (organization.ParentId is not null && access.May(permission, PathAbove(organization)));

    /// <summary>The path of the parent.</summary>
    public static string PathAbove(Organization organization) => organization.Path[..(organization.Path.LastIndexOf('/', organization.Path.Length - 2) + 1)];

    private static Outcome<ReachedDetails> Reach(Access access, Organization? organization, Permission[] needed)
    {
        var missing = organization is null ? needed[0] : Array.Find(needed, permission => !May(access, organization, permission));
        return organization is not null && needed.All(permission => May(access, organization, permission))
            ? new Outcome<ReachedDetails>.Done(new ReachedDetails(access, organization))
            : access.Reach(organization, missing).Then<ReachedDetails>(_ => throw new InvalidOperationException("It is missing."));
    }
}

/// <summary>An organization that the caller may act at.</summary>
/// <param name="Access">What they may do.</param>
/// <param name="Organization">The organization.</param>
internal sealed record ReachedDetails(Access Access, Organization Organization);
