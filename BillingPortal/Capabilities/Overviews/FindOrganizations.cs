using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

#pragma warning disable CA1309 // the database compares, by its columns' binary collation

namespace BillingPortal.Capabilities.Overviews;

/// <summary>
/// The few organizations that a text means, for the search everywhere: by the beginning of the name, of one of its words or of the slug,
/// or by the whole number or UUID. Each way is a short range of an index, whatever the number of organizations.
/// </summary>
public sealed class FindOrganizations(IDbContextFactory<BillingStore> stores) : ICapability
{
    private const int Most = 8;

    /// <inheritdoc />
    public static Permission Permission => Permission.ReadOrganizations;

    /// <summary>What <paramref name="text"/> means among what the caller sees, best first: exact, then by name.</summary>
    public async Task<ImmutableArray<FoundOrganization>> RunAsync(Caller caller, string text, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        if (text.Trim().Length == 0 || text.Contains('\0', StringComparison.Ordinal) || !access.MaySomewhere(Permission))
        {
            return [];
        }

        var seen = OrganizationSearch.Within(store.Organizations.AsNoTracking(), access.VisiblePaths);
        var ids = await Beginning(store, seen, text.Trim()).ToListAsync(cancel);
        var found = await seen.Where(o => ids.Contains(o.Id)).OrderBy(o => o.SearchName).ThenBy(o => o.Id)
            .Select(o => new FoundOrganization(o.Id, o.Name, o.Slug, o.Uuid, store.Organizations.Any(below => below.ParentId == o.Id))).ToListAsync(cancel);
        var wanted = text.Trim();
        return [.. found.OrderByDescending(o => o.IsExactly(wanted)).Take(Most)];
    }

    /// <summary>A few numbers for each way in which the text may name an organization, each in the order of its index.</summary>
    private static IQueryable<long> Beginning(BillingStore store, IQueryable<Organization> seen, string text)
    {
        var (name, slug) = (NameSearch.Normalise(text), text.ToLowerInvariant());
        var (afterName, afterSlug) = (name + OrganizationSearch.Last, slug + OrganizationSearch.Last);
        var found = seen.Where(o => string.Compare(o.SearchName, name) >= 0 && string.Compare(o.SearchName, afterName) < 0).OrderBy(o => o.SearchName).ThenBy(o => o.Id).Select(o => o.Id).Take(Most)
            .Concat(seen.Where(o => string.Compare(o.Slug, slug) >= 0 && string.Compare(o.Slug, afterSlug) < 0).OrderBy(o => o.Slug).Select(o => o.Id).Take(Most))
            .Concat(store.OrganizationWords.Where(w => string.Compare(w.Word, name) >= 0 && string.Compare(w.Word, afterName) < 0)
                .Join(seen, w => w.OrganizationId, o => o.Id, (w, o) => w).OrderBy(w => w.Word).ThenBy(w => w.OrganizationId).Select(w => w.OrganizationId).Take(Most));
        if (long.TryParse(slug, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            found = found.Concat(seen.Where(o => o.Id == number).Select(o => o.Id));
        }

        return Guid.TryParse(slug, out var uuid) ? found.Concat(seen.Where(o => o.Uuid == uuid).Select(o => o.Id)) : found;
    }
}

/// <summary>An organization as search shows it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Slug">Its name in addresses.</param>
/// <param name="Uuid">How other systems know it.</param>
/// <param name="IsReseller">True where it has sub-organizations.</param>
public sealed record FoundOrganization(long Id, string Name, string Slug, Guid Uuid, bool IsReseller)
{
    /// <summary>True where <paramref name="text"/> is one of its names from end to end.</summary>
    public bool IsExactly(string text) =>
        string.Equals(Id.ToString(CultureInfo.InvariantCulture), text, StringComparison.Ordinal)
        || string.Equals(Slug, text, StringComparison.OrdinalIgnoreCase) || string.Equals(Name, text, StringComparison.OrdinalIgnoreCase)
        || (Guid.TryParse(text, out var uuid) && uuid == Uuid);
}
