using System.Diagnostics;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Plans;
using BillingPortal.E2E.Benchmarks;
using BillingPortal.Tests.Setup;

namespace BillingPortal.E2E.Drills;

/// <summary>Every zone this machine knows, 2024 to 2032: the windows of a cap, and the periods of plans, tile and start where they should, from every anchor tried.</summary>
internal static class CalendarDrill
{
    private static readonly Instant From = At("2024-01-01T00:00Z");
    private static readonly Instant Until = At("2033-01-01T00:00Z");

    /// <summary>Tells whether no zone had a fault.</summary>
    public static bool Run()
    {
        Report.Title("Spending windows of every zone, 2024 to 2032");
        var zones = AllZones();
        var (faults, walked, clock) = (0, 0, Stopwatch.StartNew());
        foreach (var zone in zones)
        {
            foreach (var anchor in AnchorsOf(zone))
            {
                walked++;
                if (WindowCheck.FirstFault(zone, anchor, From, Until) is { } fault)
                {
                    faults++;
                    Console.WriteLine("    " + fault);
                }
            }
        }

        Report.Line("zones / calendars walked", $"{zones.Count} / {walked}");
        Report.Line("time taken", $"{clock.Elapsed.TotalSeconds:0.0} s");
        Report.Line("calendars with a gap, an overlap or a wrong start", faults.ToString(CultureInfo.InvariantCulture));
        return faults == 0;
    }

    /// <summary>The same of plans' periods: days, weeks, months and years.</summary>
    public static bool RunPlans()
    {
        Report.Title("Plan periods of every zone, 2024 to 2032");
        var zones = AllZones();
        var (faults, walked, clock) = (0, 0, Stopwatch.StartNew());
        foreach (var (zone, interval, anchor) in zones.SelectMany(zone => PeriodsOf(zone)))
        {
            walked++;
            if (PeriodCheck.FirstFault(zone, anchor, interval, new DateOnly(2033, 1, 1)) is { } fault)
            {
                faults++;
                Console.WriteLine("    " + fault);
            }
        }

        Report.Line("zones / calendars walked", $"{zones.Count} / {walked}");
        Report.Line("time taken", $"{clock.Elapsed.TotalSeconds:0.0} s");
        Report.Line("calendars with a gap, an overlap or a wrong start", faults.ToString(CultureInfo.InvariantCulture));
        return faults == 0;
    }

    /// <summary>Days from one anchor and weeks from seven reach every day; months and years are walked from the awkward anchors and from the days on which this zone's clocks change.</summary>
    private static IEnumerable<(TimeZoneInfo Zone, PlanInterval Interval, DateOnly Anchor)> PeriodsOf(TimeZoneInfo zone)
    {
        var changes = AnchorsOf(zone).OfType<Instant>().Select(at => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at.ToUtc(), zone).DateTime));
        var anchors = PeriodCheck.Anchors.Select(day => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture)).Concat(changes).Distinct().ToList();
        yield return (zone, PlanInterval.Day, new DateOnly(2024, 1, 1));
        foreach (var day in Enumerable.Range(0, 7))
        {
            yield return (zone, PlanInterval.Week, new DateOnly(2024, 2, 26).AddDays(day));
        }

        foreach (var anchor in anchors)
        {
            yield return (zone, PlanInterval.Month, anchor);
            yield return (zone, PlanInterval.Year, anchor);
        }
    }

    /// <summary>The zones the system lists, and the older names and bare offsets it keeps beside them where it has them as files.</summary>
    private static List<TimeZoneInfo> AllZones()
    {
        const string Files = "/usr/share/zoneinfo";
        var names = Directory.Exists(Files) ? Directory.EnumerateFiles(Files, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Files, file)) : [];
        var found = TimeZoneInfo.GetSystemTimeZones().ToDictionary(zone => zone.Id, StringComparer.Ordinal);
        foreach (var name in names.Where(name => !name.StartsWith("posix/", StringComparison.Ordinal) && !name.StartsWith("right/", StringComparison.Ordinal)))
        {
            if (!found.ContainsKey(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
            {
                found[name] = zone;
            }
        }

        return [.. found.Values.OrderBy(zone => zone.Id, StringComparer.Ordinal)];
    }

    /// <summary>Calendar months, month ends, a leap day, and both sides of each hour at which this zone's clocks were changed in 2024 to 2026.</summary>
    private static IEnumerable<Instant?> AnchorsOf(TimeZoneInfo zone)
    {
        yield return null;
        foreach (var day in new[] { "2024-01-31T00:00Z", "2024-02-29T12:34:56.789012Z", "2023-12-30T23:59:59.999999Z", "2025-06-01T10:00Z", "2031-08-31T14:15Z" })
        {
            yield return At(day);
        }

        for (var at = From; at < At("2027-01-01T00:00Z"); at = at.Plus(TimeSpan.FromHours(1)))
        {
            var next = at.Plus(TimeSpan.FromHours(1));
            if (zone.GetUtcOffset(at.ToUtc()) != zone.GetUtcOffset(next.ToUtc()))
            {
                yield return at.Plus(TimeSpan.FromMinutes(-30));
                yield return at.Plus(TimeSpan.FromMinutes(30));
                yield return next;
                yield return next.Plus(TimeSpan.FromMinutes(30));
            }
        }
    }

    private static Instant At(string text) => Instant.From(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture));
}
