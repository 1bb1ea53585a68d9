using System.Collections.Immutable;

namespace BillingPortal.Domain.Billing;

/// <summary>Recharges of a rehearsal: one in flight, within the month's limit, and the breaker (rules §6).</summary>
internal sealed class RehearsedCard(AutoRecharge recharge, RehearsedPast past)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly List<RehearsedRecharge> _made = [];
    private readonly List<Instant> _paused = [];
    private (Instant Start, Instant End, long Charged) _month;
    private bool _inFlight;

    public ImmutableArray<RehearsedRecharge> Recharges => [.. _made];

    public ImmutableArray<Instant> Paused => [.. _paused];

    public Instant? BrokenAt { get; private set; }

    /// <summary>Makes a recharge where the rule wants one, with <paramref name="available"/> millionths at hand.</summary>
    public void Consider(Instant at, long available)
    {
        if (recharge is not { Enabled: true, Threshold: { } threshold, Amount: { } amount } || available >= threshold || _inFlight || BrokenAt is not null)
        {
            return;
        }

        Turn(at);
        var left = recharge.MonthlyLimit - _month.Charged;
        if (left < amount)
        {
            Pause(at);
        }
        else if (IsTooOften(at))
        {
            BrokenAt = at;
        }
        else
        {
            _made.Add(new RehearsedRecharge(at, available, amount, left, at.Plus(past.Settles)));
            _month.Charged += amount;
            _inFlight = true;
        }
    }

    /// <summary>What was paid up to <paramref name="until"/>, once.</summary>
    public (Instant At, long Amount)? Settled(Instant until)
    {
        if (!_inFlight || _made[^1].SettledAt > until)
        {
            return null;
        }

        _inFlight = false;
        return (_made[^1].SettledAt, _made[^1].Amount);
    }

    /// <summary>One an hour, five a day.</summary>
    private bool IsTooOften(Instant at) =>
        (_made.Count >= 1 && _made[^1].At.Plus(Recharging.Apart) > at) || (_made.Count >= Recharging.MostADay && _made[^Recharging.MostADay].At.Plus(Day) > at);

    private void Pause(Instant at)
    {
        if (_paused.Count == 0 || _paused[^1] < _month.Start)
        {
            _paused.Add(at);
        }
    }

    private void Turn(Instant at)
    {
        if (at >= _month.End || at < _month.Start)
        {
            var (start, end) = SpendingCalendar.WindowOf(at, null, past.Zone);
            _month = (start, end, 0);
        }
    }
}
