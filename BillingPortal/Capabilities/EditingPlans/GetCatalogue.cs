using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Plans;
using BillingPortal.Store;
using BillingPortal.Store.Plans;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.EditingPlans;

/// <summary>The catalogue with who is on which version, its drafts and its coupons, for finance.</summary>
public sealed class GetCatalogue(IDbContextFactory<BillingStore> stores, TimeProvider clock) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManagePlans;

    /// <summary>Reads it.</summary>
    public async Task<Outcome<CatalogueSheet>> RunAsync(Caller caller, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        if (!(await Access.ReadAsync(store, caller, cancel)).MayOnPlatform(Permission))
        {
            return new Outcome<CatalogueSheet>.Refused(Access.Missing(Permission));
        }

        var now = Instant.Now(clock);
        var catalogue = await PlanReading.CatalogueAsync(store, cancel);
        var holders = await store.Subscriptions.GroupBy(s => new { s.Plan, s.PlanVersion }).Select(group => new { group.Key.Plan, group.Key.PlanVersion, Count = group.LongCount() }).ToListAsync(cancel);

        // Whoever never chose has the version in force of the plan that their organization carries.
        var implied = await store.Organizations.Where(o => !store.Subscriptions.Any(s => s.OrganizationId == o.Id)).GroupBy(o => o.Plan).Select(group => new { Plan = group.Key, Count = group.LongCount() }).ToListAsync(cancel);
        var redeemed = await store.CouponRedemptions.Where(redemption => redemption.ReleasedAt == null).GroupBy(redemption => redemption.Coupon).Select(group => new { Coupon = group.Key, Times = group.LongCount() }).ToListAsync(cancel);
        var drafts = await store.CatalogueDrafts.ToListAsync(cancel);
        var coupons = await store.Coupons.OrderByDescending(coupon => coupon.CreatedAt).ThenBy(coupon => coupon.Code).Take(200).ToListAsync(cancel);
        return new Outcome<CatalogueSheet>.Done(new CatalogueSheet(
            catalogue,
            holders.Select(line => (Key: (line.Plan, line.PlanVersion), line.Count))
                .Concat(implied.Where(line => catalogue.InForce(line.Plan, now) is not null).Select(line => (Key: (line.Plan, catalogue.InForce(line.Plan, now)!.Number), line.Count)))
                .GroupBy(line => line.Key).ToImmutableDictionary(group => group.Key, group => group.Sum(line => line.Count)),
            drafts.ToImmutableDictionary(draft => draft.Code, draft => new CatalogueDraft(draft.Code, draft.Version, PlanJson.Read<PlanTerms>(draft.Terms), new Instant(draft.UpdatedAt))),
            [.. coupons.Select(row => new ListedCoupon(
                new Coupon(row.Code, PlanJson.Read<CouponTerms>(row.Terms), row.ExpiresAt is { } end ? new Instant(end) : null, row.RedemptionLimit), redeemed.Find(line => line.Coupon == row.Code)?.Times ?? 0))],
            now));
    }
}

/// <summary>The catalogue as finance sees it.</summary>
/// <param name="Catalogue">Every version.</param>
/// <param name="Holders">How many organizations are on which version.</param>
/// <param name="Drafts">What is being edited, by plan.</param>
/// <param name="Coupons">The newest 200.</param>
/// <param name="Now">When it was read.</param>
public sealed record CatalogueSheet(
    PlanCatalogue Catalogue, ImmutableDictionary<(string Code, int Number), long> Holders, ImmutableDictionary<string, CatalogueDraft> Drafts, ImmutableArray<ListedCoupon> Coupons, Instant Now)
{
    /// <summary>The version that new subscriptions get.</summary>
    public PlanVersion? InForce(string code) => Catalogue.InForce(code, Now);

    /// <summary>How many are on a version.</summary>
    public long On(PlanVersion version) => Holders.GetValueOrDefault((version.Code, version.Number));
}

/// <summary>A plan's next version while it is edited.</summary>
/// <param name="Code">The plan's code.</param>
/// <param name="Version">Counts its saves: a save against an older count is refused.</param>
/// <param name="Terms">What it says.</param>
/// <param name="At">When it was saved.</param>
public sealed record CatalogueDraft(string Code, long Version, PlanTerms Terms, Instant At);

/// <summary>A coupon with how often it was redeemed.</summary>
public sealed record ListedCoupon(Coupon Coupon, long Redeemed);
