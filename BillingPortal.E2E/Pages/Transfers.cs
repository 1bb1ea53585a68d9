using Microsoft.Playwright;

namespace BillingPortal.E2E.Pages;

/// <summary>Moving value between a reseller and its sub-organizations.</summary>
public sealed class Transfers(IPage page) : PortalPage(page)
{
    /// <summary>Both ledgers before and after.</summary>
    public ILocator Preview => Page.GetByRole(AriaRole.Region, new() { Name = "What will happen" });

    /// <summary>The receipt.</summary>
    public ILocator Receipt => Page.GetByRole(AriaRole.Status, new() { Name = "Receipt" });

    /// <summary>Opens it for the one that gives.</summary>
    public Task OpenAsync(long giver) => OpenAsync($"/organizations/{giver}/transfer");

    /// <summary>The ledger of one side, in the preview.</summary>
    public ILocator Ledger(string organization) => Preview.GetByRole(AriaRole.Region, new() { Name = organization, Exact = true });

    /// <summary>Fills in how much of the cash goes to whom.</summary>
    public async Task FillAsync(string to, string amount, Hands hands)
    {
        await hands.ChooseAsync(Field("To"), to);
        await hands.WriteAsync(Field("Amount"), amount);
    }

    /// <summary>Does what the button says.</summary>
    public Task DoAsync(string act, Hands hands) => hands.PressAsync(Button(act));

    /// <summary>From the receipt to the page that undoes it.</summary>
    public async Task ToUndoAsync(Hands hands)
    {
        await hands.PressAsync(Receipt.GetByRole(AriaRole.Link, new() { Name = "Undo" }));
        await Assertions.Expect(Title).ToHaveTextAsync("Undo a transfer");
    }
}
