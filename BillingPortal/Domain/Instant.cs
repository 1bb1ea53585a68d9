using System.Globalization;

namespace BillingPortal.Domain;

/// <summary>
/// A moment in UTC, in whole microseconds since 1970-01-01T00:00:00Z, which is also how the store keeps it.
/// Equal when the microsecond is equal; the default is the epoch itself. Dates before 1970 are negative.
/// </summary>
public readonly record struct Instant(long Micros) : IComparable<Instant>
{
    /// <summary>Later than every moment the portal will meet; stands for "never".</summary>
    public static readonly Instant Never = new(long.MaxValue);

    /// <summary>The moment of <paramref name="time"/>, cut down to its microsecond.</summary>
    public static Instant From(DateTimeOffset time) => new((time.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);

    /// <summary>Now, as <paramref name="clock"/> tells it.</summary>
    public static Instant Now(TimeProvider clock) => From(clock.GetUtcNow());

    /// <summary>The same moment as an offset of zero.</summary>
    public DateTimeOffset ToUtc() => new(DateTime.UnixEpoch.Ticks + (Micros * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    /// <summary>This moment moved by <paramref name="span"/>, which may be negative.</summary>
    public Instant Plus(TimeSpan span) => new(Micros + (span.Ticks / TimeSpan.TicksPerMicrosecond));

    /// <inheritdoc />
    public int CompareTo(Instant other) => Micros.CompareTo(other.Micros);

    /// <summary>The later of two moments.</summary>
    public static Instant Later(Instant a, Instant b) => a.Micros >= b.Micros ? a : b;

    /// <summary>ISO 8601 with microseconds and Z, as journals and exports print it.</summary>
    public override string ToString() => ToUtc().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

#pragma warning disable CS1591 // comparison says what it does
    public static bool operator <(Instant a, Instant b) => a.Micros < b.Micros;
    public static bool operator >(Instant a, Instant b) => a.Micros > b.Micros;
    public static bool operator <=(Instant a, Instant b) => a.Micros <= b.Micros;
    public static bool operator >=(Instant a, Instant b) => a.Micros >= b.Micros;
#pragma warning restore CS1591
}
