using System.Globalization;

namespace BillingPortal.Domain.Ledger;

/// <summary>Which effective times are accepted: none in the future, none in a closed period (rules §5).</summary>
public static class EffectiveTime
{
    /// <summary>How far another machine's clock may run ahead before its "now" is called the future.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(2);

    /// <summary>Nothing was billed before it: an earlier year is a typing error, and would stay in the journal for ever.</summary>
    public static readonly Instant Earliest = Instant.From(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>A refusal, or null where <paramref name="asked"/> (null for now) is accepted.</summary>
    public static Decision? Check(LedgerState state, Instant? asked, Instant now, string field) => asked switch
    {
        { } future when future > now.Plus(Tolerance) => Decision.No(RefusalCode.InFuture,
            "The effective time lies in the future. A change to come is entered when it comes.", field),
        { } ancient when ancient < Earliest => Decision.Wrong(field, "too_early", "The effective time lies before the year 2000."),
        { } past when past < state.ClosedUntil => Decision.No(RefusalCode.PeriodClosed,
            $"The period is closed until {state.ClosedUntil.ToUtc().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC.", field),
        _ => null,
    };
}
