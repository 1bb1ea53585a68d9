using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

#pragma warning disable CA1309 // the database compares, by its columns' binary collation

namespace BillingPortal.Capabilities.SubOrganizations;

/// <summary>What can be set about an organization, what the caller may set of it, and what giving up a feature would take from those below.</summary>
public sealed class GetOrganizationSettings(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ReadOrganizations;

    /// <summary>Reads it.</summary>
    public async Task<Outcome<OrganizationSettings>> RunAsync(Caller caller, OrganizationId number, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await (await OrganizationReach.FindAsync(store, caller, number, Permission, cancel)).ThenAsync<OrganizationSettings>(async reached =>
        {
            var organization = reached.Organization;
            var parent = organization.ParentId is { } above ? await store.Organizations.AsNoTracking().FirstAsync(o => o.Id == above, cancel) : null;
            var after = organization.Path + OrganizationSearch.Last;
            var below = await store.Organizations.Where(o => string.Compare(o.Path, organization.Path) > 0 && string.Compare(o.Path, after) < 0)
                .GroupBy(o => new { o.Features, o.AllowOverdraft })
                .Select(kind => new { kind.Key.Features, kind.Key.AllowOverdraft, Organizations = kind.Count() }).ToListAsync(cancel);
            return new Outcome<OrganizationSettings>.Done(new OrganizationSettings(
                organization,
                Profile.Of(organization),
                parent is not null && reached.Access.RoleAt(parent.Path) is not null ? parent : null,
                parent is null ? FeatureSet.Everything : FeatureSet.Of(parent),
                OrganizationReach.MayManage(reached.Access, organization, Permission.ManageOrganizations),
                OrganizationReach.MayDelegate(reached.Access, organization),
                reached.Access.May(Permission.ManageOrganizations, organization.Path),
                parent is not null && reached.Access.May(Permission.ManageBilling, parent.Path),
                Feature.All.ToImmutableDictionary(feature => feature, feature => below.Where(kind => FeatureSet.Of(kind.Features, kind.AllowOverdraft).Has(feature)).Sum(kind => kind.Organizations))));
        });
    }
}

/// <summary>What can be set about an organization.</summary>
/// <param name="Organization">The organization.</param>
/// <param name="Shown">What is set, as it was read: what a change is agreed against.</param>
/// <param name="Parent">Its parent, where the caller may know of it.</param>
/// <param name="Delegable">What the parent, or at the top the platform, has to give.</param>
/// <param name="MayChange">True where the caller may change name and contacts.</param>
/// <param name="MayDelegate">True where the caller may give and take features.</param>
/// <param name="MayCreateBelow">True where the caller may create organizations below it.</param>
/// <param name="MayUseParentBalance">True where the caller may let it draw on its parent's balance.</param>
/// <param name="Below">How many organizations below it have each feature, and would lose it with it.</param>
public sealed record OrganizationSettings(
    Organization Organization, Profile Shown, Organization? Parent, FeatureSet Delegable, bool MayChange, bool MayDelegate, bool MayCreateBelow,
    bool MayUseParentBalance, ImmutableDictionary<Feature, int> Below);
