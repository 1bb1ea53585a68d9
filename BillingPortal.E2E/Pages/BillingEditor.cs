using Microsoft.Playwright;

namespace BillingPortal.E2E.Pages;

/// <summary>Recharge and cap of one organization: the form, what it would have done, and what saving it does.</summary>
public sealed class BillingEditor(IPage page) : PortalPage(page)
{
    /// <summary>Below which a recharge starts.</summary>
    public ILocator Threshold => Input("Threshold");

    /// <summary>What a recharge charges.</summary>
    public ILocator Amount => Input("Amount");

    /// <summary>What recharges may charge in a month.</summary>
    public ILocator Limit => Input("Limit a month");

    /// <summary>What may be spent in a window.</summary>
    public ILocator Cap => Input("Cap");

    /// <summary>What the rule would have done.</summary>
    public ILocator Rehearsal => Page.GetByRole(AriaRole.Region, new() { Name = "Rehearsal" });

    /// <summary>What saving does.</summary>
    public ILocator Saving => Page.GetByRole(AriaRole.Region, new() { Name = "What saving does" });

    /// <summary>The receipt.</summary>
    public ILocator Receipt => Page.GetByRole(AriaRole.Status, new() { Name = "Receipt" });

    /// <summary>Opens it.</summary>
    public Task OpenAsync(long number) => OpenAsync($"/organizations/{number}/billing");

    /// <summary>Turns recharging on or off.</summary>
    public Task SwitchRechargeAsync(Hands hands) => hands.TickAsync(Switch("Auto-recharge"));

    /// <summary>Turns the cap on or off.</summary>
    public Task SwitchCapAsync(Hands hands) => hands.TickAsync(Switch("Spending cap"));

    /// <summary>Saves, by the button that says what that does.</summary>
    public Task SaveAsync(string act, Hands hands) => hands.PressAsync(Saving.GetByRole(AriaRole.Button, new() { Name = act, Exact = true }));

    /// <summary>A figure of the rehearsal, with its remark.</summary>
    public ILocator Figure(string name) => Rehearsal.Locator("dl.sum > div").Filter(new() { HasText = name });

    private ILocator Input(string label) => Page.GetByRole(AriaRole.Textbox, new() { NameRegex = Shape.Begins(label) });

    private ILocator Switch(string label) => Page.GetByRole(AriaRole.Switch, new() { Name = label, Exact = true });
}
