using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

#pragma warning disable CA1309 // the database compares, by its columns' binary collation

namespace BillingPortal.Capabilities.SubOrganizations;

/// <summary>The organizations directly below one, part by part by key, with everything that is shown of each.</summary>
public sealed class ListSubOrganizations(IDbContextFactory<BillingStore> stores, TimeProvider clock) : ICapability
{
    /// <summary>The most in one part.</summary>
    public const int Most = 100;

    /// <inheritdoc />
    public static Permission Permission => Permission.ReadOrganizations;

    /// <summary>For a program: at most <paramref name="rows"/> in the order of their numbers, those behind <paramref name="after"/>.</summary>
    public async Task<Outcome<SubOrganizationList>> RunAsync(Caller caller, Guid parent, int rows, long after, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await (await OrganizationReach.FindAsync(store, caller, parent, Permission, cancel)).ThenAsync<SubOrganizationList>(async reached =>
        {
            var below = await store.Organizations.AsNoTracking().Where(o => o.ParentId == reached.Organization.Id && o.Id > after)
                .OrderBy(o => o.Id).Take(rows + 1).ToListAsync(cancel);
            return await ListAsync(store, reached.Organization, below, rows, backwards: false, started: after > 0, cancel);
        });
    }

    /// <summary>For a page: the part that <paramref name="part"/> asks for, by name.</summary>
    public async Task<Outcome<SubOrganizationList>> RunAsync(Caller caller, OrganizationId parent, SubOrganizationPart part, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await (await OrganizationReach.FindAsync(store, caller, parent, Permission, cancel)).ThenAsync<SubOrganizationList>(async reached =>
        {
            var all = store.Organizations.AsNoTracking().Where(o => o.ParentId == reached.Organization.Id);
            if (part.Text is { Length: > 0 } text)
            {
                var named = OrganizationSearch.Matching(store, text);
                all = all.Where(o => named.Contains(o.Id));
            }

            var place = part.After ?? part.Before;
            var backwards = part.Before is not null;
            var ascending = part.Descending == backwards;
            if (place is { } key)
            {
                all = ascending
                    ? all.Where(o => string.Compare(o.SearchName, key.Name) > 0 || (o.SearchName == key.Name && o.Id > key.Id))
                    : all.Where(o => string.Compare(o.SearchName, key.Name) < 0 || (o.SearchName == key.Name && o.Id < key.Id));
            }

            var sorted = ascending ? all.OrderBy(o => o.SearchName).ThenBy(o => o.Id) : all.OrderByDescending(o => o.SearchName).ThenByDescending(o => o.Id);
            return await ListAsync(store, reached.Organization, await sorted.Take(part.Rows + 1).ToListAsync(cancel), part.Rows, backwards, place is not null, cancel);
        });
    }

    /// <summary>One row more than asked for tells whether there are more on that side.</summary>
    private async Task<Outcome<SubOrganizationList>> ListAsync(
        BillingStore store, Organization parent, List<Organization> found, int rows, bool backwards, bool started, CancellationToken cancel)
    {
        var more = found.Count > rows;
        var shown = found.Take(rows).ToList();
        if (backwards)
        {
            shown.Reverse();
        }

        var facts = await OrganizationReading.ReadAsync(store, shown, Instant.Now(clock), cancel);
        return new Outcome<SubOrganizationList>.Done(new SubOrganizationList(
            parent, facts,
            Previous: shown.Count > 0 && (backwards ? more : started) ? SubOrganizationKey.Of(shown[0]) : null,
            Next: shown.Count > 0 && (backwards || more) ? SubOrganizationKey.Of(shown[^1]) : null));
    }
}

/// <summary>Which sub-organizations a page asks for.</summary>
/// <param name="Text">The beginning of a name, a word of it, or a number; null for all.</param>
/// <param name="Descending">From the last name.</param>
/// <param name="Rows">How many.</param>
/// <param name="After">The part follows this one.</param>
/// <param name="Before">The part ends before this one.</param>
public sealed record SubOrganizationPart(string? Text, bool Descending, int Rows, SubOrganizationKey? After, SubOrganizationKey? Before);

/// <summary>A place in the list by name.</summary>
/// <param name="Name">The name as it is sorted.</param>
/// <param name="Id">The number, where names are alike.</param>
public sealed record SubOrganizationKey(string Name, long Id)
{
    /// <summary>Where this organization stands.</summary>
    public static SubOrganizationKey Of(Organization organization) => new(organization.SearchName, organization.Id);

    /// <summary>The key that <see cref="ToString"/> wrote; null where it is none.</summary>
    public static SubOrganizationKey? Read(string? text) =>
        text?.Split('~', 2) is [var number, var name] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && !name.Contains('\0', StringComparison.Ordinal)
            ? new(name, id)
            : null;

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id}~{Name}");
}

/// <summary>A part of the organizations below one.</summary>
/// <param name="Parent">The one above them.</param>
/// <param name="Rows">The part.</param>
/// <param name="Previous">The first row's key where rows come before it.</param>
/// <param name="Next">The last row's key where rows follow it.</param>
public sealed record SubOrganizationList(Organization Parent, ImmutableArray<OrganizationFacts> Rows, SubOrganizationKey? Previous, SubOrganizationKey? Next);
