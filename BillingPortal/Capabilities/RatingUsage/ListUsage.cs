using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Rating;
using BillingPortal.Store;
using BillingPortal.Store.Rating;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.RatingUsage;

/// <summary>An organization's rated usage, newest first, as it stands.</summary>
public sealed class ListUsage(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <summary>Lines on a page.</summary>
    public const int Rows = 50;

    /// <inheritdoc />
    public static Permission Permission => Permission.ReadJournal;

    /// <summary>A page of it, of one month where one is named.</summary>
    public async Task<Outcome<UsageList>> RunAsync(Caller caller, OrganizationId id, BillingPeriod? month, long? before, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        return await access.Reach(await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel), Permission).ThenAsync<UsageList>(async organization =>
        {
            var lines = await RatedUsageReading.PageAsync(store, id, month, before, Rows, cancel);
            return new Outcome<UsageList>.Done(new UsageList(organization, lines.Length > Rows ? lines[..Rows] : lines, lines.Length > Rows,
                await RatedUsageReading.MonthsAsync(store, id, cancel), access.MayFromAbove(organization, RatingAgain.Permission)));
        });
    }

    /// <summary>Everything that one report's line was, newest first.</summary>
    public async Task<Outcome<ImmutableArray<RatedLine>>> HistoryAsync(Caller caller, OrganizationId id, long origin, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        return await access.Reach(await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel), Permission)
            .ThenAsync<ImmutableArray<RatedLine>>(async _ => new Outcome<ImmutableArray<RatedLine>>.Done(await RatedUsageReading.HistoryAsync(store, id, origin, cancel)));
    }
}

/// <summary>A page of rated usage.</summary>
/// <param name="Organization">Whose.</param>
/// <param name="Lines">The lines.</param>
/// <param name="HasOlder">True where there are more.</param>
/// <param name="Months">The months that have any.</param>
/// <param name="MayRateAgain">Whether the caller may rate a month again.</param>
public sealed record UsageList(Organization Organization, ImmutableArray<RatedLine> Lines, bool HasOlder, ImmutableArray<BillingPeriod> Months, bool MayRateAgain);
