using BillingPortal.Capabilities.SubOrganizations;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Tests.Capabilities.Overviews;
using BillingPortal.Tests.Setup;
using BillingPortal.Tests.Web;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.Tests.Capabilities.SubOrganizations;

/// <summary>The pages of sub-organizations, settings and members as a person uses them.</summary>
public sealed class SubOrganizationPagesTests(TestDatabases databases) : WebTest
{
    private BunitAuthorizationContext? _person;

    [Fact]
    public async Task The_list_shows_balance_spend_and_cap_of_each_and_sums_up_what_is_selected()
    {
        await using var house = await SignInAsync(h => h.Reseller);
        await SqlAsync(house, 10003, "UPDATE billing_rule SET cap_enabled = 1, cap_amount = 8000000 WHERE organization_id = 10003");
        var page = At<SubOrganizationsPage>("/organizations/10001/sub-organizations", p => p.Add(x => x.Number, house.Beta));
        page.WaitForElements("tbody th a").Select(a => a.TextContent).ShouldBe(["Beta East", "Beta West"]);
        page.FindAll("tbody .lead data").Select(amount => amount.GetAttribute("value")).ShouldBe(["120.00", "-5.00"]);
        page.FindAll(".capcell").Select(cell => cell.TextContent.Trim()).ShouldBe(["62 %"]);
        page.Find(".capcell").GetAttribute("title").ShouldBe("$5.00 of $8.00");
        page.FindAll(".bulk").ShouldBeEmpty();
        page.Find("thead .sel input").Change(true);
        page.Find(".bulk b").TextContent.ShouldBe("2 selected");
        page.Find(".bulk .sumtxt").TextContent.ShouldBe("balance $115.00");
        page.Find(".bulk a").GetAttribute("href").ShouldBe("/organizations/10001/sub-organizations.csv?ids=10003,10004");
    }

    [Fact]
    public async Task What_is_searched_for_stands_in_the_address_and_nothing_found_says_so()
    {
        await using var house = await SignInAsync(h => h.Reseller);
        At<SubOrganizationsPage>("/organizations/10001/sub-organizations?q=west", p => p.Add(x => x.Number, house.Beta))
            .WaitForElements("tbody th a").Select(a => a.TextContent).ShouldBe(["Beta West"]);
        At<SubOrganizationsPage>("/organizations/10001/sub-organizations?q=zzz", p => p.Add(x => x.Number, house.Beta)).WaitForElement(".state h3").TextContent.ShouldBe("None matches “zzz”");
        At<SubOrganizationsPage>("/organizations/10003/sub-organizations", p => p.Add(x => x.Number, 10003)).WaitForElement(".state h3").TextContent.ShouldBe("No sub-organizations yet");
        At<SubOrganizationsPage>("/organizations/10002/sub-organizations", p => p.Add(x => x.Number, house.Gamma)).WaitForElement(".state h3").TextContent.ShouldStartWith("There is no such organization");
    }

    [Fact]
    public async Task A_sub_organization_is_created_once_from_the_form_with_what_the_parent_can_give()
    {
        await using var house = await SignInAsync(h => h.Reseller);
        await GiveAsync(house, house.Beta, "workflows");
        var page = At<NewSubOrganizationPage>("/organizations/10001/sub-organizations/new", p => p.Add(x => x.Number, house.Beta));
        page.WaitForElement("form");
        page.FindAll("input[type=checkbox][aria-disabled]").Count.ShouldBe(Feature.All.Length - 1);
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => page.Find(".err").TextContent.ShouldBe("Name: A name has 2 to 64 characters."));
        page.Find("input[maxlength='64']").Change("Beta North");
        page.Find("input[type=checkbox]:not([aria-disabled])").Change(true);
        page.Find("button[type=submit]").TextContent.ShouldBe("Create Beta North");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith("/organizations/10011"));
        await page.Find("form").SubmitAsync();
        await using var store = house.Stores.CreateDbContext();
        var made = await store.Organizations.Where(o => o.Name == "Beta North").ToListAsync();
        made.ShouldHaveSingleItem().ShouldSatisfyAllConditions(o => o.ParentId.ShouldBe(house.Beta), o => o.ChargingModel.ShouldBe(ChargingModel.Prepaid), o => o.Features.ShouldBe("workflows"));
    }

    [Fact]
    public async Task Settings_save_what_was_changed_and_say_what_a_taken_feature_takes_below()
    {
        await using var house = await SignInAsync(h => h.Reseller);
        await GiveAsync(house, house.Beta, "workflows slack_access");
        await GiveAsync(house, 10003, "workflows");
        SignInAs(await house.Stores.PersonAsync("finance", "FINANCE"));
        var page = At<OrganizationSettingsPage>("/organizations/10001/settings", p => p.Add(x => x.Number, house.Beta));
        page.WaitForElement("input[type=email]").Change("hello@beta.example");
        await page.FindAll("form")[0].SubmitAsync();
        page.WaitForAssertion(() => page.Find(".note b").TextContent.ShouldBe("Saved name and contacts of Beta Cloud."));
        page.FindAll("fieldset input[type=checkbox]")[2].Change(false);
        page.Find("#feature-workflows").TextContent.ShouldBe("1 organization below loses it too.");
        page.FindAll("button[type=submit]")[1].TextContent.ShouldBe("Take Workflows");
        await page.FindAll("form")[1].SubmitAsync();
        page.WaitForAssertion(() => page.Find(".note b").TextContent.ShouldBe("Taken: Workflows. Below it lost by Beta West."));
        await using var store = house.Stores.CreateDbContext();
        (await store.Organizations.Where(o => o.Id == house.Beta || o.Id == 10003).OrderBy(o => o.Id).Select(o => o.Features).ToListAsync()).ShouldBe(["slack_access", ""]);
        (await store.Organizations.SingleAsync(o => o.Id == house.Beta)).ContactEmail.ShouldBe("hello@beta.example");
    }

    [Fact]
    public async Task What_somebody_else_changed_meanwhile_is_not_overwritten()
    {
        await using var house = await SignInAsync(h => h.Reseller);
        var page = At<OrganizationSettingsPage>("/organizations/10003/settings", p => p.Add(x => x.Number, 10003));
        page.WaitForElement("form input").Change("Beta Sunset");
        await SqlAsync(house, 10003, "UPDATE organization SET name = 'Beta Dawn' WHERE id = 10003");
        await page.FindAll("form")[0].SubmitAsync();
        page.WaitForAssertion(() => page.Find(".note").TextContent.ShouldContain("Somebody changed it meanwhile."));
        await page.Find(".note button").ClickAsync(new());
        page.WaitForAssertion(() => page.Find("form input").GetAttribute("value").ShouldBe("Beta Dawn"));
    }

    [Fact]
    public async Task Its_own_administrator_changes_contacts_but_gives_itself_no_feature_and_the_parent_is_not_named()
    {
        await using var house = await SignInAsync(h => h.Reseller);
        await GiveAsync(house, house.Beta, "workflows");
        SignInAs(await house.Stores.PersonAsync("western", memberships: (10003, "ADMIN")));
        var page = At<OrganizationSettingsPage>("/organizations/10003/settings", p => p.Add(x => x.Number, 10003));
        page.WaitForElements("button[type=submit]").Select(button => button.TextContent).ShouldBe(["Save name and contacts"]);
        page.FindAll("input[type=checkbox]").ShouldAllBe(box => box.GetAttribute("aria-disabled") == "true");
        page.Markup.ShouldNotContain("Beta Cloud");
        var form = new OrganizationForm { Features = System.Collections.Immutable.ImmutableDictionary<Feature, bool>.Empty.Add(Feature.All[2], true) };
        await using var store = house.Stores.CreateDbContext();
        var shown = Profile.Of(await store.Organizations.SingleAsync(o => o.Id == 10003));
        (await Services.GetRequiredService<ChangeOrganization>().RunAsync(new Caller("western", "page"), new OrganizationId(10003), form, shown, default))
            .ShouldBeOfType<BillingPortal.Domain.Outcome<ChangedOrganization>.Refused>();
    }

    private IRenderedComponent<T> At<T>(string address, Action<ComponentParameterCollectionBuilder<T>> parameters)
        where T : IComponent
    {
        Services.GetRequiredService<BunitNavigationManager>().NavigateTo(address);
        return Render(parameters);
    }

    private static async Task GiveAsync(House house, long organization, string features)
    {
        await using var store = house.Stores.CreateDbContext();
        await store.Organizations.Where(o => o.Id == organization).ExecuteUpdateAsync(o => o.SetProperty(x => x.Features, features));
    }

    private static async Task SqlAsync(House house, long organization, string sql)
    {
        sql.ShouldContain(organization.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await using var store = house.Stores.CreateDbContext();
        await store.Database.ExecuteSqlRawAsync(sql);
    }

    private async Task<House> SignInAsync(Func<House, Caller> who)
    {
        var house = await House.WithTreesAsync(databases, DatabaseKind.Sqlite);
        Clock.MoveTo(house.Clock.GetUtcNow());
        Services.AddSingleton<IDbContextFactory<BillingStore>>(house.Stores);
        Services.AddSingleton(house.Ledger.Writer);
        Services.AddSingleton<OrganizationWriter>();
        Services.AddScoped<CurrentCaller>();
        Services.AddScoped<DraftKeeper>();
        Services.AddSubOrganizations();
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
