using System.Globalization;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Rating;

namespace BillingPortal.Capabilities.Rates;

/// <summary>A custom rate as contract 4 shows it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Tariff">The tariff within which it holds; null for whatever tariff the organization has.</param>
/// <param name="Ratezone">Where; null for everywhere that has no rate of its own.</param>
/// <param name="Volume">How much is used in a month before it holds.</param>
/// <param name="Rate">The price of one unit.</param>
/// <param name="Service">What is used.</param>
/// <param name="Currency">The organization's currency.</param>
/// <param name="StartDate">Its first day.</param>
/// <param name="EndDate">Its last day; null for open-ended.</param>
/// <param name="Status">Whether it stands or has expired.</param>
public sealed record CustomRateJson(
    long Id, TariffReference? Tariff, string? Ratezone, decimal Volume, decimal Rate, string Service, CurrencyJson Currency, string StartDate, string? EndDate, RateStatusJson Status)
{
    /// <summary>As it stands.</summary>
    public static CustomRateJson Of(string currency, CustomRate rate) => new(
        rate.Id, rate.Tariff is { } tariff ? new TariffReference(tariff) : null, RateWords.ZoneOrNull(rate.Ratezone), RateWords.Number(rate.Volume), RateWords.Number(rate.Rate), rate.Service,
        new CurrencyJson(currency), RateWords.FirstDay(rate.Months), RateWords.LastDay(rate.Months),
        rate.State == CustomRateState.Standing ? new RateStatusJson(0, "Active") : new RateStatusJson(1, "Expired"));
}

/// <summary>An inclusive volume as contract 4 shows it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Service">What is used.</param>
/// <param name="Ratezone">Where; null for everywhere.</param>
/// <param name="Volume">How much each month.</param>
/// <param name="StartDate">Its first day, the first of a month.</param>
/// <param name="EndDate">Its last day, the last of a month; null for open-ended.</param>
public sealed record InclusiveVolumeJson(long Id, string Service, string? Ratezone, decimal Volume, string StartDate, string? EndDate)
{
    /// <summary>As it stands.</summary>
    public static InclusiveVolumeJson Of(Allowance volume) =>
        new(volume.Id, volume.Service, RateWords.ZoneOrNull(volume.Ratezone), RateWords.Number(volume.Volume), RateWords.FirstDay(volume.Months), RateWords.LastDay(volume.Months));
}

/// <summary>A tariff by its number.</summary>
/// <param name="Id">Its number.</param>
public sealed record TariffReference(long Id);

/// <summary>A currency.</summary>
/// <param name="Code">ISO 4217.</param>
public sealed record CurrencyJson(string Code);

/// <summary>A rate's state.</summary>
/// <param name="Id">0 or 1.</param>
/// <param name="Description">For people.</param>
public sealed record RateStatusJson(int Id, string Description);

/// <summary>How contract 4 writes months and exact numbers.</summary>
internal static class RateWords
{
    public static string? ZoneOrNull(string ratezone) => ratezone.Length == 0 ? null : ratezone;

    public static decimal Number(ExactAmount amount) => decimal.Parse(amount.ToString(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    public static string FirstDay(Months months) => months.StartsOn.ToString("yyyy-MM-dd'T00:00:00Z'", CultureInfo.InvariantCulture);

    public static string? LastDay(Months months) => months.EndsOn?.ToString("yyyy-MM-dd'T23:59:59Z'", CultureInfo.InvariantCulture);
}
