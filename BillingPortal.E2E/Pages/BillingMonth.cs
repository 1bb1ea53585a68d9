using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace BillingPortal.E2E.Pages;

/// <summary>The pages of a billing month, in the words of a finance administrator.</summary>
public sealed class BillingMonth(IPage page) : PortalPage(page)
{
    /// <summary>What was done.</summary>
    public ILocator Receipt => Page.GetByRole(AriaRole.Status, new() { Name = "Receipt" });

    /// <summary>Opens a page of it.</summary>
    public new Task OpenAsync(string path) => base.OpenAsync(path);

    /// <summary>Writes into a field.</summary>
    public Task WriteAsync(string label, string text) => Field(label).FillAsync(text);

    /// <summary>Presses a button by what it says.</summary>
    public Task PressAsync(string words) => Button(words).ClickAsync();

    /// <summary>Presses a button in the page's main part by how what it says begins.</summary>
    public Task PressAsync(Regex words) => Main.GetByRole(AriaRole.Button, new() { NameRegex = words }).First.ClickAsync();
}
