using System.Globalization;
using Microsoft.Playwright;

namespace BillingPortal.E2E.Pages;

/// <summary>An organization's recharges, and the flight record of one.</summary>
public sealed class Recharges(IPage page) : PortalPage(page)
{
    /// <summary>The list, newest first.</summary>
    public ILocator Rows => Main.Locator("tbody").GetByRole(AriaRole.Row);

    /// <summary>What happened and why, in a sentence.</summary>
    public ILocator Sentence => Main.Locator("p.rule");

    /// <summary>Every step.</summary>
    public ILocator Steps => Page.GetByRole(AriaRole.Region, new() { Name = "Flight record" }).GetByRole(AriaRole.Listitem);

    /// <summary>The figures as they stood when it was decided.</summary>
    public ILocator Why => Page.GetByRole(AriaRole.Region, new() { Name = "Why it was decided" });

    /// <summary>The others of its day.</summary>
    public ILocator SameDay => Page.GetByRole(AriaRole.Region, new() { Name = "The same day" });

    /// <summary>Opens the list.</summary>
    public Task OpenAsync(long organization) => OpenAsync($"/organizations/{organization}/recharges");

    /// <summary>Opens one by its link in the list.</summary>
    public async Task ReadAsync(int number, Hands hands)
    {
        await hands.PressAsync(Main.GetByRole(AriaRole.Link, new() { Name = string.Create(CultureInfo.InvariantCulture, $"Recharge {number}"), Exact = true }));
        await Assertions.Expect(Title).ToHaveTextAsync(new System.Text.RegularExpressions.Regex($"^Recharge .*/{number}$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    /// <summary>Leaves in the list only what was decided on <paramref name="day"/>.</summary>
    public async Task OnlyOfAsync(DateOnly day, Hands hands)
    {
        await hands.PressAsync(Button("Filter"));
        await hands.DayAsync(Page.GetByLabel("Decided from"), day);
        await hands.DayAsync(Page.GetByLabel("To, included"), day);
        await hands.PressAsync(Button("Show matches"));
        await Page.WaitForURLAsync("**from=*");
    }
}
