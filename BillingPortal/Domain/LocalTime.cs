namespace BillingPortal.Domain;

/// <summary>From what a clock on a wall shows to the moment that is meant.</summary>
public static class LocalTime
{
    /// <summary>
    /// The moment at which clocks in <paramref name="zone"/> show <paramref name="local"/>. Where they skip it (summer time begins) it is the
    /// next quarter of an hour that they show; where they show it twice (summer time ends) it is the first.
    /// </summary>
    public static Instant ToInstant(DateTime local, TimeZoneInfo zone)
    {
        var shown = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(shown))
        {
            shown = shown.AddMinutes(15 - (shown.Minute % 15)).AddTicks(-(shown.Ticks % TimeSpan.TicksPerMinute));
        }

        var offset = zone.IsAmbiguousTime(shown) ? zone.GetAmbiguousTimeOffsets(shown).Max() : zone.GetUtcOffset(shown);
        return Instant.From(new DateTimeOffset(shown, offset));
    }

    /// <summary>The first moment of <paramref name="day"/> in <paramref name="zone"/>.</summary>
    public static Instant StartOf(DateOnly day, TimeZoneInfo zone) => ToInstant(day.ToDateTime(TimeOnly.MinValue), zone);

    /// <summary>True where clocks in <paramref name="zone"/> show <paramref name="local"/> twice.</summary>
    public static bool IsShownTwice(DateTime local, TimeZoneInfo zone) => zone.IsAmbiguousTime(DateTime.SpecifyKind(local, DateTimeKind.Unspecified));

    /// <summary>True where clocks in <paramref name="zone"/> skip <paramref name="local"/>.</summary>
    public static bool IsSkipped(DateTime local, TimeZoneInfo zone) => zone.IsInvalidTime(DateTime.SpecifyKind(local, DateTimeKind.Unspecified));
}
