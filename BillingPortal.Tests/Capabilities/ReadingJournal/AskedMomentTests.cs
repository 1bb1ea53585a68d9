using BillingPortal.Capabilities.ReadingJournal;
using BillingPortal.Domain;

namespace BillingPortal.Tests.Capabilities.ReadingJournal;

public sealed class AskedMomentTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly Instant Now = Instant.From(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("2026-07-01T12:00", "2026-07-01T10:00:00.000000Z", null)]
    [InlineData("2026-07-01", "2026-06-30T22:00:00.000000Z", null)]
    [InlineData("2026-07-01T12:00:30.25Z", "2026-07-01T12:00:30.250000Z", null)]
    [InlineData("2026-07-01T12:00:30+05:30", "2026-07-01T06:30:30.000000Z", null)]
    [InlineData("2026-10-25T02:30", "2026-10-25T00:30:00.000000Z", "twice")]
    [InlineData("2026-03-29T02:10", "2026-03-29T01:00:00.000000Z", "skipped")]
    [InlineData("2027-01-01T00:00", "2026-12-31T23:00:00.000000Z", "still to come")]
    public void A_wall_clock_s_time_is_understood_in_its_zone(string asked, string meant, string? noted)
    {
        var moment = AskedMoment.Read(asked, Berlin, Now);

        moment.At.ToString().ShouldBe(meant);
        (moment.Note ?? "").ShouldContain(noted ?? "");
        moment.Understood.ShouldBeTrue();
    }

    [Theory]
    [InlineData("tomorrow")]
    [InlineData("2026-02-30T10:00")]
    [InlineData("0001-01-01T00:00")]
    public void What_is_no_moment_is_said_and_now_is_shown(string asked) =>
        AskedMoment.Read(asked, Berlin, Now).ShouldSatisfyAllConditions(
            moment => moment.Understood.ShouldBeFalse(),
            moment => moment.At.ShouldBe(Now));
}
