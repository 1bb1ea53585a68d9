using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.BillingConfigurations;

/// <summary>The months for which an organization can be billed: from its first usage, or from when it was entered, to the month that runs in its zone, newest first.</summary>
public sealed class ListBillingPeriods(IDbContextFactory<BillingStore> stores, TimeProvider clock) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ReadJournal;

    /// <summary>Lists them.</summary>
    public async Task<Outcome<IReadOnlyList<NamedNumber>>> RunAsync(Caller caller, OrganizationId id, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel);
        return await access.Reach(found, Permission).ThenAsync<IReadOnlyList<NamedNumber>>(async organization =>
        {
            var (entered, now) = (BillingPeriod.Of(new Instant(organization.CreatedAt), organization.Zone), BillingPeriod.Of(Instant.Now(clock), organization.Zone));
            var first = await UsagePeriods.FirstAsync(store, id, cancel) is { } used && used.Number < entered.Number ? used : entered;
            var periods = new List<NamedNumber>();
            for (var period = now; period.Number >= first.Number; period = period.Previous)
            {
                periods.Add(new NamedNumber(period.Number, period.ToString(CultureInfo.InvariantCulture)));
            }

            return new Outcome<IReadOnlyList<NamedNumber>>.Done(periods);
        });
    }
}
