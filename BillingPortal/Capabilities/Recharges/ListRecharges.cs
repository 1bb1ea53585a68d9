using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Recharges;

/// <summary>An organization's recharges, newest first, a page at a time or all of them for a file.</summary>
public sealed class ListRecharges(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <summary>Where counting stops.</summary>
    public const int Enough = 1_001;

    private const int Chunk = 500;

    /// <inheritdoc />
    public static Permission Permission => Permission.ReadJournal;

    /// <summary>Reads a page.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">Whose.</param>
    /// <param name="form">Which.</param>
    /// <param name="rows">How many on a page.</param>
    /// <param name="after">The page follows this recharge; null on the first.</param>
    /// <param name="before">The page ends before this recharge, going back.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Outcome<RechargeList>> RunAsync(Caller caller, OrganizationId id, RechargeForm form, int rows, long? after, long? before, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await (await ReachAsync(store, caller, id, cancel)).ThenAsync<RechargeList>(async organization =>
        {
            var (filter, errors) = form.Read(organization.Zone);
            var matching = RechargeReading.Matching(store, id, filter);
            var counted = await matching.OrderByDescending(row => row.Number).Take(Enough).CountAsync(cancel);
            var settled = await matching.Where(row => row.State == (int)RechargeState.Settled).GroupBy(_ => 1)
                .Select(all => new { Count = all.Count(), Amount = all.Sum(row => row.Amount) }).FirstOrDefaultAsync(cancel);
            var page = before is { } end ? matching.Where(row => row.Number > end).OrderBy(row => row.Number)
                : after is { } start ? matching.Where(row => row.Number < start).OrderByDescending(row => row.Number)
                : matching.OrderByDescending(row => row.Number);
            var lines = await RechargeReading.LinesAsync(store, page.Take(rows + 1), organization.Money, cancel);
            var more = lines.Length > rows;
            lines = [.. (before is null ? lines.OrderByDescending(line => line.Number) : lines.OrderBy(line => line.Number)).Take(rows).OrderByDescending(line => line.Number)];
            return new Outcome<RechargeList>.Done(new RechargeList(organization, lines, errors, counted, HasNewer: before is null ? after is not null : more, HasOlder: before is not null || more)
            {
                Settled = (settled?.Count ?? 0, new Money(settled?.Amount ?? 0, organization.Money)),
            });
        });
    }

    /// <summary>All that the filter lets through, read as they are sent. A filter that cannot be meant is refused: a file must not hold more than was asked.</summary>
    public async Task<Outcome<(Organization Organization, IAsyncEnumerable<RechargeLine> Lines)>> ExportAsync(Caller caller, OrganizationId id, RechargeForm form, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return (await ReachAsync(store, caller, id, cancel)).Then<(Organization, IAsyncEnumerable<RechargeLine>)>(organization =>
        {
            var (filter, errors) = form.Read(organization.Zone);
            return errors.IsEmpty
                ? new Outcome<(Organization, IAsyncEnumerable<RechargeLine>)>.Done((organization, AllAsync(organization, filter, cancel)))
                : new Outcome<(Organization, IAsyncEnumerable<RechargeLine>)>.Invalid(errors);
        });
    }

    internal static async Task<Outcome<Organization>> ReachAsync(BillingStore store, Caller caller, OrganizationId id, CancellationToken cancel)
    {
        var access = await Access.ReadAsync(store, caller, cancel);
        return access.Reach(await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel), Permission);
    }

    private async IAsyncEnumerable<RechargeLine> AllAsync(Organization organization, RechargeFilter filter, [EnumeratorCancellation] CancellationToken cancel)
    {
        var last = long.MaxValue;
        while (true)
        {
            await using var store = await stores.CreateDbContextAsync(cancel);
            var page = RechargeReading.Matching(store, new OrganizationId(organization.Id), filter).Where(row => row.Number < last).OrderByDescending(row => row.Number).Take(Chunk);
            var lines = (await RechargeReading.LinesAsync(store, page, organization.Money, cancel)).OrderByDescending(line => line.Number).ToList();
            foreach (var line in lines)
            {
                yield return line;
            }

            if (lines.Count < Chunk)
            {
                yield break;
            }

            last = lines[^1].Number;
        }
    }
}

/// <summary>A page of recharges.</summary>
/// <param name="Organization">Whose.</param>
/// <param name="Lines">Newest first.</param>
/// <param name="Errors">What of the filter could not be meant and is left out.</param>
/// <param name="Counted">How many match, counted up to <see cref="ListRecharges.Enough"/>.</param>
/// <param name="HasNewer">True where a page comes before.</param>
/// <param name="HasOlder">True where a page follows.</param>
public sealed record RechargeList(Organization Organization, ImmutableArray<RechargeLine> Lines, ImmutableArray<FieldError> Errors, int Counted, bool HasNewer, bool HasOlder)
{
    /// <summary>How many of all that match are settled, on every page of them, and what they paid together.</summary>
    public (int Count, Money Amount) Settled { get; init; }
}
