using System.Globalization;

namespace BillingPortal.Domain.Billing;

/// <summary>A calendar month, numbered as 202409. It begins and ends at local midnight in the organization's zone (rules §8).</summary>
/// <param name="Number">Year × 100 + month.</param>
public readonly record struct BillingPeriod(int Number)
{
    /// <summary>The month that <paramref name="instant"/> falls into in <paramref name="zone"/>.</summary>
    public static BillingPeriod Of(Instant instant, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(instant.ToUtc(), zone);
        return new((local.Year * 100) + local.Month);
    }

    /// <summary>The month that <paramref name="instant"/> falls into in the zone with this IANA name.</summary>
    public static BillingPeriod Of(Instant instant, string zone) => Of(instant, TimeZoneInfo.FindSystemTimeZoneById(zone));

    /// <summary>The next month.</summary>
    public BillingPeriod Next => Number % 100 == 12 ? new(Number + 89) : new(Number + 1);

    /// <summary>Its first moment in <paramref name="zone"/>: the first instant whose local date is the 1st, whatever the clocks do that night.</summary>
    public Instant StartIn(TimeZoneInfo zone)
    {
        var midnight = new DateTime(Number / 100, Number % 100, 1, 0, 0, 0, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(midnight))
        {
            midnight += TimeSpan.FromMinutes(15);
        }

        // Where clocks go back over midnight it comes twice; the month begins with the earlier one.
        var offset = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight);
        return Instant.From(new DateTimeOffset(midnight, offset));
    }

    /// <summary>The first moment after it in <paramref name="zone"/>.</summary>
    public Instant EndIn(TimeZoneInfo zone) => Next.StartIn(zone);

    /// <summary>For people: "September 2024".</summary>
    public string ToString(CultureInfo culture) => new DateTime(Number / 100, Number % 100, 1, 0, 0, 0, DateTimeKind.Utc).ToString("MMMM yyyy", culture);

    /// <summary>For files: 2024-09.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number / 100:0000}-{Number % 100:00}");
}
