using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.PrepaidBalances;

/// <summary>Contract 4's look-up tables about prepaid balances.</summary>
public sealed class LookUpPrepaid(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ReadOrganizations;

    /// <summary>A table, for one who may see the organization.</summary>
    public async Task<Outcome<IReadOnlyList<PrepaidWordJson>>> RunAsync(Caller caller, OrganizationId id, IEnumerable<PrepaidWord> table, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel);
        return access.Reach(found, Permission).Then<IReadOnlyList<PrepaidWordJson>>(_ => new Outcome<IReadOnlyList<PrepaidWordJson>>.Done([.. table.Select(PrepaidWordJson.Of)]));
    }
}
