using System.Runtime.InteropServices;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Plans;

/// <summary>A plan's period: whole local days, the last one excluded.</summary>
/// <param name="Start">The first day.</param>
/// <param name="End">The first day after it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PlanPeriod(DateOnly Start, DateOnly End)
{
    /// <summary>How many days.</summary>
    public int Days => End.DayNumber - Start.DayNumber;

    /// <summary>The last day.</summary>
    public DateOnly Last => End.AddDays(-1);

    /// <summary>True where <paramref name="day"/> lies in it.</summary>
    public bool Contains(DateOnly day) => day >= Start && day < End;
}

/// <summary>
/// The periods of a subscription: the anchor's day plus whole intervals, always counted from the anchor, so that the 31st returns after February.
/// Periods tile: the end of one is the start of the next, in every zone, whatever its clocks do.
/// </summary>
public static class PlanCalendar
{
    /// <summary>The period with number <paramref name="index"/>; 0 begins at the anchor.</summary>
    public static PlanPeriod PeriodOf(DateOnly anchor, PlanInterval interval, int index) => new(StartOf(anchor, interval, index), StartOf(anchor, interval, index + 1));

    /// <summary>The number of the period that <paramref name="day"/> lies in.</summary>
    public static int IndexOf(DateOnly anchor, PlanInterval interval, DateOnly day)
    {
        var days = day.DayNumber - anchor.DayNumber;
        var index = interval switch
        {
            PlanInterval.Day => days,
            PlanInterval.Week => days / 7,
            PlanInterval.Month => ((day.Year - anchor.Year) * 12) + day.Month - anchor.Month,
            _ => day.Year - anchor.Year,
        };
        while (StartOf(anchor, interval, index) > day)
        {
            index--;
        }

        while (StartOf(anchor, interval, index + 1) <= day)
        {
            index++;
        }

        return index;
    }

    /// <summary>The local day at <paramref name="now"/>: the one whose first moment and end enclose it.</summary>
    public static DateOnly Today(Instant now, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(now.ToUtc(), zone);
        var day = new DateOnly(local.Year, local.Month, local.Day);

        // Where clocks go back over a midnight the local date runs backwards; the day's own bounds decide.
        return now < LocalTime.FirstMomentOf(day, zone) ? day.AddDays(-1)
            : now >= LocalTime.FirstMomentOf(day.AddDays(1), zone) ? day.AddDays(1)
            : day;
    }

    private static DateOnly StartOf(DateOnly anchor, PlanInterval interval, int index) => interval switch
    {
        PlanInterval.Day => anchor.AddDays(index),
        PlanInterval.Week => anchor.AddDays(7 * index),
        PlanInterval.Month => anchor.AddMonths(index),
        _ => anchor.AddYears(index),
    };
}
