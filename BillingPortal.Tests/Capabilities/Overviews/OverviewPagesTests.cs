using BillingPortal.Capabilities.Overviews;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using BillingPortal.Tests.Web;
using BillingPortal.Web;
using BillingPortal.Web.Layout;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.Tests.Capabilities.Overviews;

/// <summary>The pages as a person sees them, over a real store.</summary>
public sealed class OverviewPagesTests(TestDatabases databases) : WebTest
{
    private BunitAuthorizationContext? _person;

    [Fact]
    public async Task The_overview_lists_totals_by_currency_and_exports_what_is_filtered()
    {
        await using var house = await SignInAsync(h => h.Support);
        var page = At<OverviewPage>("/?tree=10001");
        page.WaitForElement("tfoot th");
        page.FindAll("tbody th a").Select(a => a.TextContent).ShouldBe(["Beta Cloud", "Beta East", "Beta West"]);
        page.Find("tfoot th").TextContent.ShouldBe("All 3 that match");
        page.Find(".chip").TextContent.ShouldContain("Beta Cloud");
        page.Find("a[download]").GetAttribute("href").ShouldBe("/organizations.csv?tree=10001");
        page.FindAll(".badge").Select(badge => badge.TextContent).ShouldContain("Blocked: overdraft");
    }

    [Fact]
    public async Task Many_currencies_are_never_added_up_together()
    {
        await using var house = await SignInAsync(h => h.Support);
        var page = At<OverviewPage>("/");
        page.WaitForElements("tfoot th").Select(th => th.TextContent).ShouldBe(["1 of 10, those in EUR", "9 of 10, those in USD"]);
    }

    [Fact]
    public async Task The_next_page_stands_in_the_address()
    {
        await using var house = await SignInAsync(h => h.Support);
        for (var n = 0; n < 20; n++)
        {
            await house.Ledger.OrganizationAsync(name: $"Zeta {n:00}");
        }

        var page = At<OverviewPage>("/");
        var next = page.WaitForElement(".pager a[href*=after]").GetAttribute("href")!;
        await page.InvokeAsync(() => Services.GetRequiredService<BunitNavigationManager>().NavigateTo(next));
        page.WaitForAssertion(() => page.FindAll("tbody th a").Select(a => a.TextContent).ShouldBe(["Zeta 15", "Zeta 16", "Zeta 17", "Zeta 18", "Zeta 19"]));
    }

    [Fact]
    public async Task No_match_and_no_permission_each_say_so()
    {
        await using var house = await SignInAsync(h => h.Nobody);
        At<OverviewPage>("/").WaitForElement(".state h3").TextContent.ShouldBe("You see no organizations");
        SignInAs(house.Support);
        At<OverviewPage>("/?q=zzz").WaitForElement(".state h3").TextContent.ShouldBe("No organization matches");
    }

    [Fact]
    public async Task A_failed_read_says_so_and_can_be_tried_again()
    {
        await using var house = await SignInAsync(h => h.Support);
        await using (var store = house.Stores.CreateDbContext())
        {
            await store.Database.ExecuteSqlRawAsync("ALTER TABLE posting RENAME TO gone");
        }

        var page = At<OverviewPage>("/");
        page.WaitForElement("[role=alert] h3").TextContent.ShouldBe("The list of organizations could not be read");
        await using (var store = house.Stores.CreateDbContext())
        {
            await store.Database.ExecuteSqlRawAsync("ALTER TABLE gone RENAME TO posting");
        }

        await page.Find("[role=alert] button").ClickAsync(new());
        page.WaitForElement("tbody th a");
    }

    [Fact]
    public async Task The_organization_page_shows_value_spend_entries_and_what_stands_below()
    {
        await using var house = await SignInAsync(h => h.Support);
        var page = At<OrganizationPage>("/organizations/10004", p => p.Add(o => o.Key, "10004"));
        page.WaitForElement("h1").TextContent.ShouldBe("Beta East");
        page.Find(".big data").GetAttribute("value").ShouldBe("120.00");
        page.FindAll(".head .acts a").Select(a => a.GetAttribute("href")).ShouldBe(["/organizations/10004/as-of", "/organizations/10004/journal", "/organizations/10004/adjust"]);
        page.FindAll(".crumbs a").Select(a => a.TextContent).ShouldBe(["Organizations", "Beta Cloud"]);
        page.WaitForAssertion(() => page.FindAll("tbody th a").ShouldContain(a => a.GetAttribute("href") == "/organizations/10004/journal/1"));
    }

    [Fact]
    public async Task The_organization_page_says_what_recharges_it_and_what_stops_it()
    {
        await using var house = await SignInAsync(h => h.Support);
        Render().ShouldBe("Off|No cap limits what it spends.");
        await house.Ledger.DoneAsync(new SetBillingRule(Ledger.Tester, house.Ledger.NextKey())
        {
            Wishes = [new RuleWish(new OrganizationId(10004)) { CapEnabled = true, CapAmount = Ledger.Micros(200) }],
        });
        await house.Ledger.DoneAsync(house.Ledger.Charge(new OrganizationId(10004), 30));
        Render().ShouldContain("15 % of $200.00 spent, $30.00. It stops usage.");

        string Render()
        {
            var page = At<OrganizationPage>("/organizations/10004", p => p.Add(o => o.Key, "10004"));
            page.WaitForElement("h1");
            return string.Join('|', page.FindAll(".panel").Single(panel => panel.TextContent.Contains("Spending cap", StringComparison.Ordinal)).QuerySelectorAll("p").Select(p => p.TextContent.Trim()));
        }
    }

    [Fact]
    public async Task What_may_not_be_done_says_which_permission_is_missing_and_the_reseller_is_not_named_from_below()
    {
        await using var house = await SignInAsync(h => h.Support);
        SignInAs(await house.Stores.PersonAsync("staff", memberships: (10004, "STAFF")));
        var page = At<OrganizationPage>("/organizations/10004", p => p.Add(o => o.Key, "10004"));
        page.WaitForElement("h1").TextContent.ShouldBe("Beta East");
        page.FindAll(".head [aria-disabled=true]").Select(button => button.TextContent).ShouldBe(["Journal", "Adjust balance…"]);
        page.FindAll(".denied").Select(words => words.TextContent).ShouldContain("Needs permission " + PermissionNames.Of(Permission.AdjustBalances));
        page.Markup.ShouldNotContain("Beta Cloud");
        page.Markup.ShouldNotContain("Latest entries");
    }

    [Fact]
    public async Task An_organization_of_another_tree_is_not_there()
    {
        await using var house = await SignInAsync(h => h.Reseller);
        At<OrganizationPage>("/organizations/10002", p => p.Add(o => o.Key, "10002")).WaitForElement("h1").TextContent.ShouldBe("No such organization");
    }

    [Fact]
    public async Task A_slug_leads_to_the_address_with_the_number()
    {
        await using var house = await SignInAsync(h => h.Support);
        var page = At<OrganizationPage>("/organizations/beta-east", p => p.Add(o => o.Key, "beta-east"));
        page.WaitForAssertion(() => Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith("/organizations/10004"));
    }

    private IRenderedComponent<T> At<T>(string address, Action<ComponentParameterCollectionBuilder<T>>? parameters = null)
        where T : IComponent
    {
        Services.GetRequiredService<BunitNavigationManager>().NavigateTo(address);
        return Render<T>(parameters);
    }

    private async Task<House> SignInAsync(Func<House, Caller> who)
    {
        var house = await House.WithTreesAsync(databases, DatabaseKind.Sqlite);
        house.Clock.MoveTo(Clock.GetUtcNow());
        Services.AddSingleton<IDbContextFactory<BillingStore>>(house.Stores);
        Services.AddScoped<CurrentCaller>();
        Services.AddOverviews();
        SignInAs(who(house));
        return house;
    }

    private void SignInAs(Caller caller)
    {
        _person ??= this.AddAuthorization();
        _person.SetAuthorized(caller.UserId);
        _person.SetClaims(new System.Security.Claims.Claim(System.Security.Claims.ClaimTypes.NameIdentifier, caller.UserId));
    }
}
