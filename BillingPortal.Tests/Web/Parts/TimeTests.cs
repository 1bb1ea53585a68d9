using BillingPortal.Domain;
using BillingPortal.Web.Layout;
using BillingPortal.Web.Parts;
using Bunit;
using Shouldly;

namespace BillingPortal.Tests.Web.Parts;

public sealed class TimeTests : WebTest
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly Instant At = Instant.From(new DateTimeOffset(2026, 11, 20, 23, 52, 6, TimeSpan.Zero));

    [Fact]
    public void A_time_stands_in_the_zone_it_is_given_and_names_it()
    {
        var time = Render<TimeText>(t => t.Add(x => x.At, At).Add(x => x.Zone, Berlin).Add(x => x.Named, true));

        time.Nodes.ToList().ConvertAll(node => node.TextContent).ShouldBe(["21 Nov 2026 00:52", " Europe/Berlin"]);
        time.Find("time").GetAttribute("title").ShouldBe("2026-11-21 00:52:06 Europe/Berlin");
        time.Find("time").GetAttribute("datetime").ShouldBe("2026-11-20T23:52:06.000000Z");
    }

    [Fact]
    public void Without_a_zone_of_its_own_a_time_stands_in_the_pages()
    {
        var view = new ViewZone("Europe/Berlin");

        Render<TimeText>(t => t.AddCascadingValue(view).Add(x => x.At, At).Add(x => x.Form, TimeForm.Date)).Find("time").TextContent.ShouldBe("21 Nov 2026");
    }

    [Theory]
    [InlineData(TimeForm.Second, "20 Nov 2026 23:52:06")]
    [InlineData(TimeForm.Minute, "20 Nov 2026 23:52")]
    [InlineData(TimeForm.Compact, "20 Nov 23:52")]
    [InlineData(TimeForm.Date, "20 Nov 2026")]
    public void Words_of_a_time_are_english_for_every_reader(TimeForm form, string text)
    {
        Reader("de");

        Render<TimeText>(t => t.Add(x => x.At, At).Add(x => x.Form, form)).Find("time").TextContent.ShouldBe(text);
    }

    [Theory]
    [InlineData(0, "just now")]
    [InlineData(-59, "just now")]
    [InlineData(-60, "1 minute ago")]
    [InlineData(-7_199, "1 hour ago")]
    [InlineData(-172_800, "2 days ago")]
    [InlineData(-7_776_000, "3 months ago")]
    [InlineData(30, "in less than a minute")]
    [InlineData(90_000, "in 1 day")]
    public void Distance_from_now_is_told_in_whole_units(int seconds, string text) =>
        Render<RelativeTime>(t => t.Add(x => x.At, Instant.Now(Clock).Plus(TimeSpan.FromSeconds(seconds)))).Find("time").TextContent.ShouldBe(text);

    [Fact]
    public void Distance_has_the_moment_itself_on_hover() =>
        Render<RelativeTime>(t => t.Add(x => x.At, At)).Find("time").GetAttribute("title").ShouldBe("2026-11-20 23:52:06 UTC");

    [Fact]
    public void A_page_settles_the_zone_and_the_next_one_without_returns_to_the_viewers()
    {
        var view = new ViewZone("America/New_York");
        var changes = 0;
        view.Changed += (_, _) => changes++;

        Render<PageHead>(h => h.AddCascadingValue(view).Add(x => x.Title, "Acme").Add(x => x.Zone, Berlin));
        view.Current.ShouldBe(Berlin);
        Render<PageHead>(h => h.AddCascadingValue(view).Add(x => x.Title, "Journal"));

        view.Current.Id.ShouldBe("America/New_York");
        changes.ShouldBe(2);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Atlantis/Nowhere")]
    public void A_browser_that_names_no_zone_sees_utc(string? zone) => ViewZone.NameOf(new ViewZone(zone).Current).ShouldBe("UTC");
}
