using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Domain.Rating;

/// <summary>An inclusive volume, or with a name and a price a data package, as it is asked for.</summary>
public sealed record AllowanceWish
{
    /// <summary>The package's name; empty for a volume.</summary>
    public string Name { get; init; } = "";

    /// <summary>The package's price a month in whole minor units; null for a volume.</summary>
    public long? Price { get; init; }

    /// <summary>What is used.</summary>
    public string Service { get; init; } = "";

    /// <summary>Where; empty for everywhere.</summary>
    public string Ratezone { get; init; } = "";

    /// <summary>How much each month; above 0.</summary>
    public ExactAmount? Volume { get; init; }

    /// <summary>The first month; null for this one.</summary>
    public BillingPeriod? From { get; init; }

    /// <summary>The last month; null for open-ended.</summary>
    public BillingPeriod? Until { get; init; }
}

/// <summary>Contract 4's rules of inclusive volumes; data packages follow them.</summary>
public static class Allowances
{
    /// <summary>The longest name of a package.</summary>
    public const int MaxNameLength = 100;

    /// <summary>The highest price of a package, in minor units.</summary>
    public const long MaxPrice = 100_000_000;

    /// <summary>What <paramref name="wish"/> comes to beside <paramref name="standing"/>: whole months, the current one or later.</summary>
    public static Outcome<Allowance> Add(AllowanceWish wish, AllowanceKind kind, ImmutableArray<Allowance> standing, BillingPeriod month)
    {
        var months = new Months(wish.From ?? month, wish.Until);
        var errors = ImmutableArray.CreateBuilder<FieldError>();
        RatingFields.Check(errors, wish.Service, wish.Ratezone, wish.Volume, months, mayBeZero: false);
        if (months.From.Number < month.Number)
        {
            errors.Add(new("StartDate", "out_of_range", "must be the current month or a later one."));
        }

        if (kind == AllowanceKind.Package && wish.Name.Trim().Length is < 2 or > MaxNameLength)
        {
            errors.Add(new("Name", "out_of_range", "must have 2 to 100 characters."));
        }

        if (kind == AllowanceKind.Package && wish.Price is null or < 0 or > MaxPrice)
        {
            errors.Add(new("Price", "out_of_range", "must be at least 0 and not beyond what a month can cost."));
        }

        if (errors.Count > 0)
        {
            return new Outcome<Allowance>.Invalid(errors.ToImmutable());
        }

        var made = new Allowance(kind, 0, wish.Name.Trim(), wish.Service.Trim(), wish.Ratezone, wish.Volume!.Value, months);
        return standing.Any(older => older.EndedAt is null && (made with { Id = older.Id }) == older)
            ? new Outcome<Allowance>.Refused(new Refusal(RefusalCode.Taken, "The same one stands for the same months already. Nothing was added.", nameof(AllowanceWish.Volume)))
            : new Outcome<Allowance>.Done(made);
    }

    /// <summary>
    /// What ending <paramref name="allowance"/> leaves of it: at once where those above end it, with the month where its own people do. A package ends
    /// with the month in any case: the month is paid for.
    /// </summary>
    public static Outcome<Allowance> End(Allowance allowance, bool atOnce, BillingPeriod month, Instant now)
    {
        if (allowance.EndedAt is not null || allowance.Months.IsEmpty || allowance.Months.Until is { } last && last.Number < month.Number)
        {
            return Cannot("It has ended.");
        }

        if (atOnce && allowance.Kind == AllowanceKind.Volume)
        {
            return new Outcome<Allowance>.Done(allowance with { EndedAt = now, Months = Ending(allowance.Months, month) });
        }

        return allowance.Months.Until is { } end && end.Number <= month.Number
            ? Cannot($"It ends with {end.ToString(CultureInfo.InvariantCulture)} as it is.")
            : new Outcome<Allowance>.Done(allowance with { Months = Ending(allowance.Months, month) });
    }

    /// <summary>Until the month that runs; one that has not begun never does.</summary>
    private static Months Ending(Months months, BillingPeriod month) => months with { Until = months.From.Number > month.Number ? months.From.Previous : month };

    private static Outcome<Allowance> Cannot(string why) => new Outcome<Allowance>.Refused(new Refusal(RefusalCode.CannotBeDeleted, why + " Nothing was changed."));
}
