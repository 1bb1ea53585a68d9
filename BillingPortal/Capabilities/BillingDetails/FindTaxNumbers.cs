using System.Collections.Immutable;
using BillingPortal.Domain.Access;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

#pragma warning disable CA1309 // the database compares, by its column's binary collation

namespace BillingPortal.Capabilities.BillingDetails;

/// <summary>Finds organizations by the beginning of their tax number, among those the caller sees.</summary>
public sealed class FindTaxNumbers(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <summary>A few: a number belongs to one company, and few of its organizations.</summary>
    public const int Most = 6;

    /// <inheritdoc />
    public static Permission Permission => Permission.ReadOrganizations;

    /// <summary>The organizations whose number <paramref name="text"/> begins, in the order of the numbers.</summary>
    public async Task<ImmutableArray<FoundTaxNumber>> RunAsync(Caller caller, string text, CancellationToken cancel)
    {
        if (OrganizationSearch.TaxNumberIn(text) is not { } number || text.Contains('\0', StringComparison.Ordinal))
        {
            return [];
        }

        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        if (!access.MaySomewhere(Permission))
        {
            return [];
        }

        var after = number + OrganizationSearch.Last;
        return [.. await store.BillingDetails.Where(d => string.Compare(d.TaxId, number) >= 0 && string.Compare(d.TaxId, after) < 0)
            .Join(OrganizationSearch.Within(store.Organizations.AsNoTracking(), access.VisiblePaths), d => d.OrganizationId, o => o.Id, (d, o) => new { d.TaxId, o.Id, o.Name })
            .OrderBy(found => found.TaxId).ThenBy(found => found.Id).Take(Most).Select(found => new FoundTaxNumber(found.Id, found.Name, found.TaxId!)).ToListAsync(cancel)];
    }
}

/// <summary>A tax number that was found.</summary>
/// <param name="Organization">The number of its organization.</param>
/// <param name="OrganizationName">Its name.</param>
/// <param name="Number">The tax number.</param>
public sealed record FoundTaxNumber(long Organization, string OrganizationName, string Number);
