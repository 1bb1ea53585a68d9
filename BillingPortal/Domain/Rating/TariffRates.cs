using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Domain.Rating;

/// <summary>A tariff's rate as it is asked for.</summary>
public sealed record TariffRateWish
{
    /// <summary>What is used; 1 to 200 characters.</summary>
    public string Service { get; init; } = "";

    /// <summary>Where; empty for everywhere that has no rate of its own.</summary>
    public string Ratezone { get; init; } = "";

    /// <summary>What a quantity of one is; at most 20 characters.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The price of one unit.</summary>
    public ExactAmount? Rate { get; init; }

    /// <summary>The first month.</summary>
    public required BillingPeriod From { get; init; }

    /// <summary>The last month; null for open-ended.</summary>
    public BillingPeriod? Until { get; init; }
}

/// <summary>What adding a rate to a tariff comes to.</summary>
/// <param name="Rate">The new rate.</param>
/// <param name="Ends">Older ones with the months that are left of them.</param>
public sealed record TariffRateChange(TariffRate Rate, ImmutableArray<(TariffRate Rate, Months Left)> Ends);

/// <summary>How rates of a tariff follow each other: as custom rates do, an older one ends the month before.</summary>
public static class TariffRates
{
    /// <summary>The longest unit.</summary>
    public const int MaxUnitLength = 20;

    /// <summary>What <paramref name="wish"/> comes to beside <paramref name="standing"/>.</summary>
    public static Outcome<TariffRateChange> Add(long tariff, TariffRateWish wish, ImmutableArray<TariffRate> standing)
    {
        var months = new Months(wish.From, wish.Until);
        var errors = ImmutableArray.CreateBuilder<FieldError>();
        RatingFields.Check(errors, wish.Service, wish.Ratezone, ExactAmount.Zero, months, mayBeZero: true);
        if (wish.Unit.Trim().Length > MaxUnitLength)
        {
            errors.Add(new("Unit", "out_of_range", $"must have at most {MaxUnitLength.ToString(CultureInfo.InvariantCulture)} characters."));
        }

        if (wish.Rate is not { } rate || rate.Sign < 0 || rate > CustomRates.MaxRate || !rate.IsWithin(UsageRating.Decimals))
        {
            errors.Add(new("Rate", "out_of_range", $"must be from 0 to {CustomRates.MaxRate}, with at most eleven decimals."));
            return new Outcome<TariffRateChange>.Invalid(errors.ToImmutable());
        }

        if (errors.Count > 0)
        {
            return new Outcome<TariffRateChange>.Invalid(errors.ToImmutable());
        }

        var made = new TariffRate(0, tariff, wish.Service.Trim(), wish.Ratezone.Trim(), wish.Unit.Trim(), rate, months);
        var overlapping = standing.Where(older => older.Service == made.Service && older.Ratezone == made.Ratezone && older.Months.Overlaps(months)).ToList();
        return overlapping.Exists(older => older.Rate == rate && older.Months == months && older.Unit == made.Unit)
            ? new Outcome<TariffRateChange>.Refused(new Refusal(RefusalCode.Taken, "The same rate stands for the same months already. Nothing was added.", nameof(TariffRateWish.Rate)))
            : new Outcome<TariffRateChange>.Done(new TariffRateChange(made, [.. overlapping.Select(older => (older, older.Months.EndingBefore(months.From)))]));
    }
}
