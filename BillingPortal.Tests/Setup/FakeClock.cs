namespace BillingPortal.Tests.Setup;

/// <summary>
/// A clock that stands still until a test moves it. Its timers fire while it is moved, in the order of their due times, on the
/// thread that moves it.
/// </summary>
internal sealed class FakeClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Alarm> _alarms = [];
    private DateTimeOffset _now = start;

    /// <summary>Noon of an ordinary working day.</summary>
    public FakeClock()
        : this(new DateTimeOffset(2026, 3, 18, 12, 0, 0, TimeSpan.Zero)) { }

    /// <inheritdoc />
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    /// <inheritdoc />
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>Moves on by <paramref name="span"/>.</summary>
    public void Advance(TimeSpan span) => MoveTo(GetUtcNow() + span);

    /// <summary>Moves to <paramref name="time"/>, which may lie in the past: clocks are set back, too.</summary>
    public void MoveTo(DateTimeOffset time)
    {
        while (NextDue(time) is { } alarm)
        {
            alarm.Ring();
        }

        lock (_gate)
        {
            _now = time;
        }
    }

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        lock (_gate)
        {
            _alarms.Add(alarm);
        }

        alarm.Change(dueTime, period);
        return alarm;
    }

    private Alarm? NextDue(DateTimeOffset until)
    {
        lock (_gate)
        {
            var next = _alarms.Where(alarm => alarm.Due <= until).MinBy(alarm => alarm.Due);
            if (next is not null)
            {
                _now = next.Due > _now ? next.Due : _now;
                next.Due = next.Period > TimeSpan.Zero ? next.Due + next.Period : DateTimeOffset.MaxValue;
            }

            return next;
        }
    }

    private sealed class Alarm(FakeClock clock, Action ring) : ITimer
    {
        public DateTimeOffset Due { get; set; } = DateTimeOffset.MaxValue;

        public TimeSpan Period { get; private set; }

        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                Due = dueTime < TimeSpan.Zero ? DateTimeOffset.MaxValue : clock._now + dueTime;
                Period = period;
                return clock._alarms.Contains(this);
            }
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                clock._alarms.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
