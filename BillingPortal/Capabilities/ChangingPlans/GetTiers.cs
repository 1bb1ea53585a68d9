using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Plans;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.ChangingPlans;

/// <summary>Subscription and catalogue as contract 2 shows them.</summary>
public sealed class GetTiers(IDbContextFactory<BillingStore> stores, TimeProvider clock) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ReadOrganizations;

    /// <summary>Of the token's own organization.</summary>
    public async Task<Outcome<SubscriptionTiers>> RunForOwnAsync(Caller caller, string? slug, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var reached = await InDollarsAsync(OwnOrganization.FindAsync(store, caller, slug, Permission, cancel));
        return await reached.ThenAsync<SubscriptionTiers>(async found => new Outcome<SubscriptionTiers>.Done(
            (await PlanReading.ReadAsync(store, found.Organization, Instant.Now(clock), cancel)).Tiers));
    }

    /// <summary>What is sold today.</summary>
    public async Task<Outcome<SoldTiers>> RunAsync(Caller caller, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        if (!access.MaySomewhere(Permission))
        {
            return new Outcome<SoldTiers>.Refused(Access.Missing(Permission));
        }

        var catalogue = await PlanReading.CatalogueAsync(store, cancel);
        return new Outcome<SoldTiers>.Done(new SoldTiers([.. catalogue.SoldAt(Instant.Now(clock)).Select(version => TierJson.Of(version, version.Terms.Price))]));
    }

    /// <summary>The organization, unless it keeps another currency than the contract's.</summary>
    internal static async Task<Outcome<(Access Access, Organization Organization)>> InDollarsAsync(Task<Outcome<(Access Access, Organization Organization)>> finding) =>
        (await finding).Then<(Access Access, Organization Organization)>(found => found.Organization.Money == Currency.Usd
            ? new Outcome<(Access, Organization)>.Done(found)
            : new Outcome<(Access, Organization)>.Refused(new Refusal(RefusalCode.CurrencyNotSupported, $"This route speaks USD; the organization keeps {found.Organization.Currency}.")));
}

/// <summary>What is sold, as contract 2 shows it.</summary>
/// <param name="ModelingApp">The tiers of the one product.</param>
public sealed record SoldTiers(IReadOnlyList<TierJson> ModelingApp);
