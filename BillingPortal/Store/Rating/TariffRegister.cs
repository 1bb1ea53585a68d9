using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Rating;
using BillingPortal.Store.Writing;

namespace BillingPortal.Store.Rating;

/// <summary>Writes tariffs of the platform and their rates.</summary>
/// <param name="edits">The transaction.</param>
/// <param name="by">Who, as rows name them.</param>
internal sealed class TariffRegister(OrganizationEdits edits, string by)
{
    /// <summary>The tariff with this number; null where there is none.</summary>
    public async Task<Tariff?> FindAsync(long id) => (await RatingQueries.ListAsync(edits.Connection, "SELECT id, name, currency, standard FROM tariff WHERE id = @t",
        row => new Tariff(row.GetInt64(0), row.GetString(1), Currency.Of(row.GetString(2)), row.GetBoolean(3)), ("t", id))).FirstOrDefault();

    /// <summary>Its rates.</summary>
    public Task<ImmutableArray<TariffRate>> RatesAsync(long tariff) => RatingQueries.TariffRatesAsync(edits.Connection, tariff, service: null);

    /// <summary>True where a tariff of this name keeps the currency already.</summary>
    public async Task<bool> HasAsync(string name, Currency currency) =>
        await LedgerQueries.ScalarAsync(edits.Connection, "SELECT id FROM tariff WHERE name = @n AND currency = @c", ("n", name), ("c", currency.Code)) is not null;

    /// <summary>Enters a tariff; the standard of its currency takes the place of the one before.</summary>
    public async Task<Tariff> AddAsync(string name, Currency currency, bool standard)
    {
        if (standard)
        {
            await edits.WriteAsync("UPDATE tariff SET standard = @no WHERE currency = @c AND standard", ("no", false), ("c", currency.Code));
        }

        var id = await edits.InsertAsync("INSERT INTO tariff (name, currency, standard, created_at, created_by) VALUES (@n, @c, @standard, @now, @by) RETURNING id",
            ("n", name), ("c", currency.Code), ("standard", standard), ("now", edits.Now.Micros), ("by", by));
        return new Tariff(id, name, currency, standard);
    }

    /// <summary>Keeps a new rate and what it leaves of older ones.</summary>
    public async Task<TariffRate> AddAsync(TariffRateChange change)
    {
        foreach (var (older, left) in change.Ends)
        {
            await edits.WriteAsync("UPDATE tariff_rate SET ends_on = @until WHERE id = @id", ("until", (long)left.Until!.Value.Number), ("id", older.Id));
        }

        var rate = change.Rate;
        var id = await edits.InsertAsync(
            """
            INSERT INTO tariff_rate (tariff_id, service, ratezone, unit, rate, starts_on, ends_on, created_at, created_by)
            VALUES (@t, @service, @zone, @unit, @rate, @from, CAST(@until AS bigint), @now, @by) RETURNING id
            """,
            ("t", rate.Tariff), ("service", rate.Service), ("zone", rate.Ratezone), ("unit", rate.Unit), ("rate", rate.Rate.ToString()), ("from", (long)rate.Months.From.Number),
            ("until", rate.Months.Until is { } last ? (long)last.Number : DBNull.Value), ("now", edits.Now.Micros), ("by", by));
        return rate with { Id = id };
    }
}
