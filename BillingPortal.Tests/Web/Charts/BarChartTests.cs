using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Web.Charts;
using Bunit;
using Shouldly;

namespace BillingPortal.Tests.Web.Charts;

public sealed class BarChartTests : WebTest
{
    [Fact]
    public void A_picture_has_a_title_a_description_and_the_same_figures_as_a_table()
    {
        var chart = Show([[1.5m, 2m], [0m, 4.25m]]);

        var svg = chart.Find("svg");
        svg.GetAttribute("aria-labelledby")!.Split(' ').Select(id => chart.Find("#" + id).TextContent).ShouldBe(["Spend, USD", "Network leads."]);
        chart.FindAll("tbody tr").Select(row => row.TextContent).ShouldBe(["1 Nov 20261.502.003.50", "2 Nov 20260.004.254.25"]);
        chart.FindAll(".legend li").Select(item => item.TextContent).ShouldBe(["Compute1.50", "Network6.25"]);
    }

    [Fact]
    public void Bars_of_a_day_stand_upon_each_other_and_reach_the_height_of_their_sum()
    {
        var bars = Show([[1m, 3m]]).FindAll("rect").Select(bar => (Y: N(bar.GetAttribute("y")), Height: N(bar.GetAttribute("height")))).ToList();

        (bars[0].Y + bars[0].Height).ShouldBe(146m);
        (bars[1].Y + bars[1].Height).ShouldBe(bars[0].Y);
        bars[1].Height.ShouldBe(bars[0].Height * 3);
    }

    [Fact]
    public void A_correction_below_zero_is_in_the_table_and_not_in_the_picture()
    {
        var chart = Show([[-1m, 2m]]);

        chart.FindAll("rect").Count.ShouldBe(1);
        chart.Find("tbody").TextContent.ShouldContain("−1.00");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0.000001")]
    [InlineData("9000000000000")]
    public void Any_size_of_amounts_is_drawn_with_a_few_lines(string amount)
    {
        var chart = Show([[decimal.Parse(amount, CultureInfo.InvariantCulture), 0m]]);

        chart.FindAll("line").Count.ShouldBeInRange(2, 6);
        chart.FindAll("rect").ShouldAllBe(bar => N(bar.GetAttribute("y")) >= 8m);
    }

    [Fact]
    public void Places_are_written_for_the_browser_whatever_the_reader_reads()
    {
        Reader("de");

        Show([[1.5m, 2m]]).Find("svg").InnerHtml.ShouldNotContain("x=\"3,");
    }

    [Fact]
    public void Without_days_there_is_no_picture() => Show([]).Markup.Trim().ShouldBeEmpty();

    private IRenderedComponent<BarChart> Show(decimal[][] days) => Render<BarChart>(chart => chart
        .Add(c => c.Title, "Spend, USD").Add(c => c.Description, "Network leads.").Add(c => c.Currency, Currency.Usd).Add(c => c.Series, ["Compute", "Network"])
        .Add(c => c.Days, [.. days.Select((parts, index) => new ChartDay(new DateOnly(2026, 11, index + 1), [.. parts.Select(part => Money.Of(part, Currency.Usd))]))]));

    private static decimal N(string? text) => decimal.Parse(text!, CultureInfo.InvariantCulture);
}
