using Microsoft.Playwright;

namespace BillingPortal.E2E.Pages;

/// <summary>What stands around every page, and any page by its address.</summary>
public sealed class AnyPage(IPage page) : PortalPage(page)
{
    /// <summary>The search in the top bar.</summary>
    public ILocator Search => Page.GetByRole(AriaRole.Combobox, new() { Name = "Search everything" });

    /// <summary>What the search found.</summary>
    public ILocator Found => Page.Locator("#q-list").GetByRole(AriaRole.Option);

    /// <summary>What the search says about itself.</summary>
    public ILocator Said => Page.Locator(".found").GetByRole(AriaRole.Status);

    /// <summary>The list of pages.</summary>
    public ILocator Menu => Page.GetByRole(AriaRole.Navigation, new() { Name = "Main" });

    /// <summary>One of the pages of the organization that is shown.</summary>
    public ILocator View(string title) =>
        Page.GetByRole(AriaRole.Navigation, new() { Name = "Pages of this organization" }).GetByRole(AriaRole.Link, new() { Name = title, Exact = true });

    /// <summary>Opens a page by its address.</summary>
    public new Task OpenAsync(string path) => base.OpenAsync(path);

    /// <summary>An entry of the list of pages.</summary>
    public ILocator MenuItem(string title) => Menu.GetByRole(AriaRole.Link, new() { Name = title });
}
