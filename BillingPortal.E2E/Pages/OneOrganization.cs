using Microsoft.Playwright;

namespace BillingPortal.E2E.Pages;

/// <summary>One organization's page and, from there, its journal, an entry, and its balances in the past.</summary>
public sealed class OneOrganization(IPage page) : PortalPage(page)
{
    /// <summary>What it holds, by bucket.</summary>
    public ILocator Held => Part("Value held");

    /// <summary>What it owes.</summary>
    public ILocator Owed => Part("Owed");

    /// <summary>What it used.</summary>
    public ILocator Spend => Page.GetByRole(AriaRole.Region, new() { NameRegex = Shape.Begins("Spend in ") });

    /// <summary>Its newest entries.</summary>
    public ILocator Latest => Page.GetByRole(AriaRole.Table, new() { NameRegex = Shape.Begins("Latest entries") });

    /// <summary>The entries of its journal.</summary>
    public ILocator Entries => Main.GetByRole(AriaRole.Table).First;

    /// <summary>The postings of an entry.</summary>
    public ILocator Postings => Page.GetByRole(AriaRole.Table, new() { NameRegex = Shape.Begins("Postings") });

    /// <summary>The answer to "why this amount?"; one is open at a time.</summary>
    public ILocator Why => Page.Locator(".pop:popover-open");

    /// <summary>Opens its page.</summary>
    public Task OpenAsync(long number) => OpenAsync($"/organizations/{number}");

    /// <summary>A link of the page's head, by how it begins.</summary>
    public ILocator Act(string begins) =>
        Main.GetByRole(AriaRole.Link, new() { NameRegex = Shape.Begins(begins) }).First;

    /// <summary>The button that explains the amount in a row of <paramref name="table"/>.</summary>
    public static ILocator Explains(ILocator table, int row) => table.GetByRole(AriaRole.Row).Nth(row + 1).GetByRole(AriaRole.Button, new() { Name = "Explain" });

    private ILocator Part(string title) => Page.GetByRole(AriaRole.Region, new() { Name = title, Exact = true });
}
