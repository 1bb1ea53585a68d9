using BillingPortal.E2E.Pages;
using BillingPortal.Store;
using BillingPortal.Tests.Setup.Stripe;
using static Microsoft.Playwright.Assertions;

namespace BillingPortal.E2E.Journeys;

/// <summary>Cards are typed at the provider: at the sandbox's own pages, and at a page that stands for Stripe's.</summary>
public sealed class CardTests(PortalFixture portal, Browsers browsers) : BrowserTest(portal, browsers), IClassFixture<PortalFixture>
{
    private OrganizationCards Cards => new(Page);

    [Theory]
    [InlineData(false, "Acme Labs", 10_002)]
    [InlineData(true, "Acme Field", 10_003)]
    public async Task A_card_is_added_at_the_sandbox_chosen_and_removed(bool byKeyboard, string organization, long number)
    {
        Hands hands = byKeyboard ? new KeyboardHands(Page) : new MouseHands(Page);
        await new SigningIn(Page).AsAsync(DemoPeople.Reseller, $"/organizations/{number}/cards", hands);
        await Cards.LeaveForTheProviderAsync(hands);
        await Page.ShouldBeAccessibleAsync();
        await Cards.TypeAsync("4000 0000 0000 9995", hands);
        await Expect(Cards.Refusal).ToContainTextAsync("Your card has insufficient funds.");
        await Page.ShouldBeAccessibleAsync();

        await Cards.TypeAsync("4242 4242 4242 4242", hands);
        await Expect(Cards.Receipt).ToContainTextAsync($"Added Visa ·4242 to {organization}");
        await Page.ShouldBeAccessibleAsync();

        await Cards.OpenAsync(number);
        await Cards.LeaveForTheProviderAsync(hands);
        await Cards.TypeAsync("5555555555554444", hands);
        await Expect(Cards.Receipt).ToContainTextAsync("Recharges go on charging the card they charged before.");
        await Cards.OpenAsync(number);
        await hands.PressAsync(Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Use for recharges: Mastercard ·4444" }));
        await hands.PressAsync(Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Charge Mastercard ·4444 from now on" }));
        await Expect(Cards.Row("Mastercard ·4444")).ToContainTextAsync("Recharges");
        await Page.ShouldBeAccessibleAsync();

        await hands.PressAsync(Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Remove Visa ·4242" }));
        await hands.PressAsync(Page.Locator(".note").GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Remove Visa ·4242" }));
        await Expect(Cards.Receipt).ToContainTextAsync("Removed Visa ·4242");
        await Expect(Cards.Rows).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task The_sandboxs_page_can_be_left_without_a_card_and_reflows()
    {
        await new SigningIn(Page).AsAsync(DemoPeople.Reseller, "/organizations/10004/cards");
        await Cards.LeaveForTheProviderAsync(new MouseHands(Page));
        await Page.SetViewportSizeAsync(320, 700);
        (await Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(320);
        await Page.GetByText("Go back without adding").ClickAsync();
        await Expect(Page.GetByText("No card was added.")).ToBeVisibleAsync();
    }
}

/// <summary>The portal with Stripe as its provider.</summary>
public sealed class StripePortalFixture(BillingPortal.Tests.Setup.TestDatabases databases) : PortalFixture(databases), IAsyncDisposable
{
    private StripeServer? _stripe;

    internal StripeServer Stripe => _stripe!;

    /// <inheritdoc />
    protected override async Task<IReadOnlyDictionary<string, string?>> SettingsAsync()
    {
        _stripe = await StripeServer.StartAsync();
        return _stripe.Settings;
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await base.DisposeAsync();
        if (_stripe is not null)
        {
            await _stripe.DisposeAsync();
        }
    }
}

/// <summary>Cards by way of Stripe's hosted page.</summary>
public sealed class StripeCardTests(StripePortalFixture portal, Browsers browsers) : BrowserTest(portal, browsers), IClassFixture<StripePortalFixture>
{
    [Fact]
    public async Task A_card_is_typed_at_Stripe_and_only_its_last_four_come_back()
    {
        var hands = new MouseHands(Page);
        var cards = new OrganizationCards(Page);
        await new SigningIn(Page).AsAsync(DemoPeople.Reseller, "/organizations/10001/cards");
        await cards.LeaveForTheProviderAsync(hands);
        Page.Url.ShouldStartWith(portal.Stripe.Address.ToString());
        await hands.WriteAsync(Page.GetByLabel("Card number"), "378282246310005");
        await hands.PressAsync(Page.GetByText("Save card"));

        await Expect(cards.Receipt).ToContainTextAsync("Added American Express ·0005 to Acme Robotics");
        portal.Stripe.Account.Payments.ShouldBeEmpty();
    }
}
