using System.Collections.Immutable;

namespace BillingPortal.Domain.Billing;

/// <summary>One replay, from the first movement to the last. The order within a movement is that of rules §6.</summary>
internal sealed class RehearsalRun(AutoRecharge recharge, SpendingCap cap, RehearsedPast past)
{
    private readonly RehearsedSpending _spending = new(cap, past.Zone);
    private readonly RehearsedCard _card = new(recharge, past);
    private readonly ImmutableArray<RehearsedPoint>.Builder _curve = ImmutableArray.CreateBuilder<RehearsedPoint>();
    private readonly ImmutableArray<Stretch>.Builder _empty = ImmutableArray.CreateBuilder<Stretch>();
    private long _available = past.Opening;
    private Instant? _emptySince;
    private long _refusedForBalance;

    private bool Prepaid => past.ChargingModel == ChargingModel.Prepaid;

    public Rehearsal Run()
    {
        foreach (var usage in past.Usage.Where(usage => usage.At < past.From))
        {
            _spending.CountBefore(usage.EffectiveAt, usage.Requested + usage.Reported);
        }

        Stand(past.From);
        foreach (var usage in past.Usage.Where(usage => usage.At >= past.From && usage.At < past.Until))
        {
            Settle(usage.At);
            Take(usage);
        }

        Settle(past.Until);
        Stand(past.Until);
        return Result();
    }

    private void Take(PastUsage usage)
    {
        _available += usage.PaidIn - usage.Reported;
        _spending.Report(usage.At, usage.EffectiveAt, usage.Reported);
        var accepted = Accept(usage);
        _available -= accepted;
        _spending.Accept(usage.At, usage.EffectiveAt, accepted);
        Stand(usage.At);
        if (usage.PaidIn < 0 || usage.Reported > 0 || accepted > 0)
        {
            Recharge(usage.At);
        }
    }

    /// <summary>How much of the requests is let through: what the cap leaves, then what is available.</summary>
    private long Accept(PastUsage usage)
    {
        var within = _spending.Admit(usage.EffectiveAt, usage.Requested);
        var funded = !Prepaid || past.AllowOverdraft ? within : Math.Min(within, Math.Max(0, _available));
        _refusedForBalance += within - funded;
        return funded;
    }

    private void Recharge(Instant at)
    {
        if (Prepaid && !_spending.IsExhausted(at))
        {
            _card.Consider(at, _available);
        }
    }

    /// <summary>Books what was paid by then. A settlement is never a cause.</summary>
    private void Settle(Instant until)
    {
        if (_card.Settled(until) is { } paid)
        {
            _available += paid.Amount;
            Stand(paid.At);
        }
    }

    /// <summary>Notes how things stand.</summary>
    private void Stand(Instant at)
    {
        var empty = Prepaid && _available <= 0;
        if (empty)
        {
            _emptySince ??= at;
        }
        else if (_emptySince is { } since)
        {
            if (since < at)
            {
                _empty.Add(new Stretch(since, at));
            }

            _emptySince = null;
        }

        _spending.Stand(at);
        var point = new RehearsedPoint(at, _available, _spending.SpentAt(at));
        if (_curve.Count > 0 && _curve[^1].At == at)
        {
            _curve[^1] = point;
        }
        else
        {
            _curve.Add(point);
        }
    }

    private Rehearsal Result() => new()
    {
        Recharges = _card.Recharges,
        Paused = _card.Paused,
        BrokenAt = _card.BrokenAt,
        Empty = [.. _empty, .. _emptySince is { } since && since < past.Until ? [new Stretch(since, past.Until)] : ImmutableArray<Stretch>.Empty],
        Stopped = _spending.Stopped(past.Until),
        Alerts = _spending.Alerts,
        RefusedByCap = _spending.Refused,
        Overshoot = _spending.Overshoot,
        RefusedForBalance = _refusedForBalance,
        Curve = _curve.ToImmutable(),
    };
}
