using BillingPortal.Store;
using Microsoft.Playwright;

namespace BillingPortal.E2E.Pages;

/// <summary>The way in.</summary>
public sealed class SigningIn(IPage page) : PortalPage(page)
{
    /// <summary>Signs in as one of the demo's people and stands on the page at <paramref name="to"/>, answering to clicks and keys.</summary>
    public async Task AsAsync(DemoPerson person, string to = "/", Hands? hands = null)
    {
        hands ??= new MouseHands(Page);
        await Page.GotoAsync("/sign-in?returnUrl=" + Uri.EscapeDataString(to));
        await hands.WriteAsync(Field("Email"), person.Email);
        await hands.WriteAsync(Field("Password"), DemoPeople.Password);
        await hands.PressAsync(Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }));
        await Page.WaitForURLAsync("**" + to);
        await BecomeInteractiveAsync();
    }
}
