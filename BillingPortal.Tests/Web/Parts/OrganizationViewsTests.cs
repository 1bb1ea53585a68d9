using BillingPortal.Web.Parts;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.Tests.Web.Parts;

/// <summary>The pages of one organization, below the head of each.</summary>
public sealed class OrganizationViewsTests : WebTest
{
    [Theory]
    [InlineData("/organizations/10007", "Overview")]
    [InlineData("/organizations/acme", "Overview")]
    [InlineData("/organizations/10007/billing", "Recharge and cap")]
    [InlineData("/organizations/10007/billing-details", "Billing details")]
    [InlineData("/organizations/10007/recharges/3", "Recharges")]
    [InlineData("/organizations/10007/sub-organizations/billing", "Sub-organizations")]
    [InlineData("/organizations/10007/adjust", null)]
    [InlineData("/invoices", null)]
    public void An_address_is_one_page_or_below_one(string path, string? title) => OrganizationArea.At(path)?.Title.ShouldBe(title);

    [Fact]
    public void The_part_that_is_shown_is_marked_with_its_pages_and_the_others_lead_to_their_first()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/organizations/10007/statement?from=2026-10-01");

        var views = Render<OrganizationViews>(v => v.Add(x => x.Number, 10_007));

        views.FindAll("[aria-current=true]").Select(link => link.TextContent).ShouldBe(["Invoices"]);
        views.FindAll("[aria-current=page]").Select(link => link.GetAttribute("href")).ShouldBe(["/organizations/10007/statement"]);
        views.FindAll("ul.shown a").Select(link => link.TextContent).ShouldBe(["Invoices", "Statement", "Months"]);
        views.FindAll(".area > a").Select(link => link.GetAttribute("href")).ShouldBe(
        [
            "/organizations/10007", "/organizations/10007/prepaid-balance", "/organizations/10007/usage", "/organizations/10007/invoices", "/organizations/10007/plan",
            "/organizations/10007/journal", "/organizations/10007/sub-organizations", "/organizations/10007/billing-details",
        ]);
        views.Find(".areasmenu").TextContent.ShouldEndWith("Statement");
    }

    [Fact]
    public void Every_page_named_here_is_a_page_of_the_portal()
    {
        var routes = typeof(Program).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes(typeof(RouteAttribute), inherit: false)).Cast<RouteAttribute>()
            .Select(route => route.Template).ToHashSet(StringComparer.Ordinal);
        OrganizationArea.All.SelectMany(area => area.Views).Where(view => view.End.Length > 0).Select(view => "/organizations/{Number:long}" + view.End)
            .Where(template => !routes.Contains(template)).ShouldBeEmpty();
    }
}
