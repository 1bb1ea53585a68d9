using BillingPortal.Web.Tables;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace BillingPortal.Tests.Web.Tables;

public sealed class TableTests : WebTest
{
    [Theory]
    [InlineData("/?sort=name", "ascending")]
    [InlineData("/?sort=-name", "descending")]
    [InlineData("/?sort=spend", null)]
    public void A_head_tells_how_the_table_is_sorted_and_links_to_the_other_way(string address, string? direction)
    {
        var head = Render<SortHeader>(h => h.Add(s => s.List, Read(address)).Add(s => s.Column, "name").AddChildContent("Organization"));

        head.Find("th").GetAttribute("aria-sort").ShouldBe(direction);
        head.Find("th").GetAttribute("scope").ShouldBe("col");
        head.Find("a").GetAttribute("href").ShouldBe(direction == "ascending" ? "/?sort=-name" : "/?sort=name");
    }

    [Theory]
    [InlineData(1, "1 row of 38, Acme to Pinewood", 38)]
    [InlineData(25, "25 rows of 1,000, Acme to Pinewood", 1_000)]
    [InlineData(25, "25 rows of more than 1,000, Acme to Pinewood", 1_001)]
    public void A_pager_counts_exactly_up_to_a_thousand(int shown, string said, int counted) =>
        Pages("/", p => p.Add(x => x.Shown, shown).Add(x => x.Count, new RowCount(counted)).Add(x => x.Range, "Acme to Pinewood"))
            .Find("[role=status]").TextContent.ShouldBe(said);

    [Fact]
    public void Where_there_is_no_way_on_the_step_is_shown_disabled()
    {
        var pager = Pages("/", p => p.Add(x => x.Shown, 25).Add(x => x.Next, "k9"));

        pager.FindAll(".end a").Select(a => (a.TextContent, a.GetAttribute("aria-disabled"), a.GetAttribute("href")))
            .ShouldBe([("First", "true", null), ("Previous", "true", null), ("Next", null, "/?after=k9")]);
    }

    [Fact]
    public void Choosing_another_size_goes_to_the_first_page_of_that_size()
    {
        var pager = Pages("/?q=acme&after=k7", p => p.Add(x => x.Shown, 25));

        pager.Find("select").Change("100");

        Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith("/?q=acme&rows=100");
    }

    [Fact]
    public void Each_filter_in_force_says_what_it_is_and_how_to_remove_it()
    {
        var bar = Render<FilterBar>(b => b.Add(f => f.List, Read("/?q=acme&currency=USD&after=k7"))
            .Add(f => f.Filters, [new("currency", "Currency", "USD"), new("q", "Name", "acme")])
            .Add(f => f.Export, "/organizations.csv").Add(f => f.Count, new RowCount(38)));

        var chip = bar.Find(".chip a");
        chip.GetAttribute("aria-label").ShouldBe("Remove filter Currency USD");
        chip.GetAttribute("href").ShouldBe("/?q=acme");
        bar.Find(".end a").TextContent.ShouldBe("Export 38 as CSV");
        bar.Find(".end a").GetAttribute("href").ShouldBe("/organizations.csv?currency=USD&q=acme");
    }

    [Fact]
    public void A_ledger_that_scrolls_can_be_reached_and_has_a_name()
    {
        var frame = Render<TableFrame>(t => t.Add(f => f.Caption, "Postings, USD").Add(f => f.HideCaption, true).Add(f => f.Scrolls, true)
            .Add(f => f.Head, "<th scope=\"col\">Account</th>").Add(f => f.Body, "<tr><th scope=\"row\">Cash</th></tr>"));

        var region = frame.Find("[role=region]");
        (region.GetAttribute("aria-label"), region.GetAttribute("tabindex")).ShouldBe(("Postings, USD", "0"));
        frame.Find("caption").TextContent.ShouldBe("Postings, USD");
    }

    private IRenderedComponent<Pager> Pages(string address, Action<ComponentParameterCollectionBuilder<Pager>> more) =>
        Render<Pager>(p =>
        {
            p.Add(x => x.List, Read(address));
            more(p);
        });

    private static ListState Read(string address) => ListState.Read(UrlState.Parse(address), ["other", "name", "spend"]);
}
