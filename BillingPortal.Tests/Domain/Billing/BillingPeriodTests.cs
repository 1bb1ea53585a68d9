using BillingPortal.Domain;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Tests.Domain.Billing;

public sealed class BillingPeriodTests
{
    public static TheoryData<string> Zones => ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Pacific/Chatham",
        "America/Sao_Paulo", "Africa/Cairo", "Asia/Tehran", "America/St_Johns"];

    [Theory]
    [MemberData(nameof(Zones))]
    public void Months_tile_without_gap_or_overlap(string name)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        for (var period = new BillingPeriod(201912); period.Number < 203301; period = period.Next)
        {
            var (start, end) = (period.StartIn(zone), period.EndIn(zone));
            end.ShouldBe(period.Next.StartIn(zone));
            BillingPeriod.Of(start, zone).ShouldBe(period);
            BillingPeriod.Of(new Instant(end.Micros - 1), zone).ShouldBe(period);
            BillingPeriod.Of(new Instant(start.Micros - 1), zone).ShouldNotBe(period);
        }
    }

    [Fact]
    public void A_month_whose_midnight_the_clocks_skip_begins_at_the_first_moment_there_is()
    {
        // Asuncion put its clocks forward at midnight of Sunday, 1 October 2023.
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/Asuncion");
        var october = new BillingPeriod(202310).StartIn(zone);
        TimeZoneInfo.ConvertTime(october.ToUtc(), zone).Day.ShouldBe(1);
        TimeZoneInfo.ConvertTime(new Instant(october.Micros - 1).ToUtc(), zone).Day.ShouldBe(30);
    }

    [Fact]
    public void December_is_followed_by_January() => new BillingPeriod(202412).Next.ShouldBe(new BillingPeriod(202501));
}
