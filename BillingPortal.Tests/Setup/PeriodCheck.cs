using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Plans;

namespace BillingPortal.Tests.Setup;

/// <summary>Walks the periods of a plan one after another, by days and by the moments at which they begin in a zone, and says the first thing that is wrong with them.</summary>
public static class PeriodCheck
{
    /// <summary>Days whose successors are awkward: 28 to 31, a leap day, a year's last, and both sides of days on which clocks are set.</summary>
    public static readonly string[] Anchors =
    [
        "2024-01-28", "2024-01-29", "2024-01-30", "2024-01-31", "2024-02-29", "2025-02-28", "2025-08-31", "2025-12-31", "2024-03-10", "2024-03-31", "2024-04-07", "2024-10-27", "2024-11-03", "2026-04-30",
    ];

    /// <summary>Null where every period from the anchor's to that day tiles, starts where its anchor says, and begins and ends at moments of its zone that do.</summary>
    public static string? FirstFault(TimeZoneInfo zone, DateOnly anchor, PlanInterval interval, DateOnly until)
    {
        var period = PlanCalendar.PeriodOf(anchor, interval, 0);
        if (period.Start != anchor)
        {
            return $"{zone.Id}, {interval} from {anchor:O}: the first period starts on {period.Start:O}";
        }

        for (var index = 0; period.Start < until; index++)
        {
            var next = PlanCalendar.PeriodOf(anchor, interval, index + 1);
            if (FaultOf(zone, anchor, interval, index, period, next) is { } fault)
            {
                return $"{zone.Id}, {interval} from {anchor:O}, period {period.Start:O} to {period.End:O}: {fault}";
            }

            period = next;
        }

        return null;
    }

    private static string? FaultOf(TimeZoneInfo zone, DateOnly anchor, PlanInterval interval, int index, PlanPeriod period, PlanPeriod next)
    {
        var (begins, ends) = (LocalTime.FirstMomentOf(period.Start, zone), LocalTime.FirstMomentOf(period.End, zone));
        var hours = (ends.Micros - begins.Micros) / (double)TimeSpan.MicrosecondsPerHour;
        var subscription = new Subscription { Plan = "p", PlanVersion = 1, State = SubscriptionState.Active, Anchor = anchor, Interval = interval, Index = index };
        return next.Start != period.End ? "the next one does not start at its end"
            : period.Start != Expected(anchor, interval, index) ? $"it should start on {Expected(anchor, interval, index):O}"
            : PlanCalendar.IndexOf(anchor, interval, period.Start) != index || PlanCalendar.IndexOf(anchor, interval, period.Last) != index ? "its first or last day has another number"
            : Math.Abs(hours - (24 * period.Days)) > 3 ? $"it lasts {hours:0.00} hours for {period.Days} days"
            : PlanCalendar.Today(begins, zone) != period.Start ? "its first moment is another day's"
            : PlanCalendar.Today(new(begins.Micros - 1), zone) != period.Start.AddDays(-1) ? "the moment before it is not of the day before"
            : PlanCalendar.Today(new(ends.Micros - 1), zone) != period.Last ? "its last moment is not of its last day"
            : subscription.Period != period || subscription.DueAt(zone) != ends ? "it is renewed at another moment than its end"
            : null;
    }

    /// <summary>By the calendar alone: the anchor's day, or the month's last.</summary>
    private static DateOnly Expected(DateOnly anchor, PlanInterval interval, int index)
    {
        if (interval is PlanInterval.Day or PlanInterval.Week)
        {
            return DateOnly.FromDayNumber(anchor.DayNumber + (index * (interval == PlanInterval.Day ? 1 : 7)));
        }

        var months = ((anchor.Year * 12) + anchor.Month - 1) + (index * (interval == PlanInterval.Month ? 1 : 12));
        var (year, month) = (months / 12, (months % 12) + 1);
        return new DateOnly(year, month, Math.Min(anchor.Day, DateTime.DaysInMonth(year, month)));
    }
}
