using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.ClosingMonths;

/// <summary>The journal of a month, summed by account kind and currency over the whole platform.</summary>
public sealed class GetJournalSummary(IDbContextFactory<BillingStore> stores, DatabaseOptions options) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ClosePeriods;

    /// <summary>The sums.</summary>
    public async Task<Outcome<ImmutableArray<PeriodSum>>> RunAsync(Caller caller, BillingPeriod period, CancellationToken cancel)
    {
        await using (var store = await stores.CreateDbContextAsync(cancel))
        {
            if (!(await Access.ReadAsync(store, caller, cancel)).MayOnPlatform(Permission))
            {
                return new Outcome<ImmutableArray<PeriodSum>>.Refused(Access.Missing(Permission));
            }
        }

        return new Outcome<ImmutableArray<PeriodSum>>.Done(await PeriodSums.ReadAsync(options, period, cancel));
    }
}
