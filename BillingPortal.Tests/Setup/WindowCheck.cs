using BillingPortal.Domain;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Tests.Setup;

/// <summary>Walks the windows of a cap one after another and says the first thing that is wrong with them.</summary>
public static class WindowCheck
{
    /// <summary>Null where every window from one moment to another tiles and starts where its anchor says.</summary>
    public static string? FirstFault(TimeZoneInfo zone, Instant? anchor, Instant from, Instant until)
    {
        var window = SpendingCalendar.WindowOf(from, anchor, zone);
        if (window.Start > from || window.End <= from)
        {
            return $"{zone.Id}, anchor {anchor}: {from} is outside its own window {window.Start} to {window.End}";
        }

        while (window.Start < until)
        {
            if (FaultOf(zone, anchor, window) is { } fault)
            {
                return $"{zone.Id}, anchor {anchor}, window {window.Start} to {window.End}: {fault}";
            }

            window = SpendingCalendar.WindowOf(window.End, anchor, zone);
        }

        return null;
    }

    private static string? FaultOf(TimeZoneInfo zone, Instant? anchor, (Instant Start, Instant End) window)
    {
        var length = (window.End.Micros - window.Start.Micros) / (double)TimeSpan.MicrosecondsPerDay;
        return length is < 26.9 or > 32.1 ? $"it lasts {length:0.00} days"
            : SpendingCalendar.WindowOf(window.Start, anchor, zone) != window ? "its first moment has another window"
            : SpendingCalendar.WindowOf(new(window.End.Micros - 1), anchor, zone) != window ? "its last moment has another window"
            : SpendingCalendar.WindowOf(new((window.Start.Micros + window.End.Micros) / 2), anchor, zone) != window ? "its middle has another window"
            : SpendingCalendar.WindowOf(window.End, anchor, zone).Start != window.End ? "the next one does not start at its end"
            : SpendingCalendar.WindowOf(new(window.Start.Micros - 1), anchor, zone).End != window.Start ? "the one before does not end at its start"
            : anchor is { } fixedAt && window.Start != fixedAt ? FaultOfStart(zone, fixedAt, window.Start)
            : null;
    }

    /// <summary>The start against the calendar: the anchor's day and time, the month's last day, or the first moment after a skip.</summary>
    private static string? FaultOfStart(TimeZoneInfo zone, Instant anchor, Instant start)
    {
        var (there, here) = (Local(anchor, zone), Local(start, zone));
        var lastDay = DateTime.DaysInMonth(here.Year, here.Month);
        var wanted = new DateTime(here.Year, here.Month, Math.Min(there.Day, lastDay)).Add(there.TimeOfDay);
        var justBefore = Local(new(start.Micros - 1), zone);
        return here == wanted
            ? Enumerable.Range(1, 24 * 6).Any(step => Local(start.Plus(TimeSpan.FromMinutes(-10 * step)), zone) == wanted) ? "clocks showed its start before" : null
            : Skipped(justBefore, here, there) ? null : $"it starts at {here:s} locally, wanted {wanted:s}";
    }

    /// <summary>True where clocks jumped over the anchor's day and time between the two.</summary>
    private static bool Skipped(DateTime before, DateTime after, DateTime anchor)
    {
        if (after - before < TimeSpan.FromMinutes(5))
        {
            return false;
        }

        var wanted = new DateTime(before.Year, before.Month, Math.Min(anchor.Day, DateTime.DaysInMonth(before.Year, before.Month))).Add(anchor.TimeOfDay);
        var orAfter = new DateTime(after.Year, after.Month, Math.Min(anchor.Day, DateTime.DaysInMonth(after.Year, after.Month))).Add(anchor.TimeOfDay);
        return (wanted > before && wanted < after) || (orAfter > before && orAfter < after);
    }

    private static DateTime Local(Instant at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at.ToUtc(), zone).DateTime;
}
