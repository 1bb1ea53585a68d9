using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Web.Charts;
using Bunit;

namespace BillingPortal.Tests.Web.Charts;

public sealed class TimeChartTests : WebTest
{
    private static readonly Instant From = Instant.From(new DateTimeOffset(2026, 8, 22, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void It_draws_steps_levels_marks_and_bands_and_says_what_one_sees()
    {
        var chart = Chart([new(From, 80), new(From.Plus(TimeSpan.FromDays(10)), 20), new(From.Plus(TimeSpan.FromDays(10)), 120)], marks: [10, 40]);
        chart.Find("path.course").GetAttribute("d")!.ShouldStartWith("M48,");
        chart.Find("path.course").GetAttribute("d")!.ShouldEndWith("H912");
        chart.FindAll("line.level").Count.ShouldBe(1);
        chart.FindAll(".fired text").Select(text => text.TextContent).ShouldBe(["1", "2"]);
        chart.FindAll("rect.band").Count.ShouldBe(1);
        chart.Find("desc").TextContent.ShouldBe("What one sees.");
        chart.Find("details p").TextContent.ShouldBe("figures");
    }

    [Fact]
    public void A_burst_within_one_unit_of_width_keeps_its_lowest_and_highest()
    {
        var burst = Enumerable.Range(0, 60).Select(second => new TimePoint(From.Plus(TimeSpan.FromSeconds(second)), second == 30 ? 0 : 100));
        var path = Chart([.. burst]).Find("path.course").GetAttribute("d")!;
        path.ShouldContain("186.0");
        path.Count(c => c is 'V' or 'M').ShouldBeLessThanOrEqualTo(4);
    }

    [Fact]
    public void Marks_without_room_for_numbers_are_dots() =>
        Chart([new(From, 80)], marks: [10, 10.5, 11]).FindAll(".fired text").ShouldBeEmpty();

    [Fact]
    public void What_is_below_zero_is_drawn_below_its_axis()
    {
        var chart = Chart([new(From, -30), new(From.Plus(TimeSpan.FromDays(3)), 40)]);
        chart.FindAll("svg text").Select(text => text.TextContent).ShouldContain("−40");
        chart.FindAll("line.axis").Count.ShouldBe(1);
    }

    private IRenderedComponent<TimeChart> Chart(TimePoint[] units, double[]? marks = null) => Render<TimeChart>(p => p
        .Add(c => c.Title, "A title").Add(c => c.Description, "What one sees.")
        .Add(c => c.From, From).Add(c => c.Until, From.Plus(TimeSpan.FromDays(90))).Add(c => c.Zone, TimeZoneInfo.Utc)
        .Add(c => c.Points, [.. units.Select(point => point with { Micros = point.Micros * Money.Unit })])
        .Add(c => c.Level, new Money(20 * Money.Unit, Currency.Usd))
        .Add(c => c.Marks, [.. (marks ?? []).Select(day => From.Plus(TimeSpan.FromDays(day)))])
        .Add(c => c.Bands, [new Stretch(From.Plus(TimeSpan.FromDays(50)), From.Plus(TimeSpan.FromDays(51)))])
        .Add(c => c.Table, "<p>figures</p>"));
}
