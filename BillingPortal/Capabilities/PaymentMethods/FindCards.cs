using System.Collections.Immutable;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.PaymentMethods;

/// <summary>Finds cards by their last four digits, among the organizations the caller sees.</summary>
public sealed class FindCards(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <summary>A few: many cards end alike, and a list is for looking at.</summary>
    public const int Most = 6;

    /// <inheritdoc />
    public static Permission Permission => Permission.ReadOrganizations;

    /// <summary>The cards that end in <paramref name="last4"/>, newest first.</summary>
    public async Task<ImmutableArray<FoundCard>> RunAsync(Caller caller, string last4, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        if (!access.MaySomewhere(Permission))
        {
            return [];
        }

        var rows = await store.PaymentMethods.Where(m => m.Last4 == last4 && m.RemovedAt == null)
            .Join(OrganizationSearch.Within(store.Organizations.AsNoTracking(), access.VisiblePaths), m => m.OrganizationId, o => o.Id, (m, o) => new { Card = m, Organization = o })
            .OrderByDescending(found => found.Card.AddedAt).ThenBy(found => found.Card.Id).Take(Most)
            .Select(found => new { found.Card.Brand, found.Card.Last4, found.Organization.Id, found.Organization.Name }).ToListAsync(cancel);
        return [.. rows.Select(row => new FoundCard(row.Id, row.Name, CardNames.Of(row.Brand, row.Last4)))];
    }
}

/// <summary>A card that was found.</summary>
/// <param name="Organization">The number of its organization.</param>
/// <param name="OrganizationName">Its name.</param>
/// <param name="Name">As in "Visa ·4242".</param>
public sealed record FoundCard(long Organization, string OrganizationName, string Name);
