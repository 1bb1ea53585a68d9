using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Tests.Domain.Organizations;

public sealed class LocalTimeTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Fact]
    public void A_wall_clock_time_is_a_moment_of_its_zone() =>
        LocalTime.ToInstant(new DateTime(2026, 7, 1, 12, 0, 0), Berlin).ShouldBe(Instant.From(new DateTimeOffset(2026, 7, 1, 10, 0, 0, TimeSpan.Zero)));

    [Fact]
    public void A_time_that_clocks_skip_is_no_moment() => LocalTime.ToInstant(new DateTime(2026, 3, 29, 2, 30, 0), Berlin).ShouldBeNull();

    [Fact]
    public void Of_a_time_that_comes_twice_the_earlier_is_meant() =>
        LocalTime.ToInstant(new DateTime(2026, 10, 25, 2, 30, 0), Berlin).ShouldBe(Instant.From(new DateTimeOffset(2026, 10, 25, 0, 30, 0, TimeSpan.Zero)));
}
