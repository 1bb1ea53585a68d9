using BillingPortal.Domain;
using BillingPortal.E2E.Pages;
using BillingPortal.Store;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BillingPortal.E2E.Journeys;

/// <summary>
/// The portal's central journey, as support walks it: find the customer, see what it owes and why, give it something, take it back,
/// and look at the books. The steps read in that order; each begins where the one before it ended.
/// </summary>
public abstract class SupportStory(PortalFixture portal, Browsers browsers) : BrowserTest(portal, browsers)
{
    private const string Gift = "12.50";

    /// <summary>How this support person works.</summary>
    protected abstract Hands Hands { get; }

    private AnyPage Around => new(Page);

    private OneOrganization Organization => new(Page);

    private MoneyActs Money => new(Page);

    /// <summary>The whole story.</summary>
    protected async Task TellAsync()
    {
        await Bill.ImportAsync(await AnotherPersonAsync());
        var (number, name, owed) = await Bill.LargestDebtorAsync(Portal.Services);

        await new SigningIn(Page).AsAsync(DemoPeople.Support, hands: Hands);
        await FindAsync(number, name);
        await AskWhyAsync(number, owed);
        var adjustment = await AdjustAsync(number, name);
        await UndoAsync(number, adjustment);
        await ReadJournalAsync(number, adjustment);
        await LookBackAsync(number, name, adjustment);
        await CheckBooksAsync();
    }

    private async Task FindAsync(long number, string name)
    {
        await Hands.ToSearchAsync(Around.Search);
        await Page.Keyboard.TypeAsync(name);
        var found = Around.Found.Filter(new() { HasText = name });
        await Hands.TakeAsync(found.First);
        await Expect(Organization.Title).ToHaveTextAsync(name);
        new Uri(Page.Url).AbsolutePath.ShouldBe($"/organizations/{number}");
        await Organization.BecomeInteractiveAsync();
    }

    private async Task AskWhyAsync(long number, long owed)
    {
        var amount = new Money(-owed, Currency.Of("USD")).ToDecimalString();
        await Expect(Organization.Held).ToContainTextAsync("$0.00");
        await Expect(Organization.Owed.Locator($"data[value='{amount}']").First).ToBeVisibleAsync();
        await Expect(Organization.Spend).ToBeVisibleAsync();

        await Hands.PressAsync(OneOrganization.Explains(Organization.Latest, 0));
        await Expect(Organization.Why).ToContainTextAsync("Change of value");
        await Hands.PressAsync(Organization.Why.GetByRole(AriaRole.Link).Last);
        await Expect(Organization.Title).ToHaveTextAsync(Shape.Begins($"Entry {number}/"));
        await Expect(Organization.Postings.GetByRole(AriaRole.Row, new() { Name = "Sum" })).ToContainTextAsync("0.00");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Explained" })).ToBeVisibleAsync();
        await Organization.BecomeInteractiveAsync();
    }

    private async Task<long> AdjustAsync(long number, string name)
    {
        await Hands.PressAsync(Page.GetByRole(AriaRole.Navigation, new() { Name = "Breadcrumb" }).GetByRole(AriaRole.Link, new() { Name = name }));
        await Expect(Organization.Title).ToHaveTextAsync(name);
        await Hands.PressAsync(Organization.Act("Adjust balance"));
        await Expect(Money.Title).ToHaveTextAsync("Adjust balance");
        await Money.FillAsync(Gift, "Bonus", "Goodwill", "Asked for by phone", Hands);

        await Expect(Money.Row("Bonus")).ToHaveTextAsync(Shape.Row("0.00", "+12.50", "12.50"));
        await Hands.WriteAsync(Money.Again, Gift);
        await Hands.PressAsync(Money.Act($"Add $12.50 pre-pay bonus to {name}"));
        await Expect(Money.Receipt).ToContainTextAsync($"Added $12.50 pre-pay bonus to {name}");
        return await EntryOfReceiptAsync(number);
    }

    private async Task UndoAsync(long number, long adjustment)
    {
        await Hands.PressAsync(Money.Receipt.GetByRole(AriaRole.Link, new() { Name = "Undo" }));
        await Expect(Money.Title).ToHaveTextAsync($"Undo entry {number}/{adjustment}");
        await Expect(Money.Row("Bonus")).ToHaveTextAsync(Shape.Row("12.50", "−12.50", "0.00"));
        await Hands.PressAsync(Money.Act($"Undo entry {number}/{adjustment}"));
        await Expect(Money.Receipt).ToContainTextAsync($"Undid entry {number}/{adjustment}");
        (await EntryOfReceiptAsync(number)).ShouldBe(adjustment + 1);
    }

    private async Task ReadJournalAsync(long number, long adjustment)
    {
        await Hands.PressAsync(Money.Receipt.GetByRole(AriaRole.Link, new() { Name = "Explain" }));
        await Expect(Organization.Title).ToHaveTextAsync($"Entry {number}/{adjustment + 1}");
        await Hands.PressAsync(Page.GetByRole(AriaRole.Navigation, new() { Name = "Breadcrumb" }).GetByRole(AriaRole.Link, new() { Name = "Journal" }));
        await Expect(Organization.Title).ToHaveTextAsync("Journal");
        var rows = Organization.Entries.Locator("tbody").GetByRole(AriaRole.Row);
        await Expect(rows.Nth(0)).ToContainTextAsync($"Reversal of {adjustment}");
        await Expect(rows.Nth(1)).ToContainTextAsync("Goodwill");
        await Expect(rows.Nth(1)).ToContainTextAsync("Reversed");
    }

    private async Task LookBackAsync(long number, string name, long adjustment)
    {
        await Hands.PressAsync(Organization.Entries.GetByRole(AriaRole.Link, new() { Name = $"Entry {adjustment}", Exact = true }));
        await Expect(Organization.Title).ToHaveTextAsync($"Entry {number}/{adjustment}");
        await Hands.PressAsync(Organization.Act("Balance when it took effect"));
        await Expect(Organization.Title).ToHaveTextAsync("Balance as of");
        await Expect(BonusThen).ToContainTextAsync("12.50");

        await Hands.DateAsync(Page.GetByLabel("Date and time in"), new DateOnly(2025, 1, 31));
        await Hands.PressAsync(Page.GetByRole(AriaRole.Button, new() { Name = "Show the balance" }));
        await Expect(Organization.Main).ToContainTextAsync("At 31 Jan 2025 00:00:00 UTC");
        await Expect(Organization.Main).ToContainTextAsync($"{name} held");
        await Expect(BonusThen).Not.ToContainTextAsync("12.50");
    }

    private async Task CheckBooksAsync()
    {
        await Hands.PressAsync(Around.MenuItem("Trial balance"));
        await Expect(Around.Title).ToHaveTextAsync("Trial balance");
        await Hands.PressAsync(Page.GetByRole(AriaRole.Button, new() { Name = "Check all again" }));
        var laws = Around.Main.Locator("table.laws tbody td:first-child");
        await Expect(laws).Not.ToHaveCountAsync(0);
        await Expect(laws.Filter(new() { HasNotText = "Holds" })).ToHaveCountAsync(0);
    }

    private ILocator BonusThen => Organization.Main.GetByRole(AriaRole.Table).GetByRole(AriaRole.Row, new() { Name = "Bonus" });

    private async Task<long> EntryOfReceiptAsync(long number)
    {
        var entry = await Money.Receipt.GetByRole(AriaRole.Link, new() { NameRegex = Shape.Begins($"{number}/") }).InnerTextAsync();
        return long.Parse(entry.Split('/')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
