using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Rating;
using BillingPortal.Store.Reading;

namespace BillingPortal.Store.Rating;

/// <summary>Reads rates for pages and programs. Whoever calls has asked whether it may.</summary>
public static class RateReading
{
    /// <summary>All by which an organization's usage is priced, what ended included.</summary>
    public static async Task<RateBook> BookAsync(BillingStore store, OrganizationId organization, CancellationToken cancel) =>
        await RatingQueries.BookAsync(await JournalReading.OpenAsync(store, cancel), organization, service: null);

    /// <summary>Every tariff, by name.</summary>
    public static async Task<ImmutableArray<Tariff>> TariffsAsync(BillingStore store, CancellationToken cancel) => await RatingQueries.ListAsync(await JournalReading.OpenAsync(store, cancel),
        "SELECT id, name, currency, standard FROM tariff ORDER BY currency, name, id", row => new Tariff(row.GetInt64(0), row.GetString(1), Currency.Of(row.GetString(2)), row.GetBoolean(3)));

    /// <summary>The rates of a tariff, what ended included.</summary>
    public static async Task<ImmutableArray<TariffRate>> RatesAsync(BillingStore store, long tariff, CancellationToken cancel) =>
        await RatingQueries.TariffRatesAsync(await JournalReading.OpenAsync(store, cancel), tariff, service: null);

    /// <summary>What packages cost a month, in minor units, by number.</summary>
    public static async Task<ImmutableDictionary<long, long>> PackagePricesAsync(BillingStore store, OrganizationId organization, CancellationToken cancel) =>
        (await RatingQueries.ListAsync(await JournalReading.OpenAsync(store, cancel), "SELECT id, price FROM data_package WHERE organization_id = @o",
            row => KeyValuePair.Create(row.GetInt64(0), row.GetInt64(1)), ("o", organization.Value))).ToImmutableDictionary();

    /// <summary>Who gave which volume: the organization above, null for the platform.</summary>
    public static async Task<ImmutableDictionary<long, long?>> AssignersAsync(BillingStore store, OrganizationId organization, CancellationToken cancel) =>
        (await RatingQueries.ListAsync(await JournalReading.OpenAsync(store, cancel), "SELECT id, assigned_by FROM inclusive_volume WHERE organization_id = @o",
            row => KeyValuePair.Create(row.GetInt64(0), row.IsDBNull(1) ? null : (long?)row.GetInt64(1)), ("o", organization.Value))).ToImmutableDictionary();
}
