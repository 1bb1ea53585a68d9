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

/// <summary>By what an organization's usage is priced, for its page.</summary>
public sealed class GetRates(IDbContextFactory<BillingStore> stores, TimeProvider clock) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ReadJournal;

    /// <summary>Reads it.</summary>
    public async Task<Outcome<RatesView>> RunAsync(Caller caller, OrganizationId id, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var now = Instant.Now(clock);
        return await access.Reach(await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel), Permission).ThenAsync<RatesView>(async organization =>
            new Outcome<RatesView>.Done(new RatesView
            {
                Organization = organization,
                Now = now,
                Month = BillingPeriod.Of(now, organization.Zone),
                FirstOpen = organization.ClosedUntil is { } closed ? BillingPeriod.Of(new Instant(closed), organization.Zone) : null,
                Book = await RateReading.BookAsync(store, id, cancel),
                Tariffs = [.. (await RateReading.TariffsAsync(store, cancel)).Where(tariff => tariff.Currency == organization.Money)],
                Prices = await RateReading.PackagePricesAsync(store, id, cancel),
                MayChange = access.MayFromAbove(organization, ChangingCustomRates.Permission),
                MayEnd = access.May(ChangingAllowances.Permission, organization.Path),
                MayChoose = access.MayOnPlatform(ManagingTariffs.Permission),
            }));
    }
}

/// <summary>What the page of rates shows.</summary>
public sealed record RatesView
{
    /// <summary>Whose.</summary>
    public required Organization Organization { get; init; }

    /// <summary>When it was read.</summary>
    public required Instant Now { get; init; }

    /// <summary>The month that runs.</summary>
    public required BillingPeriod Month { get; init; }

    /// <summary>The first month that is not closed; null where none ever was.</summary>
    public required BillingPeriod? FirstOpen { get; init; }

    /// <summary>All by which usage is priced.</summary>
    public required RateBook Book { get; init; }

    /// <summary>The tariffs in the organization's currency.</summary>
    public required ImmutableArray<Tariff> Tariffs { get; init; }

    /// <summary>What packages cost a month, in minor units.</summary>
    public required ImmutableDictionary<long, long> Prices { get; init; }

    /// <summary>Whether the caller may give and take rates, volumes and packages.</summary>
    public required bool MayChange { get; init; }

    /// <summary>Whether the caller may end a volume with the month.</summary>
    public required bool MayEnd { get; init; }

    /// <summary>Whether the caller may choose the tariff.</summary>
    public required bool MayChoose { get; init; }

    /// <summary>The tariff that holds now; null where there is none.</summary>
    public Tariff? Tariff => Book.TariffIn(Month) is { } id ? Tariffs.FirstOrDefault(tariff => tariff.Id == id) : null;
}
