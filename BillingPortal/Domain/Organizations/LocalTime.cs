namespace BillingPortal.Domain.Organizations;

/// <summary>Wall-clock times of a zone as moments.</summary>
public static class LocalTime
{
    private const long Quarter = 15 * TimeSpan.TicksPerMinute;

    /// <summary>
    /// The moment at which clocks in <paramref name="zone"/> show <paramref name="local"/>. Null where they never do, because they are set
    /// forward over it. Where they show it twice, the earlier moment.
    /// </summary>
    public static Instant? ToInstant(DateTime local, TimeZoneInfo zone)
    {
        var plain = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(plain))
        {
            return null;
        }

        var offset = zone.IsAmbiguousTime(plain) ? zone.GetAmbiguousTimeOffsets(plain).Max() : zone.GetUtcOffset(plain);
        return Instant.From(new DateTimeOffset(plain, offset));
    }

    /// <summary>The same, or where clocks never show it, the next quarter of an hour that they do show.</summary>
    public static Instant AtOrAfter(DateTime local, TimeZoneInfo zone)
    {
        var shown = local;
        while (true)
        {
            if (ToInstant(shown, zone) is { } moment)
            {
                return moment;
            }

            shown = shown.AddTicks(Quarter - (shown.Ticks % Quarter));
        }
    }

    /// <summary>The first moment of <paramref name="day"/> in <paramref name="zone"/>.</summary>
    public static Instant StartOf(DateOnly day, TimeZoneInfo zone) => AtOrAfter(day.ToDateTime(TimeOnly.MinValue), zone);

    /// <summary>
    /// The first instant whose local date is <paramref name="day"/> or later, whatever the clocks do that night. Found by halving, because zones skip
    /// and repeat midnights, whole days even, and their rules and offsets do not always agree about it.
    /// </summary>
    public static Instant FirstMomentOf(DateOnly day, TimeZoneInfo zone)
    {
        var first = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var (before, at) = (Instant.From(first).Plus(TimeSpan.FromHours(-15)), Instant.From(first).Plus(TimeSpan.FromHours(15)));
        while (at.Micros - before.Micros > 1)
        {
            var middle = new Instant(before.Micros + ((at.Micros - before.Micros) / 2));
            (before, at) = TimeZoneInfo.ConvertTime(middle.ToUtc(), zone).DateTime >= first.DateTime ? (before, middle) : (middle, at);
        }

        return at;
    }
}
