using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Rating;
using BillingPortal.Store.Writing;

namespace BillingPortal.Store.Rating;

/// <summary>Writes rates, volumes and packages of one organization, beneath its head's lock; what is done has its event.</summary>
/// <param name="edits">The transaction.</param>
/// <param name="organization">Whose.</param>
/// <param name="by">Who, as rows name them.</param>
internal sealed class RateRegister(OrganizationEdits edits, long organization, string by)
{
    /// <summary>Its rates as they stand.</summary>
    public Task<System.Collections.Immutable.ImmutableArray<CustomRate>> RatesAsync() => RatingQueries.CustomRatesAsync(edits.Connection, new(organization), service: null);

    /// <summary>Its volumes and packages.</summary>
    public Task<System.Collections.Immutable.ImmutableArray<Allowance>> AllowancesAsync() => RatingQueries.AllowancesAsync(edits.Connection, new(organization), service: null);

    /// <summary>True where there is such a tariff in this currency.</summary>
    public async Task<bool> HasTariffAsync(long tariff, Currency currency) =>
        await LedgerQueries.ScalarAsync(edits.Connection, "SELECT id FROM tariff WHERE id = @t AND currency = @c", ("t", tariff), ("c", currency.Code)) is not null;

    /// <summary>The first month that is not closed; null where none was ever closed.</summary>
    public async Task<BillingPeriod?> FirstOpenAsync(string zone) =>
        await LedgerQueries.ScalarAsync(edits.Connection, "SELECT closed_until FROM organization WHERE id = @o", ("o", organization)) is { } closed
            ? BillingPeriod.Of(new Instant(closed), zone) : null;

    /// <summary>Keeps a new rate and what it leaves of older ones.</summary>
    public async Task<CustomRate> AddAsync(CustomRateChange change, Currency currency)
    {
        foreach (var (older, left) in change.Ends)
        {
            await edits.WriteAsync("UPDATE custom_rate SET ends_on = @until WHERE id = @id", ("until", (long)left.Until!.Value.Number), ("id", older.Id));
        }

        var rate = change.Rate;
        var id = await InsertAsync(
            """
            INSERT INTO custom_rate (organization_id, tariff_id, service, ratezone, volume, rate, currency, starts_on, ends_on, state, created_at, created_by)
            VALUES (@o, CAST(@tariff AS bigint), @service, @zone, @volume, @rate, @currency, @from, CAST(@until AS bigint), 0, @now, @by) RETURNING id
            """,
            ("tariff", (object?)rate.Tariff ?? DBNull.Value), ("service", rate.Service), ("zone", rate.Ratezone), ("volume", rate.Volume.ToString()), ("rate", rate.Rate.ToString()),
            ("currency", currency.Code), ("from", (long)rate.Months.From.Number), ("until", UntilOf(rate.Months)));
        await TellAsync("custom_rate_added", $"Custom rate {Text(id)} added: {rate.Rate} {currency.Code} for {Named(rate.Service, rate.Ratezone)}{(rate.Volume.IsZero ? "" : $" beyond {rate.Volume}")}, {rate.Months.ToString(CultureInfo.InvariantCulture)}."
            + string.Concat(change.Ends.Select(end => end.Left.IsEmpty ? $" Rate {Text(end.Rate.Id)} is never used." : $" Rate {Text(end.Rate.Id)} ends with {end.Left.Until!.Value.ToString(CultureInfo.InvariantCulture)}.")));
        return rate with { Id = id };
    }

    /// <summary>Keeps what taking a rate away left of it.</summary>
    public async Task RemoveAsync(CustomRate left)
    {
        await edits.WriteAsync("UPDATE custom_rate SET state = @state, ends_on = CAST(@until AS bigint), ended_at = @now, ended_by = @by WHERE id = @id",
            ("state", (long)left.State), ("until", UntilOf(left.Months)), ("now", edits.Now.Micros), ("by", by), ("id", left.Id));
        await TellAsync("custom_rate_removed", $"Custom rate {Text(left.Id)} for {Named(left.Service, left.Ratezone)} {(left.State == CustomRateState.Deleted ? "deleted before it began" : "expired")}.");
    }

    /// <summary>Keeps a new volume or package.</summary>
    /// <param name="made">It.</param>
    /// <param name="price">A package's price in minor units.</param>
    /// <param name="currency">The organization's currency.</param>
    /// <param name="assignedBy">The organization above that gave it; null for the platform.</param>
    public async Task<Allowance> AddAsync(Allowance made, long? price, Currency currency, long? assignedBy)
    {
        var id = made.Kind == AllowanceKind.Package
            ? await InsertAsync(
                """
                INSERT INTO data_package (organization_id, name, service, ratezone, volume, price, currency, starts_on, ends_on, created_at, created_by)
                VALUES (@o, @name, @service, @zone, @volume, @price, @currency, @from, CAST(@until AS bigint), @now, @by) RETURNING id
                """,
                ("name", made.Name), ("service", made.Service), ("zone", made.Ratezone), ("volume", made.Volume.ToString()), ("price", price!.Value), ("currency", currency.Code),
                ("from", (long)made.Months.From.Number), ("until", UntilOf(made.Months)))
            : await InsertAsync(
                """
                INSERT INTO inclusive_volume (organization_id, service, ratezone, volume, starts_on, ends_on, assigned_by, created_at, created_by)
                VALUES (@o, @service, @zone, @volume, @from, CAST(@until AS bigint), CAST(@assigned AS bigint), @now, @by) RETURNING id
                """,
                ("service", made.Service), ("zone", made.Ratezone), ("volume", made.Volume.ToString()), ("from", (long)made.Months.From.Number), ("until", UntilOf(made.Months)),
                ("assigned", (object?)assignedBy ?? DBNull.Value));
        await TellAsync(made.Kind == AllowanceKind.Package ? "data_package_added" : "inclusive_volume_added",
            $"{(made.Kind == AllowanceKind.Package ? $"Data package “{made.Name}”" : $"Inclusive volume {Text(id)}")} added: {made.Volume} of {Named(made.Service, made.Ratezone)} a month, {made.Months.ToString(CultureInfo.InvariantCulture)}.");
        return made with { Id = id };
    }

    /// <summary>Keeps what ending a volume or package left of it.</summary>
    public async Task EndAsync(Allowance left)
    {
        var table = left.Kind == AllowanceKind.Package ? "data_package" : "inclusive_volume";
        await edits.WriteAsync($"UPDATE {table} SET ends_on = CAST(@until AS bigint), ended_at = CAST(@at AS bigint), ended_by = @by WHERE id = @id",
            ("until", UntilOf(left.Months)), ("at", (object?)left.EndedAt?.Micros ?? DBNull.Value), ("by", by), ("id", left.Id));
        await TellAsync(table + "_ended", $"{(left.Kind == AllowanceKind.Package ? $"Data package “{left.Name}”" : $"Inclusive volume {Text(left.Id)}")} of {Named(left.Service, left.Ratezone)} "
            + (left.EndedAt is not null ? "ended at once." : left.Months.IsEmpty ? "taken back before it began." : $"ends with {left.Months.Until!.Value.ToString(CultureInfo.InvariantCulture)}."));
    }

    /// <summary>Gives it a tariff from a month on.</summary>
    public async Task ChooseAsync(Tariff tariff, BillingPeriod from)
    {
        await edits.WriteAsync(
            """
            INSERT INTO organization_tariff (organization_id, starts_on, tariff_id, set_at, set_by) VALUES (@o, @from, @t, @now, @by)
            ON CONFLICT (organization_id, starts_on) DO UPDATE SET tariff_id = excluded.tariff_id, set_at = excluded.set_at, set_by = excluded.set_by
            """, ("o", organization), ("from", (long)from.Number), ("t", tariff.Id), ("now", edits.Now.Micros), ("by", by));
        await TellAsync("tariff_chosen", $"Tariff {tariff.Name} from {from.ToString(CultureInfo.InvariantCulture)}.");
    }

    private Task<long> InsertAsync(string sql, params (string Name, object Value)[] values) =>
        edits.InsertAsync(sql, [("o", organization), ("now", edits.Now.Micros), ("by", by), .. values]);

    private Task TellAsync(string kind, string text) => edits.TellAsync(organization, kind, text);

    private static object UntilOf(Months months) => months.Until is { } last ? (long)last.Number : DBNull.Value;

    private static string Named(string service, string ratezone) => ratezone.Length == 0 ? service : $"{service} in {ratezone}";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
