using BillingPortal.E2E.Pages;
using BillingPortal.Store;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BillingPortal.E2E.Journeys;

/// <summary>"Why was I charged twice on Tuesday?" Support has the telephone in one hand, and keys alone for the other.</summary>
public sealed class ChargedTwiceTests(SandboxMoneyFixture portal, Browsers browsers) : BrowserTest(portal, browsers), IClassFixture<SandboxMoneyFixture>
{
    private KeyboardHands Hands => new(Page);

    private AnyPage Around => new(Page);

    private Recharges Recharges => new(Page);

    [Fact]
    public async Task Support_says_why_two_recharges_came_on_one_Tuesday_from_their_pages_alone()
    {
        var tuesday = DateOnly.FromDateTime(portal.Clock.GetUtcNow().Date.AddDays(-2));
        tuesday.DayOfWeek.ShouldBe(DayOfWeek.Tuesday);
        await new SigningIn(Page).AsAsync(DemoPeople.Support, hands: Hands);
        await Hands.ToSearchAsync(Around.Search);
        await Page.Keyboard.TypeAsync("Acme Orbit");
        await Hands.TakeAsync(Around.Found.Filter(new() { HasText = "Acme Orbit" }).First);
        await Expect(Around.Title).ToHaveTextAsync("Acme Orbit");
        await Around.BecomeInteractiveAsync();
        await Hands.PressAsync(Around.View("Balance"));
        await Hands.PressAsync(Around.View("Recharges"));
        await Expect(Recharges.Title).ToHaveTextAsync("Recharges");

        await Recharges.OnlyOfAsync(tuesday, Hands);
        await Expect(Recharges.Rows).ToHaveCountAsync(2);
        await Expect(Recharges.Rows.First).ToContainTextAsync("A charge for Compute of $48.00 left $15.00 available, below $20.00, entry");
        await Expect(Recharges.Rows.Last).ToContainTextAsync("A charge for Object storage of $22.00 left $13.00 available, below $20.00, entry");
        await Page.ShouldBeAccessibleAsync();

        await Recharges.ReadAsync(2, Hands);
        await Expect(Recharges.Sentence).ToHaveTextAsync("Acme Orbit was charged $50.00 with Visa ·4242 because a charge for Compute of $48.00 left $15.00 available, below $20.00.");
        await Expect(Recharges.SameDay).ToContainTextAsync("because a charge for Object storage of $22.00 left $13.00 available, below $20.00.");
        await Page.ShouldBeAccessibleAsync();

        await Hands.PressAsync(Recharges.SameDay.GetByRole(AriaRole.Link, new() { Name = "Recharge 1" }));
        await Expect(Recharges.Title).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("/1$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Expect(Recharges.SameDay).ToContainTextAsync("because a charge for Compute of $48.00");
        await Expect(Recharges.Steps.Last).ToContainTextAsync("Settled");
    }
}
