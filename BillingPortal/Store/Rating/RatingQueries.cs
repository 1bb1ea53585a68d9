using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Rating;
using BillingPortal.Store.Writing;

namespace BillingPortal.Store.Rating;

/// <summary>Reads what usage is priced by; the same SQL on both databases.</summary>
internal static class RatingQueries
{
    /// <summary>All by which <paramref name="organization"/>'s usage of a service, or of every service, is priced.</summary>
    public static async Task<RateBook> BookAsync(DbConnection connection, OrganizationId organization, string? service)
    {
        var standard = await LedgerQueries.ScalarAsync(connection,
            "SELECT t.id FROM tariff t JOIN organization o ON o.currency = t.currency WHERE o.id = @o AND t.standard", ("o", organization.Value));
        var choices = await ListAsync(connection, "SELECT starts_on, tariff_id FROM organization_tariff WHERE organization_id = @o ORDER BY starts_on",
            row => new TariffChoice(Month(row, 0), row.GetInt64(1)), ("o", organization.Value));
        var rates = ImmutableArray.CreateBuilder<TariffRate>();
        foreach (var tariff in choices.Select(choice => choice.Tariff).Append(standard ?? 0).Distinct().Where(id => id > 0))
        {
            rates.AddRange(await TariffRatesAsync(connection, tariff, service));
        }

        return new RateBook
        {
            StandardTariff = standard,
            Choices = choices,
            TariffRates = rates.ToImmutable(),
            CustomRates = await CustomRatesAsync(connection, organization, service),
            Allowances = await AllowancesAsync(connection, organization, service),
        };
    }

    /// <summary>What a command asked to see.</summary>
    public static async Task<RatingFacts> FactsAsync(DbConnection connection, RatingNeeded needed)
    {
        var (organization, service) = (needed.Organization, needed.Service);
        var carries = await ListAsync(connection, $"SELECT service, carried FROM rated_carry WHERE organization_id = @o {Only(service)}",
            row => (Service: row.GetString(0), Carried: Exact(row, 1)), With(service, ("o", organization.Value)));
        var facts = new RatingFacts
        {
            Book = await BookAsync(connection, organization, service),
            NextNumber = (await LedgerQueries.ScalarAsync(connection, "SELECT MAX(number) FROM rated_usage WHERE organization_id = @o", ("o", organization.Value)) ?? 0) + 1,
            Carries = carries.ToImmutableDictionary(carry => carry.Service, carry => carry.Carried, StringComparer.Ordinal),
        };
        if (needed.Lines)
        {
            var lines = await RatedLines.OfMonthAsync(connection, organization, needed.Period, service, RateAgain.MaxLines);
            return facts with { Lines = lines, TooMany = lines.Length > RateAgain.MaxLines };
        }

        var tallies = await ListAsync(connection, $"SELECT service, tally FROM rated_month WHERE organization_id = @o AND period = {needed.Period.Number.ToString(CultureInfo.InvariantCulture)} {Only(service)}",
            row => (Service: row.GetString(0), Tally: RatedJson.TallyOf(row.GetString(1))), With(service, ("o", organization.Value)));
        return facts with { Tallies = tallies.ToImmutableDictionary(month => month.Service, month => month.Tally, StringComparer.Ordinal) };
    }

    /// <summary>The rates of a tariff.</summary>
    public static Task<ImmutableArray<TariffRate>> TariffRatesAsync(DbConnection connection, long tariff, string? service) => ListAsync(connection,
        $"SELECT id, tariff_id, service, ratezone, unit, rate, starts_on, ends_on FROM tariff_rate WHERE tariff_id = @t {Only(service)} ORDER BY service, ratezone, starts_on, id",
        row => new TariffRate(row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetString(4), Exact(row, 5), MonthsOf(row, 6)),
        With(service, ("t", tariff)));

    /// <summary>An organization's own rates, those that ended included.</summary>
    public static Task<ImmutableArray<CustomRate>> CustomRatesAsync(DbConnection connection, OrganizationId organization, string? service) => ListAsync(connection,
        $"SELECT id, tariff_id, service, ratezone, volume, rate, starts_on, ends_on, state, ended_at FROM custom_rate WHERE organization_id = @o {Only(service)} ORDER BY id",
        row => new CustomRate(row.GetInt64(0), row.IsDBNull(1) ? null : row.GetInt64(1), row.GetString(2), row.GetString(3), Exact(row, 4), Exact(row, 5), MonthsOf(row, 6))
        {
            State = (CustomRateState)row.GetInt64(8),
            EndedAt = row.IsDBNull(9) ? null : new Instant(row.GetInt64(9)),
        }, With(service, ("o", organization.Value)));

    /// <summary>Its inclusive volumes and data packages, those that ended included.</summary>
    public static Task<ImmutableArray<Allowance>> AllowancesAsync(DbConnection connection, OrganizationId organization, string? service) => ListAsync(connection,
        $"""
        SELECT 1 AS kind, id, name, service, ratezone, volume, starts_on, ends_on, ended_at FROM data_package WHERE organization_id = @o {Only(service)}
        UNION ALL SELECT 2, id, '', service, ratezone, volume, starts_on, ends_on, ended_at FROM inclusive_volume WHERE organization_id = @o {Only(service)} ORDER BY 1, 2
        """,
        row => new Allowance((AllowanceKind)row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetString(4), Exact(row, 5), MonthsOf(row, 6))
        {
            EndedAt = row.IsDBNull(8) ? null : new Instant(row.GetInt64(8)),
        }, With(service, ("o", organization.Value)));

    internal static async Task<ImmutableArray<T>> ListAsync<T>(DbConnection connection, string sql, Func<DbDataReader, T> read, params (string Name, object Value)[] values)
    {
        await using var command = LedgerQueries.Command(connection, sql, values);
        await using var rows = await command.ExecuteReaderAsync();
        var found = ImmutableArray.CreateBuilder<T>();
        while (await rows.ReadAsync())
        {
            found.Add(read(rows));
        }

        return found.ToImmutable();
    }

    internal static ExactAmount Exact(DbDataReader row, int column) => ExactAmount.Parse(row.GetString(column));

    internal static BillingPeriod Month(DbDataReader row, int column) => new(Convert.ToInt32(row.GetValue(column), CultureInfo.InvariantCulture));

    internal static Months MonthsOf(DbDataReader row, int column) => new(Month(row, column), row.IsDBNull(column + 1) ? null : Month(row, column + 1));

    private static string Only(string? service) => service is null ? "" : "AND service = @service";

    private static (string, object)[] With(string? service, (string, object) first) => service is null ? [first] : [first, ("service", service)];
}
