using System.Collections.Immutable;

namespace BillingPortal.Domain.Billing;

/// <summary>What happened at one moment of an organization's past, recharges left out. Millionths.</summary>
/// <param name="At">When rules act on it.</param>
/// <param name="EffectiveAt">When the usage took effect: the window of the cap it counts in.</param>
/// <param name="Requested">Charges that asked first, and could have been refused; at least 0.</param>
/// <param name="Reported">Usage that had happened, net of corrections; negative where more was given back.</param>
/// <param name="PaidIn">All else that changed what was available: top-ups by hand, credits, adjustments, expiry (negative).</param>
public sealed record PastUsage(Instant At, Instant EffectiveAt, long Requested, long Reported, long PaidIn)
{
    /// <summary>
    /// The same spread evenly over a stretch of time, as a sum over an hour stood for many small requests. What was reported or paid in
    /// stands at the beginning, as it came in one piece.
    /// </summary>
    /// <param name="length">The stretch it is the sum of.</param>
    /// <param name="parts">Into how many.</param>
    public IEnumerable<PastUsage> Spread(TimeSpan length, int parts)
    {
        var (each, rest) = (Requested / parts, Requested % parts);
        for (var part = 0; part < parts; part++)
        {
            var into = new TimeSpan(length.Ticks / parts * part);
            yield return new PastUsage(At.Plus(into), EffectiveAt.Plus(into), each + (part < rest ? 1 : 0), part == 0 ? Reported : 0, part == 0 ? PaidIn : 0);
        }
    }
}

/// <summary>An organization's past as a rehearsal sees it.</summary>
public sealed record RehearsedPast
{
    /// <summary>How long a payment takes where nothing is known of it.</summary>
    public static readonly TimeSpan UsualSettlement = TimeSpan.FromMinutes(1);

    /// <summary>Where the rehearsal begins, with the rule in force.</summary>
    public required Instant From { get; init; }

    /// <summary>Where it ends.</summary>
    public required Instant Until { get; init; }

    /// <summary>The organization's zone.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Whether it pays before or after.</summary>
    public ChargingModel ChargingModel { get; init; }

    /// <summary>True where requests may go into overdraft.</summary>
    public bool AllowOverdraft { get; init; }

    /// <summary>What was available at the beginning, in millionths: monthly + promotional + cash + bonus + overdraft.</summary>
    public long Opening { get; init; }

    /// <summary>How long a payment takes from its intent to its settlement.</summary>
    public TimeSpan Settles { get; init; } = UsualSettlement;

    /// <summary>What happened, in order. What lies before the beginning counts in the cap's windows only.</summary>
    public ImmutableArray<PastUsage> Usage { get; init; } = [];

    /// <summary>True where nothing happened.</summary>
    public bool IsEmpty => Usage.All(usage => usage.At < From);
}
