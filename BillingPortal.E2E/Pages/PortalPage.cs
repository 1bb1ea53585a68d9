using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace BillingPortal.E2E.Pages;

/// <summary>
/// What every page of the portal has. Page objects speak the user's words and find things as a person does: by role and name,
/// by label, by text.
/// </summary>
public abstract class PortalPage(IPage page)
{
    /// <summary>The browser's page, for what this object has no word for.</summary>
    public IPage Page => page;

    /// <summary>The page's one top heading.</summary>
    public ILocator Title => page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    /// <summary>The part that changes from page to page.</summary>
    public ILocator Main => page.GetByRole(AriaRole.Main);

    /// <summary>Opens <paramref name="path"/> and waits until the page answers to clicks and keys.</summary>
    protected async Task OpenAsync(string path)
    {
        await page.GotoAsync(path);
        await BecomeInteractiveAsync();
    }

    /// <summary>Waits until the page answers to clicks and keys: the shell marks itself once its circuit is up.</summary>
    public Task BecomeInteractiveAsync() => page.Locator("[data-interactive]").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });

    /// <summary>A button by what it says.</summary>
    protected ILocator Button(string name) => page.GetByRole(AriaRole.Button, new() { Name = name });

    /// <summary>A button by the beginning or shape of what it says, as in "Add $250.00 …".</summary>
    protected ILocator Button(Regex name) => page.GetByRole(AriaRole.Button, new() { NameRegex = name });

    /// <summary>A link by what it says.</summary>
    protected ILocator Link(string name) => page.GetByRole(AriaRole.Link, new() { Name = name });

    /// <summary>An input by its label.</summary>
    protected ILocator Field(string label) => page.GetByLabel(label, new() { Exact = true });

    /// <summary>A table by its caption.</summary>
    protected ILocator Table(string caption) => page.GetByRole(AriaRole.Table, new() { Name = caption });
}
