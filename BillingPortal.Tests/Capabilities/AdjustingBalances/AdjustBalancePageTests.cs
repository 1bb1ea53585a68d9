using BillingPortal.Capabilities.AdjustingBalances;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using Bunit;

namespace BillingPortal.Tests.Capabilities.AdjustingBalances;

/// <summary>The page that adjusts a balance, in each of its states.</summary>
public sealed class AdjustBalancePageTests(TestDatabases databases) : AdjustingTest(databases)
{
    private const string Cash = "3", Bonus = "4", Promotional = "2", Button = ".confirm button.btn--primary";

    [Fact]
    public void Before_it_is_filled_in_it_says_what_to_fill_in_and_offers_nothing_to_press()
    {
        var page = Adjust();
        page.FindAll(Button).ShouldBeEmpty();
        page.Markup.ShouldContain("before anything is posted");
        page.Find("form").Submit();
        page.FindAll(".err").Select(error => error.TextContent).ShouldBe(["Amount: Say how much.", "Bucket: Choose a bucket.", "Reason: Choose a reason."]);
    }

    [Fact]
    public async Task The_preview_shows_before_and_after_the_button_names_the_act_and_the_receipt_stands_in_the_page()
    {
        var page = Adjust();
        await FillAsync(page, "Add", "250,00", Cash, "bank_transfer");
        Words(page, ".echo").ShouldBe("Read as $250.00");
        Words(page, "tr.changed").ShouldBe("Cash 100.00 +250.00 350.00");
        page.FindAll(".plain")[1].QuerySelector("tfoot td")!.TextContent.ShouldBe("0.00");
        page.Markup.ShouldContain("Today you: $250.00 of $25,000.00. Acme Robotics: $250.00 of $25,000.00.");
        page.Find(".digest").TextContent.ShouldContain("Preview valid until 12:15");
        page.Find(Button).TextContent.ShouldBe("Add $250.00 pre-pay cash to Acme Robotics");

        await page.Find(Button).ClickAsync(new());

        Words(page, ".receipt .t").ShouldBe("Added $250.00 pre-pay cash to Acme Robotics");
        Words(page, ".receipt .facts").ShouldContain($"Entry {Acme}/2Cash 100.00 → 350.00Held 120.00 → 370.00");
        page.FindAll(".receipt a").Select(link => link.GetAttribute("href")).ShouldContain($"/organizations/{Acme}/journal/2/undo");
        (await EntriesAsync()).ShouldBe(["paid_in", "bank_transfer"]);
    }

    [Fact]
    public async Task A_second_submit_of_one_preview_is_the_same_act()
    {
        var form = new AdjustBalanceForm { Amount = 5, Bucket = AccountKind.Promotional, Reason = "goodwill" };
        var adjusting = new AdjustingBalance(new StoreOf(Ledger.Database), Ledger.Writer);
        var preview = (await adjusting.PreviewAsync(Finance, Acme, form, "once", default)).ShouldBeOfType<Outcome<Preview>.Done>().Value;
        var twice = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => adjusting.CommitAsync(Finance, Acme, form, Agreement.To(preview), "once", default)));
        twice.Select(answer => answer.ShouldBeOfType<Outcome<Receipt>.Done>().Value.Entries.Single().Seq).ShouldBe([2, 2]);
        (await EntriesAsync()).Length.ShouldBe(2);
    }

    [Fact]
    public async Task When_it_went_stale_both_versions_are_shown_and_nothing_is_posted()
    {
        var page = Adjust();
        await FillAsync(page, "SetRemaining", "30", Bonus);
        Words(page, "tr.changed").ShouldBe("Bonus 20.00 +10.00 30.00");
        await Ledger.DoneAsync(Ledger.Adjust(Acme, new Adjustment.Add(AccountKind.Bonus, Ledger.Micros(4))));

        await page.Find(Button).ClickAsync(new());

        Words(page, ".note.n-warn").ShouldContain("It went stale: nothing was posted. Bonus changed from $20.00 to $24.00 while you were looking.");
        page.FindAll(".versus tr.changed").Select(row => row.TextContent).Select(text => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
            .ShouldBe(["Bonus 20.00 +10.00 30.00", "Bonus 24.00 +6.00 30.00"]);
        page.FindAll(Button).ShouldBeEmpty();
        (await EntriesAsync()).Length.ShouldBe(2);
        page.FindAll(".note button").Single(button => button.TextContent == "Show the new preview").Click();
        await page.WaitForElement(Button).ClickAsync(new());
        page.WaitForElement(".receipt");
        (await EntriesAsync()).Length.ShouldBe(3);
    }

    [Fact]
    public async Task Adding_survives_what_others_post_meanwhile()
    {
        var page = Adjust();
        await FillAsync(page, "Add", "10", Bonus);
        await Ledger.DoneAsync(Ledger.Charge(Acme, 1));
        await page.Find(Button).ClickAsync(new());
        Words(page, ".receipt .facts").ShouldContain("Bonus 20.00 → 30.00Held 119.00 → 129.00");
    }

    [Fact]
    public async Task A_refusal_stands_at_its_field()
    {
        var page = Adjust();
        await FillAsync(page, "TakeAway", "100.01", Cash);
        page.WaitForElement(".err").TextContent.ShouldBe("Amount: Cash holds $100.00; no more than that can be taken.");
        page.FindAll(Button).ShouldBeEmpty();
    }

    [Fact]
    public async Task Support_may_not_raise_cash()
    {
        SignInAs(Support);
        var page = Adjust();
        await FillAsync(page, "Add", "1", Cash);
        page.WaitForElement(".err").TextContent.ShouldBe("Bucket: Support may not raise cash, which can be refunded. Finance may.");
    }

    [Fact]
    public async Task Above_the_limit_it_says_what_the_limit_is_and_posts_nothing()
    {
        SignInAs(Support);
        var page = Adjust();
        await FillAsync(page, "Add", "1000.01", Bonus);
        Words(page, ".note.n-warn").ShouldContain("Nothing was posted. It needs a second person's approval: $1,000.01 on top of $0.00 moved by you in 24 hours passes the limit of $1,000.00.");
        page.FindAll(Button).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unusual_amount_is_typed_once_more()
    {
        foreach (var amount in new[] { 2m, 3m, 4m })
        {
            await Ledger.DoneAsync(Ledger.Adjust(Acme, new Adjustment.Add(AccountKind.Bonus, Ledger.Micros(amount))));
        }

        var page = Adjust();
        await FillAsync(page, "Add", "30", Bonus);
        Words(page, ".confirmtype .note").ShouldContain("Unusual size. $30.00 is at least ten times the median of recent entries here, $3.00.");
        page.Find(Button).HasAttribute("disabled").ShouldBeTrue();
        page.Find(".confirmtype input").Input("300");
        page.Find(Button).HasAttribute("disabled").ShouldBeTrue();
        page.Find(".confirmtype input").Input("30,00");
        page.Find(Button).HasAttribute("disabled").ShouldBeFalse();
    }

    [Fact]
    public async Task A_preview_renews_itself_before_it_lapses()
    {
        var page = Adjust();
        await FillAsync(page, "Add", "10", Bonus);
        await Ledger.DoneAsync(Ledger.Adjust(Acme, new Adjustment.Add(AccountKind.Bonus, Ledger.Micros(1))));
        await PassAsync(TimeSpan.FromMinutes(14));
        page.WaitForAssertion(() => page.Find(".digest").TextContent.ShouldContain("valid until 12:2"));
        Words(page, "tr.changed").ShouldBe("Bonus 21.00 +10.00 31.00");
    }

    [Fact]
    public async Task An_unknown_outcome_is_asked_for_again_with_the_same_key()
    {
        var page = Adjust();
        await FillAsync(page, "Add", "10", Bonus);
        await using (var store = Ledger.Database.Read())
        {
            await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(store.Database, "ALTER TABLE posting RENAME TO gone");
        }

        await page.Find(Button).ClickAsync(new());
        Words(page, ".note.n-warn").ShouldStartWith("Outcome unknown.");
        page.Find(".cols--form > fieldset").HasAttribute("disabled").ShouldBeTrue();
        await using (var store = Ledger.Database.Read())
        {
            await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(store.Database, "ALTER TABLE gone RENAME TO posting");
        }

        await page.FindAll(".note button").Single(button => button.TextContent.Contains("same key", StringComparison.Ordinal)).ClickAsync(new());
        page.WaitForElement(".receipt");
        (await EntriesAsync()).Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_submit_whose_answer_was_lost_with_the_connection_is_answered_with_its_receipt()
    {
        var form = new AdjustBalanceForm { Amount = 7, Bucket = AccountKind.Bonus, Reason = "goodwill" };
        var adjusting = new AdjustingBalance(new StoreOf(Ledger.Database), Ledger.Writer);
        var preview = (await adjusting.PreviewAsync(Finance, Acme, form, "lost", default)).ShouldBeOfType<Outcome<Preview>.Done>().Value;
        await adjusting.CommitAsync(Finance, Acme, form, Agreement.To(preview), "lost", default);
        JSInterop.Setup<AdjustmentDraft?>("portal.findDraft", _ => true).SetResult(new AdjustmentDraft(form, "7", "lost"));

        var page = Adjust();

        Words(page, ".receipt").ShouldContain("Added $7.00 pre-pay bonus to Acme Robotics");
        Words(page, ".receipt").ShouldContain("nothing was posted twice");
        (await EntriesAsync()).Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_draft_of_a_lost_connection_is_filled_in_again()
    {
        JSInterop.Setup<AdjustmentDraft?>("portal.findDraft", _ => true)
            .SetResult(new AdjustmentDraft(new AdjustBalanceForm { Amount = 7, Bucket = AccountKind.Bonus, Reason = "goodwill", Comment = "kept" }, "7,00", null));
        var page = Adjust();
        page.WaitForAssertion(() => page.Find("textarea").GetAttribute("value").ShouldBe("kept"));
        await RestAsync(page);
        page.WaitForElement(Button).TextContent.ShouldBe("Add $7.00 pre-pay bonus to Acme Robotics");
    }
}
