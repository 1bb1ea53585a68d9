using System.Globalization;

namespace BillingPortal.Domain.Billing;

/// <summary>A calendar month, numbered as 202409. It begins and ends at local midnight in the organization's zone (rules §8).</summary>
/// <param name="Number">Year × 100 + month.</param>
public readonly record struct BillingPeriod(int Number)
{
    /// <summary>The month that <paramref name="instant"/> falls into in <paramref name="zone"/>: the one whose start and end enclose it.</summary>
    public static BillingPeriod Of(Instant instant, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(instant.ToUtc(), zone);
        var period = new BillingPeriod((local.Year * 100) + local.Month);

        // Where clocks go back over a midnight the local date runs backwards; the month's own bounds decide.
        return local.Day is > 1 and < 28 ? period
            : instant < period.StartIn(zone) ? period.Previous
            : instant >= period.EndIn(zone) ? period.Next
            : period;
    }

    /// <summary>The month that <paramref name="instant"/> falls into in the zone with this IANA name.</summary>
    public static BillingPeriod Of(Instant instant, string zone) => Of(instant, TimeZoneInfo.FindSystemTimeZoneById(zone));

    /// <summary>The next month.</summary>
    public BillingPeriod Next => Number % 100 == 12 ? new(Number + 89) : new(Number + 1);

    /// <summary>The month before.</summary>
    public BillingPeriod Previous => Number % 100 == 1 ? new(Number - 89) : new(Number - 1);

    /// <summary>
    /// Its first moment in <paramref name="zone"/>: the first instant whose local date is the 1st, whatever the clocks do that night. Found
    /// by halving, because zones skip and repeat midnights and their rules and offsets do not always agree about it.
    /// </summary>
    public Instant StartIn(TimeZoneInfo zone)
    {
        var first = new DateTimeOffset(Number / 100, Number % 100, 1, 0, 0, 0, TimeSpan.Zero);
        var (before, at) = (Instant.From(first).Plus(TimeSpan.FromHours(-15)), Instant.From(first).Plus(TimeSpan.FromHours(15)));
        while (at.Micros - before.Micros > 1)
        {
            var middle = new Instant(before.Micros + ((at.Micros - before.Micros) / 2));
            (before, at) = TimeZoneInfo.ConvertTime(middle.ToUtc(), zone).DateTime >= first.DateTime ? (before, middle) : (middle, at);
        }

        return at;
    }

    /// <summary>The first moment after it in <paramref name="zone"/>.</summary>
    public Instant EndIn(TimeZoneInfo zone) => Next.StartIn(zone);

    /// <summary>For people: "September 2024".</summary>
    public string ToString(CultureInfo culture) => new DateTime(Number / 100, Number % 100, 1, 0, 0, 0, DateTimeKind.Utc).ToString("MMMM yyyy", culture);

    /// <summary>For files: 2024-09.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number / 100:0000}-{Number % 100:00}");
}
