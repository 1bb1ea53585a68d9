using System.Globalization;
using BillingPortal.Domain.Organizations;

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

    /// <summary>Its first moment in <paramref name="zone"/>: the first instant whose local date is the 1st, whatever the clocks do that night.</summary>
    public Instant StartIn(TimeZoneInfo zone) => LocalTime.FirstMomentOf(new DateOnly(Number / 100, Number % 100, 1), zone);

    /// <summary>The first moment after it in <paramref name="zone"/>.</summary>
    public Instant EndIn(TimeZoneInfo zone) => Next.StartIn(zone);

    /// <summary>For people: "September 2024".</summary>
    public string ToString(CultureInfo culture) => new DateTime(Number / 100, Number % 100, 1, 0, 0, 0, DateTimeKind.Utc).ToString("MMMM yyyy", culture);

    /// <summary>For files: 2024-09.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number / 100:0000}-{Number % 100:00}");
}
