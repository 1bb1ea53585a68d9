using System.Security.Claims;
using BillingPortal.Capabilities.PaymentMethods;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using BillingPortal.Tests.Web;
using BillingPortal.Web;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.Tests.Capabilities.PaymentMethods;

public sealed class CardsPageTests(TestDatabases databases) : WebTest
{
    [Fact]
    public async Task Adding_a_card_leads_to_the_provider_and_back_to_a_receipt()
    {
        await using var house = await OpenAsync();
        var page = Render<CardsPage>(p => p.Add(x => x.Number, house.Acme.Value));
        page.WaitForElement(".state h3").TextContent.ShouldBe("No card on file");

        await page.Find("form").SubmitAsync();
        var navigation = Services.GetRequiredService<NavigationManager>();
        page.WaitForAssertion(() => navigation.Uri.ShouldContain("/sandbox/setup/"));
        var setup = navigation.Uri.Split('/')[^1];
        var back = (await house.Desk.TakeAsync(setup, "4242424242424242", "12", "34", default))!.Value.ReturnTo!;
        back.ToString().ShouldBe($"http://localhost/organizations/{house.Acme.Value}/cards/return?setup={setup}");

        navigation.NavigateTo(back.ToString());
        var end = Render<CardReturnPage>(p => p.Add(x => x.Number, house.Acme.Value));
        end.WaitForElement(".receipt .t").TextContent.ShouldBe("Added Visa ·4242 to Acme Robotics");
        end.Find(".receipt").TextContent.ShouldContain("Recharges charge it from now on.");
    }

    [Fact]
    public async Task Coming_back_without_a_card_says_so()
    {
        await using var house = await OpenAsync();
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/organizations/{house.Acme.Value}/cards/return");

        var page = Render<CardReturnPage>(p => p.Add(x => x.Number, house.Acme.Value));

        page.WaitForElement(".note").TextContent.ShouldContain("No card was added. The provider's page was left before a card was taken there.");
    }

    [Fact]
    public async Task A_card_is_removed_after_asking()
    {
        await using var house = await OpenAsync();
        await house.AddAsync("4242424242424242");
        await house.AddAsync("5555555555554444");
        var page = Render<CardsPage>(p => p.Add(x => x.Number, house.Acme.Value));

        await page.WaitForElement("button[aria-label='Remove Visa ·4242']").ClickAsync(new());
        page.WaitForElement(".note").TextContent.ShouldContain("Remove Visa ·4242? Auto-recharge has no card then and waits until there is another.");
        page.FindAll("tbody tr").Count.ShouldBe(2);
        await page.Find(".btn--danger").ClickAsync(new());

        page.WaitForElement(".receipt .t").TextContent.ShouldBe("Removed Visa ·4242");
        page.FindAll("tbody th").Select(name => name.TextContent).ShouldBe(["Mastercard ·4444"]);
    }

    [Fact]
    public async Task Another_card_is_chosen_after_asking()
    {
        await using var house = await OpenAsync();
        await house.AddAsync("4242424242424242");
        await house.AddAsync("5555555555554444");
        var page = Render<CardsPage>(p => p.Add(x => x.Number, house.Acme.Value));

        await page.WaitForElement("button[aria-label='Use for recharges: Mastercard ·4444']").ClickAsync(new());
        await page.WaitForElement(".note .btn--primary").ClickAsync(new());

        page.WaitForElement(".receipt .t").TextContent.ShouldBe("Recharges charge Mastercard ·4444 from now on");
        (await house.CardsAsync()).Cards.Single(card => card.IsCharged).Last4.ShouldBe("4444");
    }

    [Fact]
    public async Task Who_may_only_look_sees_which_permission_is_missing()
    {
        await using var house = await OpenAsync("STAFF");
        await house.AddAsync("4242424242424242");

        var page = Render<CardsPage>(p => p.Add(x => x.Number, house.Acme.Value));

        page.WaitForElement(".denied").TextContent.ShouldContain("Change billing settings");
        page.FindAll("tbody button").ShouldBeEmpty();
        Render<CardReturnPage>(p => p.Add(x => x.Number, house.Acme.Value)).WaitForElement(".state h3").TextContent.ShouldContain("“Change billing settings” is missing");
    }

    private async Task<CardsHouse> OpenAsync(string role = "ADMIN")
    {
        var house = await CardsHouse.BuildAsync(databases, DatabaseKind.Sqlite);
        Services.AddSingleton<IDbContextFactory<BillingStore>>(house.Stores);
        Services.AddScoped<CurrentCaller>();
        Services.AddSingleton(house.Adding).AddSingleton(house.Changing).AddSingleton(house.Listing);
        var person = role == "ADMIN" ? house.Admin : await house.Stores.PersonAsync("person", null, (house.Acme.Value, role));
        AddAuthorization().SetAuthorized(person.UserId).SetClaims(new Claim(ClaimTypes.NameIdentifier, person.UserId));
        return house;
    }
}
