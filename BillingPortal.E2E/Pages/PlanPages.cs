using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BillingPortal.E2E.Pages;

/// <summary>An organization's plan, and the steps to another.</summary>
public sealed class PlanPages(IPage page, Hands hands) : PortalPage(page)
{
    /// <summary>The plan as it stands.</summary>
    public ILocator Standing => Page.Locator("section[aria-labelledby=plan-now]");

    /// <summary>What happened.</summary>
    public ILocator Receipt => Page.GetByRole(AriaRole.Status, new() { Name = "Receipt" });

    /// <summary>The step's heading, which has the focus when one arrives.</summary>
    public ILocator Step => Page.Locator("#plan-step");

    /// <summary>What is charged today, with its currency.</summary>
    public ILocator ChargedToday => Page.Locator(".due table").First.Locator("tfoot td");

    /// <summary>Opens it.</summary>
    public Task OpenAsync(long organization) => OpenAsync($"/organizations/{organization}/plan");

    /// <summary>Follows one of the acts below the plan.</summary>
    public async Task ActAsync(string words, string arrives)
    {
        await hands.PressAsync(Standing.GetByRole(AriaRole.Link, new() { Name = words }));
        await ArrivedAsync(arrives);
    }

    /// <summary>Chooses in the comparison.</summary>
    public async Task ChooseAsync(string words)
    {
        await hands.PickAsync(Page.GetByRole(AriaRole.Radio, new() { Name = words, Exact = true }));
        await Expect(Page.GetByRole(AriaRole.Radio, new() { Name = words, Exact = true })).ToBeCheckedAsync();
    }

    /// <summary>Goes on to the next step.</summary>
    public async Task NextAsync(string arrives)
    {
        await hands.PressAsync(Button(Shape.Begins("Next: ")));
        await ArrivedAsync(arrives);
    }

    /// <summary>Writes a coupon.</summary>
    public Task CouponAsync(string code) => hands.WriteAsync(Field("Coupon (optional)"), code);

    /// <summary>Confirms what is shown.</summary>
    public Task ConfirmAsync(string words) => hands.PressAsync(Page.Locator(".confirm").GetByRole(AriaRole.Button, new() { Name = words }));

    /// <summary>Adds a card at the provider's page, to which a link of that name leads, and comes back to the step of the payment method.</summary>
    public async Task AddCardAsync(string link, string number)
    {
        var cards = new OrganizationCards(Page);
        await hands.PressAsync(Main.GetByRole(AriaRole.Link, new() { Name = link }));
        await cards.LeaveForTheProviderAsync(hands);
        await cards.TypeAsync(number, hands);
        await Expect(Step).ToHaveTextAsync("Payment method");
        await BecomeInteractiveAsync();
    }

    /// <summary>A step is there, and has the focus.</summary>
    public async Task ArrivedAsync(string title)
    {
        await Expect(Step).ToHaveTextAsync(title);
        await Expect(Step).ToBeFocusedAsync();
    }
}
