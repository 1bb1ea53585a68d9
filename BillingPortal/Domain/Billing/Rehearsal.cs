using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace BillingPortal.Domain.Billing;

/// <summary>
/// What a rule would have done on an organization's own past (rules §6): decided as the engine decides, on what was used then, with payments
/// that settle as fast as they did.
/// </summary>
public sealed record Rehearsal
{
    /// <summary>The recharges it would have made, oldest first.</summary>
    public ImmutableArray<RehearsedRecharge> Recharges { get; init; } = [];

    /// <summary>When nothing would have been available; the last may reach to the end.</summary>
    public ImmutableArray<Stretch> Empty { get; init; } = [];

    /// <summary>When a hard cap would have stopped requests, each to its window's end or to a correction.</summary>
    public ImmutableArray<Stretch> Stopped { get; init; } = [];

    /// <summary>Levels of the cap as they would have been reached, each once in a window.</summary>
    public ImmutableArray<CapAlert> Alerts { get; init; } = [];

    /// <summary>When a recharge would have been due and the month's limit had no room for it: the first time in each month.</summary>
    public ImmutableArray<Instant> Paused { get; init; } = [];

    /// <summary>When the breaker would have opened: recharging stands still from then on, as nobody acts in a rehearsal.</summary>
    public Instant? BrokenAt { get; init; }

    /// <summary>Millionths that the cap would have refused.</summary>
    public long RefusedByCap { get; init; }

    /// <summary>Millionths refused because too little was available.</summary>
    public long RefusedForBalance { get; init; }

    /// <summary>Reported usage beyond a hard cap, in millionths: counted, never refused.</summary>
    public long Overshoot { get; init; }

    /// <summary>What was available and spent after everything that changed it, oldest first.</summary>
    public ImmutableArray<RehearsedPoint> Curve { get; init; } = [];

    /// <summary>What the recharges would have charged, in millionths.</summary>
    public long Charged => Recharges.Sum(recharge => recharge.Amount);

    /// <summary>The time with nothing available, all together.</summary>
    public TimeSpan EmptyFor => Empty.Aggregate(TimeSpan.Zero, (sum, stretch) => sum + stretch.Length);

    /// <summary>Replays <paramref name="recharge"/> and <paramref name="cap"/>, in force from the beginning of <paramref name="past"/>.</summary>
    public static Rehearsal Of(AutoRecharge recharge, SpendingCap cap, RehearsedPast past) => new RehearsalRun(recharge, cap, past).Run();

    /// <summary>
    /// The smallest threshold, in steps of 5 units, with which nothing would ever have been empty; null where none within bounds does, or none
    /// is needed.
    /// </summary>
    public static long? CoveringThreshold(AutoRecharge recharge, SpendingCap cap, RehearsedPast past)
    {
        const long Step = AutoRecharge.Least * Money.Unit;
        bool Covers(long steps) => Of(recharge with { Threshold = steps * Step }, cap, past).Empty.IsEmpty;
        var (low, high) = ((recharge.Threshold ?? 0) / Step, AutoRecharge.Most / AutoRecharge.Least);
        if (low >= high || !Covers(high))
        {
            return null;
        }

        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = Covers(middle) ? (low, middle) : (middle, high);
        }

        return high * Step;
    }
}

/// <summary>A recharge that a rule would have made.</summary>
/// <param name="At">When it would have been decided.</param>
/// <param name="Available">Millionths available then, below the threshold.</param>
/// <param name="Amount">Millionths charged.</param>
/// <param name="LimitLeft">What the month's limit left before it; null without a limit.</param>
/// <param name="SettledAt">When it would have been paid; may lie after the end.</param>
public sealed record RehearsedRecharge(Instant At, long Available, long Amount, long? LimitLeft, Instant SettledAt);

/// <summary>A stretch of time: its first moment, and the first after it.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Stretch(Instant Start, Instant End)
{
    /// <summary>How long it is.</summary>
    public TimeSpan Length => TimeSpan.FromMicroseconds(End.Micros - Start.Micros);
}

/// <summary>A level of the cap that would have been reached.</summary>
/// <param name="At">When.</param>
/// <param name="Level">50, 75, 90 or 100 percent.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CapAlert(Instant At, int Level);

/// <summary>How things stood.</summary>
/// <param name="At">From when on.</param>
/// <param name="Available">Millionths available.</param>
/// <param name="Spent">Millionths spent in the cap's window of that moment.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RehearsedPoint(Instant At, long Available, long Spent);
