using BillingPortal.E2E.Pages;
using BillingPortal.Store;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BillingPortal.E2E.Journeys;

/// <summary>A card that can be added and then declines: tried again after 1, 6 and 24 hours, given up, and resumed by another card.</summary>
public sealed class DecliningCardTests(SandboxMoneyFixture portal, Browsers browsers) : BrowserTest(portal, browsers), IClassFixture<SandboxMoneyFixture>
{
    private MouseHands Hands => new(Page);

    private OrganizationCards Cards => new(Page);

    private BillingEditor Editor => new(Page);

    private Recharges Recharges => new(Page);

    [Fact]
    public async Task A_declining_card_is_tried_four_times_and_suspended_and_a_new_card_resumes()
    {
        var number = await portal.NumberOfAsync("Acme Labs");
        await new SigningIn(Page).AsAsync(DemoPeople.Reseller, $"/organizations/{number}/cards");
        await AddAsync("4000 0000 0000 9902");
        await SaveRuleThatChargesAtOnceAsync(number);

        await DeclineAsync(number, attempt: 1);
        foreach (var (attempt, hours) in new[] { (2, 1), (3, 6) })
        {
            (await portal.FlyAsync(number)).ShouldBe(0, "nothing is tried before its time");
            portal.Clock.Advance(TimeSpan.FromHours(hours));
            await DeclineAsync(number, attempt);
        }

        await SignInAgainAfterAsync(TimeSpan.FromHours(24));
        (await portal.FlyAsync(number)).ShouldBe(1);
        await SuspendedAsync(number);
        portal.Clock.Advance(TimeSpan.FromHours(2));
        (await portal.FlyAsync(number)).ShouldBe(0, "what was given up is not tried again");

        await ResumeAsync(number);
    }

    private async Task AddAsync(string card)
    {
        await Cards.LeaveForTheProviderAsync(Hands);
        await Cards.TypeAsync(card, Hands);
        await Expect(Cards.Receipt).ToContainTextAsync("Recharges charge it from now on.");
    }

    private async Task SaveRuleThatChargesAtOnceAsync(long number)
    {
        await Editor.OpenAsync(number);
        await Editor.SwitchRechargeAsync(Hands);
        await Hands.WriteAsync(Editor.Threshold, "500");
        await Hands.WriteAsync(Editor.Amount, "50");
        await Editor.SaveAsync("Save rule and charge $50.00 now", Hands);
        await Expect(Editor.Receipt).ToContainTextAsync("Visa ·9902 is charged $50.00 at once.");
        await Expect(Editor.Main).ToContainTextAsync("A recharge is on its way.");
    }

    private async Task DeclineAsync(long number, int attempt)
    {
        (await portal.FlyAsync(number)).ShouldBe(1);
        await Editor.OpenAsync(number);
        await Expect(Editor.Main).ToContainTextAsync("The card was declined.");
        await Expect(Editor.Main).ToContainTextAsync("is tried again on");
        await Recharges.OpenAsync(number);
        await Expect(Recharges.Rows).ToHaveCountAsync(1);
        await Recharges.ReadAsync(1, Hands);
        await Expect(Recharges.Steps.Last).ToContainTextAsync($"Declined, attempt {attempt}");
        await Expect(Recharges.Steps.Last).ToContainTextAsync("insufficient funds");
        await Expect(Recharges.Main).ToContainTextAsync($"Attempt {attempt + 1} of 4");
    }

    /// <summary>Nobody stays signed in for a day.</summary>
    private async Task SignInAgainAfterAsync(TimeSpan span)
    {
        portal.Clock.Advance(span);
        await Page.Context.ClearCookiesAsync();
        await new SigningIn(Page).AsAsync(DemoPeople.Reseller);
    }

    private async Task SuspendedAsync(long number)
    {
        await Editor.OpenAsync(number);
        await Expect(Editor.Main).ToContainTextAsync("Payment failed.");
        await Page.ShouldBeAccessibleAsync();
        await Hands.PressAsync(Editor.Main.Locator(".note").GetByRole(AriaRole.Link, new() { Name = "Cards" }));
        await Expect(Cards.Title).ToHaveTextAsync("Cards");
        await Expect(Cards.Row("Visa ·9902")).ToContainTextAsync("Not charged any more: failed on");
        await Expect(Cards.Row("Visa ·9902")).ToContainTextAsync("insufficient funds");
        await Expect(Cards.Main).ToContainTextAsync("Auto-recharge is suspended");
        await Page.ShouldBeAccessibleAsync();
    }

    private async Task ResumeAsync(long number)
    {
        await AddAsync("4242 4242 4242 4242");
        await Expect(Cards.Receipt).ToContainTextAsync("One is due and goes on with it at once.");
        (await portal.FlyAsync(number)).ShouldBe(1);
        await Editor.OpenAsync(number);
        await Expect(Editor.Main).ToContainTextAsync("Recharge on");
        await Recharges.OpenAsync(number);
        await Expect(Recharges.Rows).ToHaveCountAsync(2);
        await Expect(Recharges.Rows.First).ToContainTextAsync("Settled");
        await Expect(Recharges.Rows.Last).ToContainTextAsync("Failed");
        await Page.ShouldBeAccessibleAsync();
    }
}
