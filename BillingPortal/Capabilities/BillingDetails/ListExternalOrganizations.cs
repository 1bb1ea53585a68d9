using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.BillingDetails;

/// <summary>Contract 3's list: every organization that the caller sees, in the order of their numbers, with the role that counts there.</summary>
public sealed class ListExternalOrganizations(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <summary>The most in one part.</summary>
    public const int Most = 100;

    /// <inheritdoc />
    public static Permission Permission => Permission.ReadOrganizations;

    /// <summary>At most <paramref name="rows"/> behind the number <paramref name="after"/>.</summary>
    public async Task<Outcome<ExternalOrganizationList>> RunAsync(Caller caller, int rows, long after, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        if (!access.MaySomewhere(Permission) && (access.PlatformRole is not null || access.Memberships.Count > 0))
        {
            return new Outcome<ExternalOrganizationList>.Refused(Access.Missing(Permission));
        }

        var found = await OrganizationSearch.Within(store.Organizations.AsNoTracking(), access.VisiblePaths).Where(o => o.Id > after && o.DeletedAt == null).OrderBy(o => o.Id).Take(rows + 1).ToListAsync(cancel);
        var shown = found.Take(rows).ToList();
        var stored = await StoredDetails.ReadAsync(store, shown, cancel);
        return new Outcome<ExternalOrganizationList>.Done(new ExternalOrganizationList(
            [.. stored.Zip(shown, (details, organization) => ListedExternalOrganization.Of(details, access.RoleAt(organization.Path)!.Code))],
            found.Count > rows ? new OrganizationId(shown[^1].Id) : null));
    }
}

/// <summary>A part of contract 3's list.</summary>
/// <param name="Rows">The organizations.</param>
/// <param name="Next">Behind which the next part begins; null at the end.</param>
public sealed record ExternalOrganizationList(ImmutableArray<ListedExternalOrganization> Rows, OrganizationId? Next);
