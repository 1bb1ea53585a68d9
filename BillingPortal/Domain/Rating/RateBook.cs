using System.Collections.Immutable;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Domain.Rating;

/// <summary>
/// Everything by which an organization's usage is priced. First the tariff gives the price, then a custom rate takes its place, then allowances take
/// off what they cover. What names the ratezone goes before what holds everywhere.
/// </summary>
public sealed record RateBook
{
    /// <summary>No prices.</summary>
    public static readonly RateBook Empty = new();

    /// <summary>The tariffs it was given, in the order of their months; the standard tariff before the first.</summary>
    public ImmutableArray<TariffChoice> Choices { get; init; } = [];

    /// <summary>The standard tariff of its currency; null where the platform has none.</summary>
    public long? StandardTariff { get; init; }

    /// <summary>The rates of those tariffs.</summary>
    public ImmutableArray<TariffRate> TariffRates { get; init; } = [];

    /// <summary>Its own rates.</summary>
    public ImmutableArray<CustomRate> CustomRates { get; init; } = [];

    /// <summary>Its inclusive volumes and data packages.</summary>
    public ImmutableArray<Allowance> Allowances { get; init; } = [];

    /// <summary>The tariff in <paramref name="period"/>; null where there is none.</summary>
    public long? TariffIn(BillingPeriod period) =>
        Choices.Where(choice => choice.From.Number <= period.Number).MaxBy(choice => choice.From.Number)?.Tariff ?? StandardTariff;

    /// <summary>The tariff's rate; null where it has none.</summary>
    public TariffRate? TariffRateFor(string service, string ratezone, BillingPeriod period) => TariffIn(period) is not { } tariff ? null
        : TariffRates.Where(rate => rate.Tariff == tariff && rate.Service == service && rate.Months.Contains(period) && Fits(rate.Ratezone, ratezone))
            .OrderByDescending(rate => rate.Ratezone.Length > 0).ThenByDescending(rate => rate.Id).FirstOrDefault();

    /// <summary>The custom rates as steps, the lowest first; those of the named ratezone, where there are any, else those that hold everywhere.</summary>
    public ImmutableArray<CustomRate> StepsFor(string service, string ratezone, BillingPeriod period, Instant reportedAt)
    {
        var tariff = TariffIn(period);
        var holding = CustomRates.Where(rate => rate.Service == service && (rate.Tariff is null || rate.Tariff == tariff) && rate.Holds(period, reportedAt)).ToList();
        var named = holding.Where(rate => rate.Ratezone.Length > 0 && rate.Ratezone == ratezone).ToList();

        // One that names the tariff goes before one that does not, and a later one before an earlier one.
        return [.. (named.Count > 0 ? named : holding.Where(rate => rate.Ratezone.Length == 0)).GroupBy(rate => rate.Volume)
            .Select(step => step.OrderByDescending(rate => rate.Tariff is not null).ThenByDescending(rate => rate.Id).First()).OrderBy(rate => rate.Volume)];
    }

    /// <summary>The allowances in the order in which they are used: those of the named ratezone, then packages before volumes, then the oldest.</summary>
    public IEnumerable<Allowance> AllowancesFor(string service, string ratezone, BillingPeriod period, Instant reportedAt) =>
        Allowances.Where(allowance => allowance.Covers(service, ratezone) && allowance.Holds(period, reportedAt))
            .OrderByDescending(allowance => allowance.Ratezone.Length > 0).ThenBy(allowance => allowance.Kind).ThenBy(allowance => allowance.Id);

    private static bool Fits(string of, string ratezone) => of.Length == 0 || of == ratezone;
}
