using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.AdjustingBalances;

/// <summary>Finds the organization whose balance is to be adjusted, by name, slug, number or UUID.</summary>
public sealed class FindOrganizationsToAdjust(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <summary>How many are shown: a list to look at, not to page through.</summary>
    public const int Most = 20;

    /// <inheritdoc />
    public static Permission Permission => Permission.AdjustBalances;

    /// <summary>Those that <paramref name="text"/> names, by name; the first by name where it is empty. Only where the caller may adjust.</summary>
    public async Task<Outcome<ImmutableArray<Organization>>> RunAsync(Caller caller, string text, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        if (!access.MaySomewhere(Permission))
        {
            return new Outcome<ImmutableArray<Organization>>.Refused(Access.Missing(Permission));
        }

        var found = OrganizationSearch.Within(store.Organizations.AsNoTracking(), access.VisiblePaths);
        if (!string.IsNullOrWhiteSpace(text))
        {
            var matches = OrganizationSearch.Matching(store, text);
            found = found.Where(o => matches.Contains(o.Id));
        }

        var shown = await found.OrderBy(o => o.SearchName).ThenBy(o => o.Id).Take(Most).ToListAsync(cancel);
        return new Outcome<ImmutableArray<Organization>>.Done([.. shown.Where(o => access.May(Permission, o.Path))]);
    }
}
