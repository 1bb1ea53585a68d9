using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using BillingPortal.Domain.Ledger;
using BillingPortal.E2E.Pages;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BillingPortal.E2E.Journeys;

/// <summary>Credits from outside: a program begins a purchase that a person pays, and finance gives a voucher that is redeemed once.</summary>
public sealed class BuyingCreditsTests(SandboxMoneyFixture portal, Browsers browsers) : BrowserTest(portal, browsers), IClassFixture<SandboxMoneyFixture>
{
    private const string Shop = "https://shop.example/thanks";

    private KeyboardHands Hands => new(Page);

    private OrganizationCards Cards => new(Page);

    private ILocator Receipt => Page.GetByRole(AriaRole.Status, new() { Name = "Receipt" });

    [Fact]
    public async Task A_program_begins_a_purchase_and_a_person_pays_it_with_a_card_added_on_the_way_once()
    {
        var page = await BeginAsync();
        await Page.GotoAsync(page);
        await Expect(Page.GetByText("No card that can be charged")).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Go back to shop.example without paying" })).ToBeVisibleAsync();
        await Page.ShouldBeAccessibleAsync();

        await new AnyPage(Page).BecomeInteractiveAsync();
        await Hands.PressAsync(Page.GetByRole(AriaRole.Link, new() { Name = "Add a card" }));
        await Cards.LeaveForTheProviderAsync(Hands);
        await Cards.TypeAsync("4242 4242 4242 4242", Hands);
        await Page.WaitForURLAsync("**" + page);
        await new AnyPage(Page).BecomeInteractiveAsync();
        await Hands.PressAsync(Page.GetByRole(AriaRole.Button, new() { Name = "Pay $40.00 with Visa ·4242" }));

        await Expect(Receipt).ToContainTextAsync("Bought $40.00 of credits for Acme Robotics");
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Go on to shop.example" })).ToHaveAttributeAsync("href", Shop);
        await Page.ReloadAsync();
        await Expect(Receipt).ToContainTextAsync("Bought $40.00 of credits for Acme Robotics");
        await Page.ShouldBeAccessibleAsync();
        (await BoughtAsync()).ShouldBe(40_000_000);
    }

    [Fact]
    public async Task Finance_issues_a_voucher_and_it_is_redeemed_once_by_the_preview_it_was_shown_with()
    {
        var finance = await AnotherPersonAsync();
        await new SigningIn(finance).AsAsync(DemoPeople.Finance, "/vouchers");
        var mouse = new MouseHands(finance);
        foreach (var (label, text) in new[] { ("Gives", "25.00"), ("Currency", "USD"), ("Most redemptions", "1"), ("Code", "SPRING-GIFT-2026"), ("What it is for", "Spring") })
        {
            await mouse.WriteAsync(finance.GetByLabel(label).First, text);
        }

        await mouse.PressAsync(finance.GetByRole(AriaRole.Button, new() { Name = "Issue the voucher" }));
        await Expect(finance.GetByRole(AriaRole.Status, new() { Name = "Receipt" })).ToContainTextAsync("Issued a voucher of $25.00");

        await new SigningIn(Page).AsAsync(DemoPeople.Reseller, $"/organizations/{SandboxMoneyFixture.Reseller}/voucher");
        await Hands.WriteAsync(Page.GetByLabel("Code"), "spring gift 2026");
        await Expect(Page.GetByText("Spring", new() { Exact = true })).ToBeVisibleAsync();
        await Page.ShouldBeAccessibleAsync();
        await Hands.PressAsync(Page.GetByRole(AriaRole.Button, new() { Name = "Add $25.00 of promotional credits to Acme Robotics" }));
        await Expect(Receipt).ToContainTextAsync("Redeemed the voucher for Acme Robotics");

        await Page.GotoAsync($"/organizations/{await portal.NumberOfAsync("Acme Labs")}/voucher");
        await new AnyPage(Page).BecomeInteractiveAsync();
        await Hands.WriteAsync(Page.GetByLabel("Code"), "SPRING-GIFT-2026");
        await Expect(Page.GetByText("Nothing would be redeemed.")).ToBeVisibleAsync();
    }

    /// <summary>What the reseller's shop does: begins the purchase with a token of the reseller's.</summary>
    private async Task<string> BeginAsync()
    {
        await new SigningIn(Page).AsAsync(DemoPeople.Reseller, "/tokens");
        await Page.GetByLabel("Name").FillAsync("shop");
        await Page.GetByLabel("billing:write").CheckAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Make token" }).ClickAsync();
        using var program = Portal.CreateClient();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await Page.GetByLabel("The token").InnerTextAsync());
        using var answer = await program.PostAsJsonAsync(new Uri("/api/v2/external/billing/checkout", UriKind.Relative), new { credits_amount = 40, success_url = Shop, cancel_url = "https://shop.example/credits" });
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return new Uri((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("checkout_url").GetString()!).AbsolutePath;
    }

    private async Task<long> BoughtAsync()
    {
        await using var store = portal.Database.Read();
        return await store.Entries.Where(entry => entry.OrganizationId == SandboxMoneyFixture.Reseller && entry.Reason == ReasonCode.CreditsBought.Code).SumAsync(entry => entry.NetAmount);
    }
}
