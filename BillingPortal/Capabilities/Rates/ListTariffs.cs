using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Rating;
using BillingPortal.Store;
using BillingPortal.Store.Rating;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Rates;

/// <summary>The platform's tariffs with the rates of one of them.</summary>
public sealed class ListTariffs(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ReadBooks;

    /// <summary>All of them, and the rates of the one with this number, or of the first.</summary>
    public async Task<Outcome<TariffList>> RunAsync(Caller caller, long? shown, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        if (!access.MayOnPlatform(Permission))
        {
            return new Outcome<TariffList>.Refused(Access.Missing(Permission));
        }

        var tariffs = await RateReading.TariffsAsync(store, cancel);
        var one = tariffs.FirstOrDefault(tariff => tariff.Id == shown) ?? tariffs.FirstOrDefault();
        return new Outcome<TariffList>.Done(new TariffList(tariffs, one, one is null ? [] : await RateReading.RatesAsync(store, one.Id, cancel), access.MayOnPlatform(ManagingTariffs.Permission)));
    }
}

/// <summary>The tariffs of the platform.</summary>
/// <param name="Tariffs">All of them.</param>
/// <param name="Shown">The one whose rates are shown; null where there is none yet.</param>
/// <param name="Rates">Its rates.</param>
/// <param name="MayChange">Whether the caller may change them.</param>
public sealed record TariffList(ImmutableArray<Tariff> Tariffs, Tariff? Shown, ImmutableArray<TariffRate> Rates, bool MayChange);
