namespace BillingPortal.Domain.Organizations;

/// <summary>Wall-clock times of a zone as moments.</summary>
public static class LocalTime
{
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
}
