using Microsoft.Playwright;

namespace BillingPortal.E2E.Pages;

/// <summary>An organization's cards, and the provider's page where one is typed.</summary>
public sealed class OrganizationCards(IPage page) : PortalPage(page)
{
    /// <summary>The cards on file.</summary>
    public ILocator Rows => Page.GetByRole(AriaRole.Main).Locator("tbody").GetByRole(AriaRole.Row);

    /// <summary>The one of that name, as in "Visa ·4242".</summary>
    public ILocator Row(string card) => Rows.Filter(new() { HasText = card });

    /// <summary>What happened.</summary>
    public ILocator Receipt => Page.GetByRole(AriaRole.Status, new() { Name = "Receipt" });

    /// <summary>What the sandbox's page says against a card.</summary>
    public ILocator Refusal => Page.GetByRole(AriaRole.Alert);

    /// <summary>Opens them.</summary>
    public Task OpenAsync(long organization) => OpenAsync($"/organizations/{organization}/cards");

    /// <summary>Goes to the provider's page.</summary>
    public async Task LeaveForTheProviderAsync(Hands hands)
    {
        await hands.PressAsync(Button("Go to the provider's page"));
        await Page.GetByLabel("Card number").WaitForAsync();
    }

    /// <summary>Types a number on the sandbox's page and sends it.</summary>
    public async Task TypeAsync(string number, Hands hands)
    {
        await hands.WriteAsync(Page.GetByLabel("Card number"), number);
        await hands.PressAsync(Button("Add this card"));
    }
}
