namespace BillingPortal.Domain.Plans;

/// <summary>
/// What falls on some days of a period, in whole minor units. Reckoned as the difference of two rounded running totals, so that however a period is
/// cut, its parts sum to its price exactly (rules §5: by whole local days).
/// </summary>
public static class Proration
{
    /// <summary>The part of <paramref name="amount"/> that falls on the days from <paramref name="from"/> up to, but without, <paramref name="to"/>.</summary>
    /// <param name="amount">Millionths for all the days; whole minor units.</param>
    /// <param name="days">How many days the whole has, above zero.</param>
    /// <param name="from">Days before the part, 0 or more.</param>
    /// <param name="to">Days until its end, at most <paramref name="days"/>.</param>
    /// <param name="minorUnit">Millionths in the currency's minor unit.</param>
    /// <exception cref="ArgumentOutOfRangeException">The days do not lie within the whole.</exception>
    public static long Part(long amount, int days, int from, int to, long minorUnit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, days);
        return UpTo(amount, days, to, minorUnit) - UpTo(amount, days, from, minorUnit);
    }

    /// <summary>The part of <paramref name="amount"/>, which pays for <paramref name="whole"/>, from <paramref name="day"/> to its end.</summary>
    public static long Rest(long amount, PlanPeriod whole, DateOnly day, long minorUnit)
    {
        var gone = Math.Clamp(day.DayNumber - whole.Start.DayNumber, 0, whole.Days);
        return Part(amount, whole.Days, gone, whole.Days, minorUnit);
    }

    /// <summary>The running total after that many days, rounded half-even to the minor unit.</summary>
    private static long UpTo(long amount, int days, int day, long minorUnit) => Round((Int128)amount * day, (Int128)minorUnit * days, minorUnit);

    /// <summary><paramref name="numerator"/> ⁄ <paramref name="denominator"/> minor units, half-even, in millionths.</summary>
    internal static long Round(Int128 numerator, Int128 denominator, long minorUnit)
    {
        var (whole, rest) = Int128.DivRem(numerator, denominator);
        var twice = Int128.Abs(rest) * 2;
        if (twice > denominator || (twice == denominator && Int128.IsOddInteger(whole)))
        {
            whole += Int128.Sign(numerator);
        }

        return checked((long)(whole * minorUnit));
    }
}
