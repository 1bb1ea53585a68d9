using BillingPortal.Capabilities.Rates;
using BillingPortal.Capabilities.RatingUsage;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Rating;
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

namespace BillingPortal.Tests.Capabilities.Rates;

/// <summary>The pages of rates and usage as a person uses them; it is March 2026.</summary>
public sealed class RatePagesTests(TestDatabases databases) : WebTest
{
    private const int West = 10003;

    private BunitAuthorizationContext? _person;

    [Fact]
    public async Task A_rate_shows_what_it_ends_before_it_is_added_and_a_volume_is_ended_from_above()
    {
        await using var house = await SignInAsync(h => h.Reseller);
        await EnterAsync(house, "INSERT INTO custom_rate (organization_id, service, ratezone, volume, rate, currency, starts_on, state, created_at, created_by) VALUES (10003, 'data', '', '0', '0.01', 'USD', 202601, 0, 0, 't')",
            "INSERT INTO inclusive_volume (organization_id, service, ratezone, volume, starts_on, created_at, created_by) VALUES (10003, 'data', '', '500', 202602, 0, 't')");
        var page = At<RatesPage>("/organizations/10003/rates", p => p.Add(x => x.Number, West));
        page.WaitForElements(".timeline tbody .span").Select(bar => bar.GetAttribute("colspan")).ShouldBe(["11", "10"], ignoreOrder: true);
        page.Find("form[aria-label='Add a custom rate'] input").Change("data");
        page.Find("form[aria-label='Add a custom rate'] input.num").Change("0,00875");
        await page.Find("form[aria-label='Add a custom rate']").SubmitAsync();
        page.WaitForAssertion(() => page.Find("form .n-info").TextContent.ShouldContain("Custom rate 1 ($0.01 a unit, from January 2026) ends with February 2026."));
        await page.Find("form[aria-label='Add a custom rate'] .btn--primary").ClickAsync(new());
        page.WaitForAssertion(() => page.Find(".n-ok").TextContent.ShouldContain("Custom rate 2 added: $0.00875 a unit for data, from March 2026."));

        await page.Find("button[aria-label='End inclusive volume 1']").ClickAsync(new());
        page.WaitForElement(".n-warn").TextContent.ShouldContain("What was included stays included.");
        await page.Find(".n-warn .btn--danger").ClickAsync(new());
        page.WaitForAssertion(() => page.Find(".n-ok").TextContent.ShouldContain("Inclusive volume 1 ended."));
        page.FindAll("button[aria-label='End inclusive volume 1']").ShouldBeEmpty();
    }

    [Fact]
    public async Task Its_own_people_see_their_rates_and_give_themselves_none()
    {
        await using var house = await SignInAsync(h => h.Reseller);
        SignInAs(await house.Stores.PersonAsync("western", memberships: (West, "ADMIN")));
        var page = At<RatesPage>("/organizations/10003/rates", p => p.Add(x => x.Number, West));
        page.WaitForElement(".state h3").TextContent.ShouldBe("No rates of its own yet");
        page.FindAll("form").ShouldBeEmpty();
        At<RatesPage>("/organizations/10002/rates", p => p.Add(x => x.Number, 10002)).WaitForElement(".state h3").TextContent.ShouldBe("You cannot see these rates");
        At<RateAgainPage>("/organizations/10003/usage/rate-again", p => p.Add(x => x.Number, West)).WaitForElement(".state h3").TextContent.ShouldBe("You cannot rate this usage again");
    }

    [Fact]
    public async Task Usage_explains_itself_and_is_rated_again_as_shown()
    {
        await using var house = await SignInAsync(h => h.Reseller);
        await EnterAsync(house, "INSERT INTO custom_rate (organization_id, service, ratezone, volume, rate, currency, starts_on, state, created_at, created_by) VALUES (10003, 'data', '', '0', '0.01', 'USD', 202601, 0, 0, 't')");
        var reported = await house.Ledger.DoneAsync(new RateUsage(Ledger.Tester, "use", new OrganizationId(West)) { Service = "data", Quantity = ExactAmount.Parse("150.5"), Period = new(202603) });
        reported.Entries.Single().NetAmount.ShouldBe(-1_505_000);

        var usage = At<UsagePage>("/organizations/10003/usage", p => p.Add(x => x.Number, West));
        await usage.WaitForElement("button[aria-label='Explain line 1']").ClickAsync(new());
        usage.WaitForElement(".linewhy tbody").TextContent.ShouldContain("Custom rate 1");
        usage.Find(".linewhy tfoot").TextContent.ShouldContain("$1.505");

        var same = At<RateAgainPage>("/organizations/10003/usage/rate-again", p => p.Add(x => x.Number, West));
        same.WaitForAssertion(() => same.Find(".state h3").TextContent.ShouldBe("Nothing to correct"));
        await EnterAsync(house, "UPDATE custom_rate SET rate = '0.004'");
        var limited = At<RateAgainPage>("/organizations/10003/usage/rate-again", p => p.Add(x => x.Number, West));
        limited.WaitForAssertion(() => limited.Find(".note").TextContent.ShouldContain("needs a second person's approval"));
        SignInAs(await house.Stores.PersonAsync("finance", "FINANCE"));
        var page = At<RateAgainPage>("/organizations/10003/usage/rate-again", p => p.Add(x => x.Number, West));
        page.WaitForAssertion(() => page.Find(".tbl tfoot").TextContent.ShouldContain("−$0.903"));
        var act = page.Find(".confirm .btn--primary");
        act.TextContent.ShouldBe("Correct March 2026 of Beta West: give back $0.903");
        await act.ClickAsync(new());
        page.WaitForAssertion(() => page.Find(".receipt").TextContent.ShouldContain("Rated March 2026 of Beta West again"));
    }

    [Fact]
    public async Task Finance_enters_a_tariff_and_its_rates_which_others_only_read()
    {
        await using var house = await SignInAsync(h => h.Support);
        var read = At<TariffsPage>("/rates", _ => { });
        read.WaitForElement(".state h3").TextContent.ShouldBe("No tariffs yet");
        read.FindAll("form").ShouldBeEmpty();
        SignInAs(await house.Stores.PersonAsync("finance", "FINANCE"));
        var page = At<TariffsPage>("/rates", _ => { });
        page.WaitForElement("form[aria-label='Enter a tariff'] input").Change("Standard");
        page.Find("form[aria-label='Enter a tariff'] select").Change("USD");
        await page.Find("form[aria-label='Enter a tariff']").SubmitAsync();
        page.WaitForAssertion(() => page.Find(".n-ok").TextContent.ShouldContain("Tariff Standard in USD entered."));
        var inputs = page.FindAll("form[aria-label='Add a rate to the tariff'] input");
        inputs[0].Change("data");
        page.FindAll("form[aria-label='Add a rate to the tariff'] input")[2].Change("MB");
        page.FindAll("form[aria-label='Add a rate to the tariff'] input")[3].Change("0.00000000001");
        await page.Find("form[aria-label='Add a rate to the tariff']").SubmitAsync();
        page.WaitForAssertion(() => page.Find("form .n-info").TextContent.ShouldContain("It holds from April 2026 for every organization with this tariff. No other rate is ended by it."));
        await page.Find("form .btn--primary").ClickAsync(new());
        page.WaitForAssertion(() => page.Find("tbody td.lead").TextContent.ShouldBe("$0.00000000001 a MB"));
    }

    private IRenderedComponent<T> At<T>(string address, Action<ComponentParameterCollectionBuilder<T>> parameters)
        where T : IComponent
    {
        Services.GetRequiredService<BunitNavigationManager>().NavigateTo(address);
        return Render(parameters);
    }

    private static async Task EnterAsync(House house, params string[] statements)
    {
        await using var store = house.Stores.CreateDbContext();
        foreach (var sql in statements)
        {
            await store.Database.ExecuteSqlRawAsync(sql);
        }
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
        Services.AddRates().AddRatingUsage();
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
