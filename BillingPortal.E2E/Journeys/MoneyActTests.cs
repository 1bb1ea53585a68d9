using BillingPortal.E2E.Pages;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BillingPortal.E2E.Journeys;

/// <summary>What goes wrong between a preview and its receipt: two clicks, another person, a connection that is lost.</summary>
public sealed class MoneyActTests(PortalFixture portal, Browsers browsers) : BrowserTest(portal, browsers), IClassFixture<PortalFixture>
{
    private MoneyActs Money => new(Page);

    [Fact]
    public async Task A_double_click_posts_once()
    {
        var number = await OpenAsync("Harbor Logistics");
        await Money.FillAsync("4.20", "Bonus", "Goodwill");
        var act = Money.Act("Add $4.20 pre-pay bonus to Harbor Logistics");
        await Expect(act).ToBeEnabledAsync();
        var before = await EntriesAsync(number);

        await act.EvaluateAsync("button => { button.click(); button.click(); }");

        await Expect(Money.Receipt).ToContainTextAsync("Added $4.20");
        (await EntriesAsync(number)).ShouldBe(before + 1);
    }

    [Fact]
    public async Task A_preview_overtaken_by_another_person_posts_nothing_and_shows_both_versions()
    {
        var number = await OpenAsync("Northwind Labs");
        await Page.GetByText("Set what remains").ClickAsync();
        await Page.GetByLabel("Remains", new() { Exact = true }).FillAsync("60");
        await new MouseHands(Page).ChooseAsync(Money.Bucket, "Bonus");
        await new MouseHands(Page).ChooseAsync(Money.Reason, "Goodwill");
        var act = Money.Act("Set pre-pay bonus of Northwind Labs to $60.00");
        await Expect(act).ToBeEnabledAsync();

        var finance = await AnotherPersonAsync();
        var theirs = new MoneyActs(finance);
        await new SigningIn(finance).AsAsync(DemoPeople.Finance, $"/organizations/{number}/adjust");
        await theirs.FillAsync("1", "Bonus", "Promotion");
        await theirs.Act("Add $1.00 pre-pay bonus").ClickAsync();
        await Expect(theirs.Receipt).ToBeVisibleAsync();
        var before = await EntriesAsync(number);

        await act.ClickAsync();
        var stale = Money.Main.GetByText("It went stale: nothing was posted.");
        await Expect(stale).ToBeVisibleAsync();
        await Expect(Money.Main).ToContainTextAsync("Bonus changed from");
        (await EntriesAsync(number)).ShouldBe(before);
        await Page.ShouldBeAccessibleAsync();
        (await Reflow.ProblemsAt320Async(Page)).ShouldBeEmpty();

        await Page.GetByRole(AriaRole.Button, new() { Name = "Show the new preview" }).ClickAsync();
        await act.ClickAsync();
        await Expect(Money.Receipt).ToContainTextAsync("Set pre-pay bonus of Northwind Labs to $60.00");
        (await EntriesAsync(number)).ShouldBe(before + 1);
    }

    [Fact]
    public async Task A_lost_connection_keeps_the_draft()
    {
        var lines = await LineAsync();
        await OpenAsync("Lumen Schools");
        await Money.FillAsync("0.50", "Bonus", "Goodwill", "Written before the tunnel");
        await Expect(Money.Act("Add $0.50")).ToBeVisibleAsync();

        await lines.CutAsync();
        await Expect(Page.Locator("#components-reconnect-modal")).ToContainTextAsync("Connection lost");
        await lines.MendAsync();
        await Page.ReloadAsync();

        await Money.BecomeInteractiveAsync();
        await Expect(Money.Amount).ToHaveValueAsync("0.50");
        await Expect(Money.Comment).ToHaveValueAsync("Written before the tunnel");
        await Expect(Money.Row("Bonus")).ToContainTextAsync("+0.50");
    }

    [Fact]
    public async Task A_connection_lost_between_submit_and_answer_posts_once_and_the_receipt_follows()
    {
        var lines = await LineAsync();
        var number = await OpenAsync("Baltic Maps");
        await Money.FillAsync("3", "Bonus", "Goodwill");
        var act = Money.Act("Add €3.00 pre-pay bonus to Baltic Maps");
        await Expect(act).ToBeEnabledAsync();
        var before = await EntriesAsync(number);

        lines.DeafenAfterDraft();
        await act.ClickAsync();
        await Until(async () => await EntriesAsync(number) == before + 1);
        await lines.MendAsync();
        await Page.ReloadAsync();

        await Expect(Money.Receipt).ToContainTextAsync("nothing was posted twice");
        (await EntriesAsync(number)).ShouldBe(before + 1);
    }

    private async Task<Line> LineAsync()
    {
        var line = new Line();
        await line.LayAsync(Page);
        return line;
    }

    private async Task<long> OpenAsync(string name)
    {
        await using var store = await Portal.Services.GetRequiredService<IDbContextFactory<BillingStore>>().CreateDbContextAsync();
        var number = await store.Organizations.Where(organization => organization.Name == name).Select(organization => organization.Id).SingleAsync();
        await new SigningIn(Page).AsAsync(DemoPeople.Support, $"/organizations/{number}/adjust");
        return number;
    }

    private async Task<int> EntriesAsync(long number)
    {
        await using var store = await Portal.Services.GetRequiredService<IDbContextFactory<BillingStore>>().CreateDbContextAsync();
        return await store.Entries.CountAsync(entry => entry.OrganizationId == number);
    }

    /// <summary>Asks again after every frame the browser draws, until it is so.</summary>
    private async Task Until(Func<Task<bool>> so)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await so())
        {
            patience.IsCancellationRequested.ShouldBeFalse("the entry was never posted");
            await Page.EvaluateAsync("() => new Promise(drawn => requestAnimationFrame(drawn))");
        }
    }
}
