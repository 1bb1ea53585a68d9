using BillingPortal.Capabilities.Notifying;
using BillingPortal.Domain;
using BillingPortal.E2E.Pages;
using BillingPortal.Store;
using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BillingPortal.E2E.Journeys;

/// <summary>What an organization's people are told, in the bell, on its page and by mail.</summary>
public sealed class NotificationTests(PortalFixture portal, Browsers browsers) : BrowserTest(portal, browsers), IClassFixture<PortalFixture>
{
    private ILocator Bell => Page.GetByRole(AriaRole.Button, new() { NameRegex = Shape.Begins("Notifications") });

    private ILocator Opened => Page.GetByRole(AriaRole.Dialog, new() { Name = "Notifications" });

    [Fact]
    public async Task The_bell_is_worked_by_keyboard_and_gives_the_focus_back()
    {
        await TellAsync("recharge_failed", "Recharge of Acme Robotics was declined");
        await TellAsync("low_balance", "Acme Robotics is below $20.00");
        await new SigningIn(Page).AsAsync(DemoPeople.Reseller);
        await Expect(Bell).ToHaveAccessibleNameAsync(Shape.Begins("Notifications, "));
        await Bell.FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Opened.GetByRole(AriaRole.Link).First).ToHaveTextAsync("Acme Robotics is below $20.00");
        await Page.ShouldBeAccessibleAsync();
        (await Reflow.ProblemsAt320Async(Page)).ShouldBeEmpty();

        await Page.Keyboard.PressAsync("Escape");
        await Expect(Opened).ToBeHiddenAsync();
        await Expect(Bell).ToBeFocusedAsync();

        await Page.Keyboard.PressAsync("Enter");
        await Expect(Opened.GetByRole(AriaRole.Link).First).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("Tab");
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Mark all as read" }).First).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Tab");
        await Page.Keyboard.PressAsync("Enter");
        await Page.WaitForURLAsync("**/organizations/10001");
        await Expect(Opened).ToBeHiddenAsync();
        await Expect(new AnyPage(Page).Title).ToBeFocusedAsync();
    }

    [Fact]
    public async Task What_is_read_is_counted_no_more_and_the_mail_can_be_looked_at()
    {
        await TellAsync("out_of_balance", "Acme Robotics has nothing left");
        await MailAsync();
        await new SigningIn(Page).AsAsync(DemoPeople.Reseller, "/notifications");
        await Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Mark all as read" }).ClickAsync();
        await Expect(Bell).ToHaveAccessibleNameAsync("Notifications");
        await Expect(Page.GetByRole(AriaRole.Main).GetByText("Unread", new() { Exact = true })).ToHaveCountAsync(1);

        var support = await AnotherPersonAsync();
        await new SigningIn(support).AsAsync(DemoPeople.Support, "/mail");
        await support.GetByRole(AriaRole.Link, new() { Name = "Acme Robotics has nothing left" }).ClickAsync();
        await Expect(support.Locator("pre")).ToContainTextAsync("To: " + DemoPeople.Reseller.Email);
        await Expect(support.Locator("pre")).ToContainTextAsync("You get this mail because you administer Acme Robotics.");
    }

    private async Task TellAsync(string kind, string title)
    {
        await using var store = await Portal.Services.GetRequiredService<IDbContextFactory<BillingStore>>().CreateDbContextAsync();
        store.Notifications.Add(new NotificationRow
        {
            OrganizationId = 10_001, At = Instant.Now(TimeProvider.System).Micros, Kind = kind, Title = title, Text = "Look at its billing.", Link = "/organizations/10001",
        });
        await store.SaveChangesAsync();
    }

    /// <summary>Has the mails written and put into the folder, as the job does every quarter of a minute.</summary>
    private async Task MailAsync()
    {
        await Portal.Services.GetRequiredService<MailNotices>().RunAsync(CancellationToken.None);
        await Portal.Services.GetRequiredService<SendMails>().RunAsync(CancellationToken.None);
    }
}
