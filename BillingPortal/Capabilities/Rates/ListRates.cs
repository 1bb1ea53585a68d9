using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Rating;
using BillingPortal.Store;
using BillingPortal.Store.Rating;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Rates;

/// <summary>An organization's custom rates and volumes, for programs.</summary>
public sealed class ListRates(IDbContextFactory<BillingStore> stores, TimeProvider clock) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ReadJournal;

    /// <summary>Its custom rates, those that ended included; deleted ones are gone.</summary>
    public Task<Outcome<(Organization Organization, ImmutableArray<CustomRate> Rates)>> RatesAsync(Caller caller, OrganizationId id, CancellationToken cancel) =>
        ReadAsync(caller, id, async (store, _) => (await RateReading.BookAsync(store, id, cancel)).CustomRates.Where(rate => rate.State != CustomRateState.Deleted).ToImmutableArray(), cancel);

    /// <summary>The inclusive volumes that hold now.</summary>
    public Task<Outcome<(Organization Organization, ImmutableArray<Allowance> Volumes)>> ActiveVolumesAsync(Caller caller, OrganizationId id, CancellationToken cancel)
    {
        var now = Instant.Now(clock);
        return ReadAsync(caller, id, async (store, organization) => (await RateReading.BookAsync(store, id, cancel)).Allowances
            .Where(allowance => allowance.Kind == AllowanceKind.Volume && allowance.Holds(BillingPeriod.Of(now, organization.Zone), now)).ToImmutableArray(), cancel);
    }

    private async Task<Outcome<(Organization, T)>> ReadAsync<T>(Caller caller, OrganizationId id, Func<BillingStore, Organization, Task<T>> read, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        return await access.Reach(await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel), Permission)
            .ThenAsync<(Organization, T)>(async found => new Outcome<(Organization, T)>.Done((found, await read(store, found))));
    }
}
