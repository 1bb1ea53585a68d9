using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Plans;
using BillingPortal.Tests.Setup;
using FsCheck;
using FsCheck.Fluent;

namespace BillingPortal.Tests.Domain.Plans;

public sealed class PlanCalendarTests
{
    private static readonly string[] Zones = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "Pacific/Kwajalein",
        "Australia/Lord_Howe", "Africa/Casablanca", "America/Asuncion", "America/St_Johns"];

    [Fact]
    public void Periods_of_every_interval_tile_from_any_anchor_and_each_day_lies_in_one() =>
        Prop.ForAll(Days.ToArbitrary(), Gen.Elements(Enum.GetValues<PlanInterval>()).ToArbitrary(), Days.ToArbitrary(), (anchor, interval, day) =>
        {
            var index = PlanCalendar.IndexOf(anchor, interval, day);
            var period = PlanCalendar.PeriodOf(anchor, interval, index);
            return period.Contains(day) && period.Days > 0 && PlanCalendar.PeriodOf(anchor, interval, index + 1).Start == period.End
                && PlanCalendar.PeriodOf(anchor, interval, index - 1).End == period.Start;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("2026-01-28", "01-28 02-28 03-28 04-28")]
    [InlineData("2026-01-29", "01-29 02-28 03-29 04-29")]
    [InlineData("2026-01-31", "01-31 02-28 03-31 04-30")]
    [InlineData("2028-01-30", "01-30 02-29 03-30 04-30")]
    public void A_month_without_the_anchors_day_starts_on_its_last_and_the_day_returns(string anchor, string starts) =>
        string.Join(' ', Enumerable.Range(0, 4).Select(index => PlanCalendar.PeriodOf(Day(anchor), PlanInterval.Month, index).Start.ToString("MM-dd", null))).ShouldBe(starts);

    [Fact]
    public void A_year_from_a_leap_day_ends_on_the_28th_and_the_leap_day_returns() =>
        Enumerable.Range(1, 4).Select(index => PlanCalendar.PeriodOf(Day("2024-02-29"), PlanInterval.Year, index).Start)
            .ShouldBe([Day("2025-02-28"), Day("2026-02-28"), Day("2027-02-28"), Day("2028-02-29")]);

    [Fact]
    public void In_every_zone_each_moment_lies_between_the_first_moments_of_its_day_and_the_next()
    {
        foreach (var zone in Zones.Select(TimeZoneInfo.FindSystemTimeZoneById))
        {
            // Twice a day through years in which clocks were set and Samoa left a day out, and an hour around each midnight of a month.
            for (var at = new DateTimeOffset(2011, 9, 1, 5, 30, 0, TimeSpan.Zero); at.Year < 2013; at = at.AddMinutes(at.Day == 30 ? 30 : 720))
            {
                var (now, today) = (Instant.From(at), PlanCalendar.Today(Instant.From(at), zone));
                (LocalTime.FirstMomentOf(today, zone) <= now && now < LocalTime.FirstMomentOf(today.AddDays(1), zone)).ShouldBeTrue($"{zone.Id} {at:O} {today}");
            }
        }
    }

    [Fact]
    public void In_ten_zones_periods_of_every_interval_tile_from_month_ends_leap_days_and_changes_of_clocks()
    {
        foreach (var zone in Zones.Select(TimeZoneInfo.FindSystemTimeZoneById))
        {
            foreach (var anchor in PeriodCheck.Anchors.Select(Day))
            {
                PeriodCheck.FirstFault(zone, anchor, PlanInterval.Month, Day("2033-01-01")).ShouldBeNull();
                PeriodCheck.FirstFault(zone, anchor, PlanInterval.Year, Day("2064-01-01")).ShouldBeNull();
            }

            PeriodCheck.FirstFault(zone, Day("2024-02-29"), PlanInterval.Week, Day("2033-01-01")).ShouldBeNull();
            PeriodCheck.FirstFault(zone, Day("2024-01-01"), PlanInterval.Day, Day("2027-01-01")).ShouldBeNull();
        }
    }

    private static Gen<DateOnly> Days => Gen.Choose(0, 366 * 60).Select(days => new DateOnly(2000, 1, 1).AddDays(days));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
