using System.Security.Claims;
using BillingPortal.Capabilities.BuyingCredits;
using BillingPortal.Domain.Billing;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using BillingPortal.Tests.Web;
using BillingPortal.Web;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.Tests.Capabilities.BuyingCredits;

public sealed class CheckoutPageTests(TestDatabases databases) : WebTest
{
    [Fact]
    public async Task It_is_paid_by_card_and_then_leads_on_with_the_host_in_view()
    {
        await using var house = await OpenAsync();
        var session = await house.BeginAsync();
        var page = Open(house, session);
        page.WaitForElement(".state h3").TextContent.ShouldBe("No card that can be charged");
        page.Find("a.btn--primary").GetAttribute("href")!.ShouldContain("/cards?returnTo=");
        page.FindAll("a").Single(link => link.TextContent == "Go back to shop.example without paying").GetAttribute("href").ShouldBe("https://shop.example/credits");

        await house.CardAsync("4000000000000341");
        await house.CardAsync("4242424242424242");
        page = Open(house, session);
        var usual = page.WaitForElement(".confirm button");
        usual.TextContent.Trim().ShouldBe("Pay $50.00 with Visa ·0341");
        await usual.ClickAsync(new());
        page.WaitForElement(".note.n-bad").TextContent.ShouldContain("Nothing was charged. Your card was declined. Try another card");

        var other = (await house.ReadAsync(session)).Cards.Single(card => card.Name.EndsWith("4242", StringComparison.Ordinal));
        await page.Find("select").ChangeAsync(new() { Value = other.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        page.WaitForAssertion(() => page.Find(".confirm button").TextContent.Trim().ShouldBe("Pay $50.00 with Visa ·4242"));
        await page.Find(".confirm button").ClickAsync(new());
        page.WaitForElement(".receipt .t").TextContent.ShouldBe("Bought $50.00 of credits for Acme Robotics");
        var on = page.Find(".receipt a.btn--primary");
        (on.TextContent, on.GetAttribute("href"), on.GetAttribute("rel")).ShouldBe(("Go on to shop.example", "https://shop.example/thanks?s=" + session, "noreferrer"));
        (await house.BooksAsync()).ShouldBe((1, 50));
        Open(house, session).WaitForElement(".receipt");
        (await house.BooksAsync()).ShouldBe((1, 50));
    }

    [Fact]
    public async Task Each_state_says_what_it_is_and_what_can_be_done()
    {
        await using var house = await OpenAsync();
        var (confirms, lost) = (await house.CardAsync("4000002760003184"), await house.CardAsync("4000000000009901"));

        var session = await house.BeginAsync();
        await house.PayAsync(session, confirms);
        var page = Open(house, session);
        page.WaitForElement(".note.n-warn").TextContent.ShouldContain("wants you to confirm the payment");
        var payment = (await house.ReadAsync(session)).Checkout.PaymentId!;
        page.FindAll(".note a").Single().GetAttribute("href").ShouldBe("/sandbox/payments/" + payment);
        page.FindAll(".confirm").ShouldBeEmpty();
        await house.Cards.Desk.ConfirmAsync(payment, passed: true, default);
        await page.Find(".note button").ClickAsync(new());
        page.WaitForElement(".receipt");

        // What nobody knows is shown as unknown; coming back asks.
        var second = await house.BeginAsync();
        await house.PayAsync(second, lost);
        (await house.ReadAsync(second)).Checkout.State.ShouldBe(CheckoutState.Unknown);
        Open(house, second).WaitForElement(".receipt");
        var asked = await house.BeginAsync();
        await house.Cards.Ledger.DoneAsync(new SubmitCheckout(house.Cards.Admin.Actor, "claim", house.Cards.Acme, (await house.ReadAsync(asked)).Checkout.Number) { Card = lost });
        Open(house, asked).WaitForElement(".note.n-warn").TextContent.ShouldContain("Whether it was paid is not known yet");

        var third = await house.BeginAsync();
        house.Cards.Clock.Advance(Checkout.Lifetime);
        page = Open(house, third);
        page.WaitForElement(".state h3").TextContent.ShouldBe("This purchase has expired");
        page.FindAll(".state a").Single().TextContent.ShouldBe("Go back to shop.example");
        Open(house, "cs_nothing").WaitForElement(".state h3").TextContent.ShouldContain("There is no such purchase");
    }

    [Fact]
    public async Task Who_may_not_pay_sees_which_permission_is_missing()
    {
        await using var house = await OpenAsync("STAFF");
        Open(house, await house.BeginAsync()).WaitForElement(".state h3").TextContent.ShouldContain("“Change billing settings” is missing");
    }

    private IRenderedComponent<CheckoutPage> Open(CheckoutHouse house, string session) =>
        Render<CheckoutPage>(p => p.Add(x => x.Number, house.Cards.Acme.Value).Add(x => x.Session, session));

    private async Task<CheckoutHouse> OpenAsync(string role = "ADMIN")
    {
        var house = await CheckoutHouse.OpenAsync(databases, DatabaseKind.Sqlite);
        Services.AddSingleton<IDbContextFactory<BillingStore>>(house.Cards.Stores);
        Services.AddScoped<CurrentCaller>();
        Services.AddSingleton(house.Paying).AddSingleton(house.Getting);
        var person = role == "ADMIN" ? house.Cards.Admin : await house.Cards.Stores.PersonAsync("person", null, (house.Cards.Acme.Value, role));
        AddAuthorization().SetAuthorized(person.UserId).SetClaims(new Claim(ClaimTypes.NameIdentifier, person.UserId));
        return house;
    }
}
