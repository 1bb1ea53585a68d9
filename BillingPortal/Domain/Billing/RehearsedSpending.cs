using System.Collections.Immutable;

namespace BillingPortal.Domain.Billing;

/// <summary>Spending of a rehearsal, counted in the cap's windows by effective time (rules §6).</summary>
internal sealed class RehearsedSpending(SpendingCap cap, TimeZoneInfo zone)
{
    private readonly Dictionary<Instant, (long Spent, int Alerted)> _windows = [];
    private readonly List<CapAlert> _alerts = [];
    private readonly List<Stretch> _stopped = [];
    private (Instant Start, Instant End) _now = (Instant.Never, Instant.Never), _then = (Instant.Never, Instant.Never);
    private (Instant Since, Instant WindowEnd)? _stop;

    public long Refused { get; private set; }

    public long Overshoot { get; private set; }

    public ImmutableArray<CapAlert> Alerts => [.. _alerts];

    /// <summary>Counts what happened before the rule was in force: it alerts nobody.</summary>
    public void CountBefore(Instant effectiveAt, long amount)
    {
        var window = Then(effectiveAt);
        var (spent, alerted) = _windows.GetValueOrDefault(window);
        _windows[window] = (spent + amount, Math.Max(alerted, Capping.LevelOf(cap, spent + amount)));
    }

    /// <summary>Counts reported usage, which no cap refuses.</summary>
    public void Report(Instant at, Instant effectiveAt, long amount)
    {
        if (cap is { IsHard: true, Amount: { } most } && amount > 0)
        {
            var before = _windows.GetValueOrDefault(Then(effectiveAt)).Spent;
            Overshoot += Math.Max(0, before + amount - Math.Max(before, most));
        }

        Count(at, effectiveAt, amount);
    }

    /// <summary>Counts requests that were let through.</summary>
    public void Accept(Instant at, Instant effectiveAt, long amount) => Count(at, effectiveAt, amount);

    /// <summary>How much of <paramref name="amount"/> the cap lets through.</summary>
    public long Admit(Instant effectiveAt, long amount)
    {
        if (amount == 0 || cap is not { IsHard: true, Amount: { } most })
        {
            return amount;
        }

        var admitted = Math.Clamp(most - _windows.GetValueOrDefault(Then(effectiveAt)).Spent, 0, amount);
        Refused += amount - admitted;
        return admitted;
    }

    /// <summary>True where a hard cap leaves nothing in the window of <paramref name="at"/>.</summary>
    public bool IsExhausted(Instant at) => cap is { IsHard: true, Amount: { } most } && SpentAt(at) >= most;

    /// <summary>Millionths spent in the window of <paramref name="at"/>.</summary>
    public long SpentAt(Instant at) => _windows.GetValueOrDefault(Now(at)).Spent;

    /// <summary>Notes whether the cap stops requests from <paramref name="at"/> on.</summary>
    public void Stand(Instant at)
    {
        if (_stop is { } stop && at >= stop.WindowEnd)
        {
            _stopped.Add(new Stretch(stop.Since, stop.WindowEnd));
            _stop = null;
        }

        if (IsExhausted(at))
        {
            _stop ??= (at, _now.End);
        }
        else if (_stop is { } ended)
        {
            _stopped.Add(new Stretch(ended.Since, at));
            _stop = null;
        }
    }

    /// <summary>When the cap stopped requests, up to <paramref name="until"/>.</summary>
    public ImmutableArray<Stretch> Stopped(Instant until) =>
        [.. _stopped.Append(new Stretch(_stop?.Since ?? until, until)).Where(stretch => stretch.Start < stretch.End)];

    private void Count(Instant at, Instant effectiveAt, long amount)
    {
        if (amount == 0)
        {
            return;
        }

        var window = Then(effectiveAt);
        var (spent, alerted) = _windows.GetValueOrDefault(window);
        var level = Capping.LevelOf(cap, spent + amount);
        _alerts.AddRange(Capping.Levels.Where(reached => reached > alerted && reached <= level).Select(reached => new CapAlert(at, reached)));
        _windows[window] = (spent + amount, Math.Max(alerted, level));
    }

    private Instant Now(Instant at) => (_now = Window(_now, at)).Start;

    private Instant Then(Instant at) => (_then = Window(_then, at)).Start;

    private (Instant Start, Instant End) Window((Instant Start, Instant End) known, Instant at) =>
        at >= known.Start && at < known.End ? known : SpendingCalendar.WindowOf(at, cap.Anchor, zone);
}
