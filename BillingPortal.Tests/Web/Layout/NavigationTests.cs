using BillingPortal.Web.Layout;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace BillingPortal.Tests.Web.Layout;

public sealed class NavigationTests : WebTest
{
    [Fact]
    public void Only_what_a_person_may_see_is_listed_and_empty_groups_are_gone()
    {
        Hidden.UnionWith([BillingPortal.Domain.Access.Permission.ImportUsage, BillingPortal.Domain.Access.Permission.ReadBooks, BillingPortal.Domain.Access.Permission.ClosePeriods]);

        var bar = Render<SideBar>();

        bar.FindAll("a span").Select(link => link.TextContent).ShouldNotContain("Import usage");
        bar.FindAll(".grp").Select(group => group.TextContent).ShouldBe(["Look up", "Act", "Set up"]);
    }

    [Theory]
    [InlineData("/", "Organizations")]
    [InlineData("/?q=acme", "Organizations")]
    [InlineData("/organizations/acme-robotics", "Organizations")]
    [InlineData("/journal", "Journal")]
    [InlineData("/trial-balance?as-of=2026", "Trial balance")]
    [InlineData("/journalism", null)]
    public void The_page_in_sight_is_marked_and_no_other(string address, string? title)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);

        var current = Render<SideBar>().FindAll("[aria-current=page]").Select(link => link.TextContent.Trim());

        current.ShouldBe(title is null ? [] : [title]);
    }

    [Fact]
    public void The_mark_follows_when_another_page_opens()
    {
        var bar = Render<SideBar>();

        Services.GetRequiredService<NavigationManager>().NavigateTo("/journal");

        bar.WaitForAssertion(() => bar.Find("[aria-current]").TextContent.Trim().ShouldBe("Journal"));
    }

    [Theory]
    [InlineData("Mara Lindqvist", "ML")]
    [InlineData("mara.lindqvist@example.com", "MC")]
    [InlineData("mara", "M")]
    [InlineData(" ", "")]
    public void A_person_has_initials(string name, string initials) => UserMenu.Initials(name).ShouldBe(initials);
}
