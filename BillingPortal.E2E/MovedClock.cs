namespace BillingPortal.E2E;

/// <summary>
/// The portal's clock: the system's, moved on by as much as a test says. It goes on ticking and timers keep the real pace, so that pages and
/// connections live as always while an hour or a day passes for what is decided.
/// </summary>
public sealed class MovedClock : TimeProvider
{
    private long _ahead;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + new TimeSpan(Interlocked.Read(ref _ahead));

    /// <summary>Lets <paramref name="span"/> pass.</summary>
    public void Advance(TimeSpan span) => Interlocked.Add(ref _ahead, span.Ticks);

    /// <summary>Moves on to noon of the next Thursday in the middle of a month, with days of that month before and after it.</summary>
    public void AdvanceToThursdayInMidMonth()
    {
        var now = GetUtcNow();
        var noon = new DateTimeOffset(now.Year, now.Month, now.Day, 12, 0, 0, TimeSpan.Zero);
        while (noon < now || noon.DayOfWeek != DayOfWeek.Thursday || noon.Day is < 12 or > 18)
        {
            noon = noon.AddDays(1);
        }

        Advance(noon - now);
    }
}
