using BillingPortal.Capabilities.Notifying;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.Tests.Capabilities.Notifying;

/// <summary>The bell as a person meets it on every page, over a real store.</summary>
public sealed class BellTests(TestDatabases databases) : NotifyingTest(databases)
{
    [Fact]
    public async Task The_bell_says_how_many_are_unread_and_the_list_opens_with_the_latest()
    {
        await using var house = await SignInAsync();
        await house.NoticeAsync(house.Below, title: "Acme Robotics is below $20.00");
        await house.NoticeAsync(house.Below, "recharge_failed", title: "Recharge declined");
        var bell = Bell();
        bell.WaitForElement(".dot").TextContent.ShouldBe("2");
        bell.Find("[popovertarget=bell]").GetAttribute("aria-label").ShouldBe("Notifications, 2 unread");

        await bell.Find("[popovertarget=bell]").ClickAsync(new());
        bell.WaitForElements("#bell li a").Select(a => a.TextContent).ShouldBe(["Recharge declined", "Acme Robotics is below $20.00"]);
        bell.FindAll("#bell li .soft").Select(p => p.TextContent.Split('.')[0]).ShouldBe(["Acme Robotics: $12", "$12"]);
        bell.Find("#bell li time").GetAttribute("title").ShouldBe("2026-03-18 12:00:00 UTC");
    }

    [Fact]
    public async Task Nothing_unread_shows_no_figure_and_an_empty_list_says_what_would_be_in_it()
    {
        await using var house = await SignInAsync();
        var bell = Bell();
        await bell.Find("[popovertarget=bell]").ClickAsync(new());
        bell.WaitForElement("#bell .none").TextContent.ShouldStartWith("Nothing to tell.");
        bell.Find("[popovertarget=bell]").GetAttribute("aria-label").ShouldBe("Notifications");
        bell.FindAll(".dot").ShouldBeEmpty();
    }

    [Fact]
    public async Task Opening_a_link_reads_that_one_and_marking_reads_all()
    {
        await using var house = await SignInAsync();
        for (var n = 0; n < 3; n++)
        {
            await house.NoticeAsync(house.Below);
        }

        var bell = Bell();
        await bell.Find("[popovertarget=bell]").ClickAsync(new());
        await bell.WaitForElement("#bell li a").ClickAsync(new());
        bell.WaitForAssertion(() => bell.Find(".dot").TextContent.ShouldBe("2"));
        await bell.Find("#bell header button").ClickAsync(new());
        bell.WaitForAssertion(() => bell.FindAll(".dot").ShouldBeEmpty());
        bell.FindAll("#bell li .t").ShouldBeEmpty();
        JSInterop.Invocations["portal.focus"].ShouldHaveSingleItem().Arguments.ShouldBe(["#bell-t"]);
    }

    [Fact]
    public async Task The_browser_has_it_counted_again_and_what_is_new_is_announced()
    {
        await using var house = await SignInAsync();
        await house.NoticeAsync(house.Below);
        var bell = Bell();
        bell.WaitForElement(".dot");
        JSInterop.Invocations["portal.watch"].Count.ShouldBe(1);
        bell.Find("[role=status]").TextContent.ShouldBeEmpty();

        await house.NoticeAsync(house.Below);
        await bell.InvokeAsync(bell.Instance.LookAsync);
        bell.WaitForAssertion(() => bell.Find(".dot").TextContent.ShouldBe("2"));
        bell.Find("[role=status]").TextContent.ShouldBe("A new notification; 2 unread");
    }

    [Fact]
    public async Task Another_page_counts_again_but_not_more_often_than_every_five_seconds()
    {
        await using var house = await SignInAsync();
        var bell = Bell();
        bell.WaitForAssertion(() => JSInterop.Invocations["portal.watch"].Count.ShouldBe(1));
        await house.NoticeAsync(house.Below);
        var navigation = Services.GetRequiredService<BunitNavigationManager>();
        await bell.InvokeAsync(() => navigation.NavigateTo("/journal"));
        bell.FindAll(".dot").ShouldBeEmpty();

        Clock.Advance(TimeSpan.FromSeconds(5));
        await bell.InvokeAsync(() => navigation.NavigateTo("/"));
        bell.WaitForElement(".dot").TextContent.ShouldBe("1");
    }

    [Fact]
    public async Task A_store_that_does_not_answer_leaves_the_page_standing()
    {
        await using var house = await SignInAsync();
        await house.NoticeAsync(house.Below);
        var bell = Bell();
        bell.WaitForElement(".dot");
        await house.BreakAsync();
        await bell.InvokeAsync(bell.Instance.LookAsync);
        bell.Find(".dot").TextContent.ShouldBe("1");
        await bell.Find("[popovertarget=bell]").ClickAsync(new());
        bell.WaitForElement("[role=alert] h3").TextContent.ShouldBe("The notifications could not be read");
    }

    [Fact]
    public async Task Nobody_signed_in_has_no_bell()
    {
        await using var house = await SignInAsync();
        SignOut();
        Bell().Markup.Trim().ShouldBeEmpty();
        JSInterop.Invocations["portal.watch"].ShouldBeEmpty();
    }

    private IRenderedComponent<BellPanel> Bell() => Render<BellPanel>();
}
