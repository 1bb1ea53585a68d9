using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Domain.Rating;

/// <summary>A custom rate as it is asked for.</summary>
public sealed record CustomRateWish
{
    /// <summary>The tariff within which it holds; null for whatever tariff the organization has.</summary>
    public long? Tariff { get; init; }

    /// <summary>What is used; 1 to 200 characters.</summary>
    public string Service { get; init; } = "";

    /// <summary>Where; empty for everywhere that has no rate of its own.</summary>
    public string Ratezone { get; init; } = "";

    /// <summary>How much is used in a month before it holds.</summary>
    public ExactAmount Volume { get; init; }

    /// <summary>The price of one unit.</summary>
    public ExactAmount? Rate { get; init; }

    /// <summary>ISO 4217; null for the organization's.</summary>
    public string? Currency { get; init; }

    /// <summary>The first month; null for this one.</summary>
    public BillingPeriod? From { get; init; }

    /// <summary>The last month; null for open-ended.</summary>
    public BillingPeriod? Until { get; init; }
}

/// <summary>What adding a custom rate comes to: the rate, and the older ones that it ends.</summary>
/// <param name="Rate">The new rate; its number is given when it is kept.</param>
/// <param name="Ends">Older ones with the months that are left of them; where none are left they never hold.</param>
public sealed record CustomRateChange(CustomRate Rate, ImmutableArray<(CustomRate Rate, Months Left)> Ends);

/// <summary>Contract 4's rules of custom rates.</summary>
public static class CustomRates
{
    /// <summary>The most that a price of one unit can be.</summary>
    public static readonly ExactAmount MaxRate = ExactAmount.FromMicros(1_000_000 * Money.Unit);

    /// <summary>What <paramref name="wish"/> comes to beside <paramref name="standing"/>: an overlapping older rate of the same step ends the month before.</summary>
    /// <param name="wish">The wish.</param>
    /// <param name="standing">The organization's rates.</param>
    /// <param name="currency">The organization's currency.</param>
    /// <param name="month">The month that runs.</param>
    /// <param name="firstOpen">The first month that is not closed; null where none was ever closed.</param>
    public static Outcome<CustomRateChange> Add(CustomRateWish wish, ImmutableArray<CustomRate> standing, Currency currency, BillingPeriod month, BillingPeriod? firstOpen)
    {
        var months = new Months(wish.From ?? month, wish.Until);
        if (Errors(wish, months, currency, firstOpen) is { IsEmpty: false } errors)
        {
            return new Outcome<CustomRateChange>.Invalid(errors);
        }

        var rate = new CustomRate(0, wish.Tariff, wish.Service, wish.Ratezone, wish.Volume, wish.Rate!.Value, months);
        var overlapping = standing.Where(older => older.State == CustomRateState.Standing && older.IsSameStep(rate) && older.Months.Overlaps(months)).ToList();
        return overlapping.Exists(older => older.Rate == rate.Rate && older.Months == months)
            ? new Outcome<CustomRateChange>.Refused(new Refusal(RefusalCode.Taken, "The same rate stands for the same months already. Nothing was added.", nameof(CustomRateWish.Rate)))
            : new Outcome<CustomRateChange>.Done(new CustomRateChange(rate, [.. overlapping.Select(older => (older, older.Months.EndingBefore(months.From)))]));
    }

    /// <summary>
    /// What taking <paramref name="rate"/> away leaves of it: one that has begun is marked as expired and stops at once; one that has not is deleted.
    /// </summary>
    public static Outcome<CustomRate> Remove(CustomRate rate, BillingPeriod month, Instant now) => rate switch
    {
        { State: not CustomRateState.Standing } => Cannot("It was taken away before."),
        { Months.IsEmpty: true } => Cannot("A later rate took its place before it began."),
        { Months.Until: { } last } when last.Number < month.Number => Cannot($"It ended with {last.ToString(CultureInfo.InvariantCulture)}."),
        _ when rate.Months.From.Number > month.Number => new Outcome<CustomRate>.Done(rate with { State = CustomRateState.Deleted, EndedAt = now }),
        _ => new Outcome<CustomRate>.Done(rate with { State = CustomRateState.Expired, EndedAt = now, Months = rate.Months with { Until = month } }),
    };

    private static Outcome<CustomRate> Cannot(string why) => new Outcome<CustomRate>.Refused(new Refusal(RefusalCode.CannotBeDeleted, why + " Nothing was changed."));

    private static ImmutableArray<FieldError> Errors(CustomRateWish wish, Months months, Currency currency, BillingPeriod? firstOpen)
    {
        var errors = ImmutableArray.CreateBuilder<FieldError>();
        RatingFields.Check(errors, wish.Service, wish.Ratezone, wish.Volume, months, mayBeZero: true);
        if (wish.Rate is not { } rate)
        {
            errors.Add(new("Rate", "required", "is required."));
        }
        else if (rate.Sign < 0 || rate > MaxRate || !rate.IsWithin(UsageRating.Decimals))
        {
            errors.Add(new("Rate", "out_of_range", $"must be from 0 to {MaxRate}, with at most {UsageRating.Decimals.ToString(CultureInfo.InvariantCulture)} decimals."));
        }

        if (wish.Currency is { } named && named != currency.Code)
        {
            errors.Add(new("Currency", "invalid_reference", $"must be {currency.Code}, which the organization keeps."));
        }

        if (firstOpen is { } open && months.From.Number < open.Number)
        {
            errors.Add(new("StartDate", "out_of_range", $"must be {open.ToString(CultureInfo.InvariantCulture)} or later: months before it are closed."));
        }

        return errors.ToImmutable();
    }
}

/// <summary>What all wishes about rates and volumes have in common.</summary>
internal static class RatingFields
{
    private static readonly ExactAmount MaxVolume = ExactAmount.FromMicros(1_000_000_000_000 * Money.Unit);

    public static void Check(ImmutableArray<FieldError>.Builder errors, string service, string ratezone, ExactAmount? volume, Months months, bool mayBeZero)
    {
        if (service.Trim().Length is 0 or > ChargeUsage.MaxServiceLength)
        {
            errors.Add(new("Service", service.Trim().Length == 0 ? "required" : "out_of_range", "must have 1 to 200 characters."));
        }

        if (ratezone.Length > RateUsage.MaxRatezoneLength)
        {
            errors.Add(new("Ratezone", "out_of_range", "must have at most 100 characters."));
        }

        if (volume is not { } number)
        {
            errors.Add(new("Volume", "required", "is required."));
        }
        else if (number.Sign < 0 || (number.IsZero && !mayBeZero) || number > MaxVolume || !number.IsWithin(UsageRating.Decimals))
        {
            errors.Add(new("Volume", "out_of_range", $"must be {(mayBeZero ? "at least" : "above")} 0, at most {MaxVolume}, with at most eleven decimals."));
        }

        if (months.IsEmpty)
        {
            errors.Add(new("EndDate", "out_of_range", "must not lie before the start."));
        }

        if (months.From.Number is < 200001 or > 209912)
        {
            errors.Add(new("StartDate", "out_of_range", "must lie between the years 2000 and 2099."));
        }
    }
}
