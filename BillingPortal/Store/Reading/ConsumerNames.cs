using System.Collections.Immutable;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Store.Reading;

/// <summary>Names of those for whom a ledger paid, as far as the caller may see them: one that was handed to somebody else is a number.</summary>
public static class ConsumerNames
{
    /// <summary>The names by number; nothing is asked where nobody is.</summary>
    public static async Task<ImmutableDictionary<OrganizationId, string>> ReadAsync(
        BillingStore store, Access access, IEnumerable<OrganizationId?> consumers, CancellationToken cancel)
    {
        var ids = consumers.OfType<OrganizationId>().Select(id => id.Value).Distinct().ToArray();
        if (ids.Length == 0)
        {
            return ImmutableDictionary<OrganizationId, string>.Empty;
        }

        var found = await store.Organizations.Where(o => ids.Contains(o.Id)).Select(o => new { o.Id, o.Name, o.Path }).ToListAsync(cancel);
        return found.Where(o => access.May(Permission.ReadOrganizations, o.Path)).ToImmutableDictionary(o => new OrganizationId(o.Id), o => o.Name);
    }
}
