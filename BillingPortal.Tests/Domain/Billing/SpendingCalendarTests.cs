using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Tests.Setup;
using FsCheck;
using FsCheck.Fluent;

namespace BillingPortal.Tests.Domain.Billing;

public sealed class SpendingCalendarTests
{
    public static TheoryData<string> Zones => ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "Pacific/Kwajalein",
        "Australia/Lord_Howe", "Africa/Casablanca", "America/Asuncion", "America/St_Johns"];

    [Theory]
    [MemberData(nameof(Zones))]
    public void Windows_tile_from_any_anchor(string name)
    {
        var zone = Zone(name);
        var anchors = Gen.Choose(0, 366 * 24 * 60 * 45).Select(minutes => At("1990-01-01T00:00Z").Plus(TimeSpan.FromMinutes(minutes)));
        Prop.ForAll(anchors.ToArbitrary(), anchor =>
        {
            var fault = WindowCheck.FirstFault(zone, anchor, At("2023-12-01T00:00Z"), At("2026-02-01T00:00Z"));
            return (fault is null).Label(fault ?? "");
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public void Windows_of_last_days_and_nights_tile_over_every_change_of_clocks(string name)
    {
        foreach (var anchor in new[] { "2024-01-31T00:00Z", "2024-02-29T12:00Z", "2023-10-30T23:59:59.999999Z", "2025-03-30T01:30Z", "2031-12-31T10:00Z" })
        {
            WindowCheck.FirstFault(Zone(name), At(anchor), At("1991-06-01T00:00Z"), At("1996-01-01T00:00Z")).ShouldBeNull();
            WindowCheck.FirstFault(Zone(name), At(anchor), At("2009-01-01T00:00Z"), At("2033-01-01T00:00Z")).ShouldBeNull();
        }

        WindowCheck.FirstFault(Zone(name), null, At("1991-01-01T00:00Z"), At("2033-01-01T00:00Z")).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public void Every_moment_lies_in_one_window(string name)
    {
        var zone = Zone(name);
        var moments = Gen.Choose(0, 366 * 24 * 60 * 40).Select(minutes => At("1991-01-01T00:00Z").Plus(TimeSpan.FromMinutes(minutes))).ToArbitrary();
        Prop.ForAll(moments, moments, (anchor, at) =>
        {
            var (start, end) = SpendingCalendar.WindowOf(at, anchor, zone);
            return start <= at && at < end;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_31st_returns_after_February()
    {
        var anchor = At("2026-01-31T09:00Z");
        Starts("UTC", anchor, "2026-01-31T09:00Z", 4).ShouldBe(["2026-01-31T09:00Z", "2026-02-28T09:00Z", "2026-03-31T09:00Z", "2026-04-30T09:00Z"]);
        Starts("UTC", anchor, "2028-02-29T09:00Z", 2).ShouldBe(["2028-02-29T09:00Z", "2028-03-31T09:00Z"]);
        Starts("UTC", anchor, "2025-11-30T08:59Z", 2).ShouldBe(["2025-10-31T09:00Z", "2025-11-30T09:00Z"]);
    }

    [Fact]
    public void A_window_keeps_its_local_time_through_summer_time() =>
        Starts("Europe/Berlin", At("2026-02-10T08:00Z"), "2026-03-15T00:00Z", 2).ShouldBe(["2026-03-10T08:00Z", "2026-04-10T07:00Z"]);

    [Fact]
    public void A_local_time_that_clocks_skip_moves_forward_and_one_they_show_twice_is_the_first()
    {
        // Clocks in Berlin skip 02:00 to 03:00 on 29 March 2026 and show 02:00 to 03:00 twice on 25 October 2026.
        Starts("Europe/Berlin", At("2026-01-29T01:30Z"), "2026-03-29T12:00Z", 1).ShouldBe(["2026-03-29T01:00Z"]);
        Starts("Europe/Berlin", At("2026-01-25T01:30Z"), "2026-10-25T12:00Z", 1).ShouldBe(["2026-10-25T00:30Z"]);
    }

    [Fact]
    public void A_day_that_a_zone_skipped_starts_its_window_with_the_day_after() =>
        Starts("Pacific/Apia", At("2011-09-30T22:00Z"), "2011-12-31T12:00Z", 1).ShouldBe(["2011-12-30T10:00Z"]);

    [Fact]
    public void The_anchor_is_a_start_itself_even_in_the_second_of_two_equal_hours() =>
        Starts("Europe/Berlin", At("2026-10-25T01:30Z"), "2026-10-25T01:30Z", 1).ShouldBe(["2026-10-25T01:30Z"]);

    [Fact]
    public void An_anchor_far_ahead_gives_the_window_of_today() =>
        Starts("UTC", At("2199-07-15T10:00Z"), "2026-11-20T13:00Z", 2).ShouldBe(["2026-11-15T10:00Z", "2026-12-15T10:00Z"]);

    private static string[] Starts(string zone, Instant anchor, string from, int count)
    {
        var at = At(from);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var (start, end) = SpendingCalendar.WindowOf(at, anchor, Zone(zone));
            at = end;
            return start.ToUtc().ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);
        })];
    }

    private static TimeZoneInfo Zone(string name) => TimeZoneInfo.FindSystemTimeZoneById(name);

    private static Instant At(string text) => Instant.From(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture));
}
