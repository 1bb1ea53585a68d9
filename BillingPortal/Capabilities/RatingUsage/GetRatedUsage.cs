using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Store;
using BillingPortal.Store.Rating;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.RatingUsage;

/// <summary>One line of rated usage, read again: whoever may report usage may see how it was rated.</summary>
public sealed class GetRatedUsage(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.Charge;

    /// <summary>The line with this number.</summary>
    public async Task<Outcome<RatedUsageAnswer>> RunAsync(Caller caller, Guid uuid, long number, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var reached = access.Reach(await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Uuid == uuid, cancel), Permission);
        return await reached.ThenAsync<RatedUsageAnswer>(async organization => await RatedUsageReading.LineAsync(store, organization.Id, number, cancel) is { } line
            ? new Outcome<RatedUsageAnswer>.Done(RatedUsageAnswer.Of(organization, line))
            : new Outcome<RatedUsageAnswer>.NotFound("There is no such usage."));
    }
}
