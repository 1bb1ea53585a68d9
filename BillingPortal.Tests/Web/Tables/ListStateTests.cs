using BillingPortal.Web.Tables;
using Shouldly;

namespace BillingPortal.Tests.Web.Tables;

public sealed class ListStateTests
{
    private static readonly string[] Sorts = ["name", "spend"];

    [Fact]
    public void An_address_without_state_is_the_first_page_in_the_default_order()
    {
        var list = Read("/");

        (list.Sort, list.Descending, list.Rows, list.AtStart).ShouldBe(("name", false, 25, true));
    }

    [Fact]
    public void Sort_size_and_key_come_from_the_address()
    {
        var list = Read("/?sort=-spend&rows=100&after=k7&currency=USD");

        (list.Sort, list.Descending, list.Rows, list.After).ShouldBe(("spend", true, 100, "k7"));
    }

    [Theory]
    [InlineData("/?sort=password&rows=7")]
    [InlineData("/?sort=-&rows=-25")]
    [InlineData("/?sort=&rows=99999999999")]
    public void What_is_not_on_offer_is_taken_for_the_default(string address)
    {
        var list = Read(address);

        (list.Sort, list.Descending, list.Rows).ShouldBe(("name", false, 25));
    }

    [Fact]
    public void Sorting_by_the_sorted_column_turns_it_round_and_goes_to_the_start()
    {
        Read("/?sort=name&after=k7&q=acme").SortedBy("name").ShouldBe("/?q=acme&sort=-name");
        Read("/?sort=-name&q=acme").SortedBy("name").ShouldBe("/?q=acme&sort=name");
        Read("/?sort=-name&q=acme").SortedBy("spend").ShouldBe("/?q=acme&sort=spend");
    }

    [Fact]
    public void Paging_keeps_filters_sort_and_size_and_only_one_key()
    {
        var list = Read("/journal?kind=charge&sort=-spend&rows=50&before=k1");

        list.PageAfter("k9/+ü").ShouldBe("/journal?after=k9%2F%2B%C3%BC&kind=charge&rows=50&sort=-spend");
        list.First.ShouldBe("/journal?kind=charge&rows=50&sort=-spend");
    }

    [Fact]
    public void A_filter_goes_to_the_first_page_and_can_be_taken_off()
    {
        var list = Read("/?q=acme&currency=USD&after=k7");

        list.Filtered("currency", "EUR").ShouldBe("/?currency=EUR&q=acme");
        list.Filtered("currency", null).ShouldBe("/?q=acme");
        list.Unfiltered(["q", "currency"]).ShouldBe("/");
    }

    [Fact]
    public void An_export_holds_exactly_what_is_filtered_in_the_same_order_and_all_pages() =>
        Read("/?q=acme&sort=-spend&rows=50&after=k7").Export("/organizations.csv").ShouldBe("/organizations.csv?q=acme&sort=-spend");

    [Fact]
    public void A_key_that_is_repeated_counts_once() => UrlState.Parse("/?q=a&q=b")["q"].ShouldBe("a");

    private static ListState Read(string address) => ListState.Read(UrlState.Parse(address), Sorts);
}
