using BillingPortal.Capabilities.AdjustingBalances;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Tests.Setup;
using Bunit;

namespace BillingPortal.Tests.Capabilities.AdjustingBalances;

/// <summary>The page that undoes an entry, in each of its states.</summary>
public sealed class UndoEntryPageTests(TestDatabases databases) : AdjustingTest(databases)
{
    private const string Button = ".confirm button.btn--primary";

    [Fact]
    public async Task Undoing_is_a_preview_of_the_reversal_and_its_receipt()
    {
        await Ledger.DoneAsync(Ledger.Adjust(Acme, new Adjustment.Add(AccountKind.Bonus, Ledger.Micros(5))));
        var page = Undo(2);
        Words(page, "tr.changed").ShouldBe("Bonus 25.00 −5.00 20.00");
        page.Find(Button).TextContent.ShouldBe($"Undo entry {Acme}/2: −$5.00 for Acme Robotics");
        await page.Find(Button).ClickAsync(new());
        Words(page, ".receipt .t").ShouldBe($"Undid entry {Acme}/2 of Acme Robotics");
        (await EntriesAsync()).ShouldBe(["paid_in", "goodwill", "undone"]);
    }

    [Fact]
    public async Task What_was_undone_says_by_what_and_is_not_undone_again()
    {
        await Ledger.DoneAsync(Ledger.Adjust(Acme, new Adjustment.Add(AccountKind.Bonus, Ledger.Micros(5))));
        await Ledger.DoneAsync(Ledger.Reverse(Acme, 2));
        var page = Undo(2);
        Words(page, ".note.n-bad").ShouldContain($"Nothing was posted. Entry {Acme}/2 was undone by {Acme}/3.");
        page.Find(".note a").GetAttribute("href").ShouldBe($"/organizations/{Acme}/journal/3");
        page.FindAll(Button).ShouldBeEmpty();
    }

    [Fact]
    public void A_payment_is_refunded_not_undone() => Words(Undo(1), ".note.n-bad").ShouldContain("A payment is refunded, not undone.");

    [Fact]
    public async Task What_was_spent_since_leaves_the_largest_correction_possible()
    {
        await Ledger.DoneAsync(Ledger.Adjust(Acme, new Adjustment.Add(AccountKind.Promotional, Ledger.Micros(5))));
        await Ledger.DoneAsync(Ledger.Charge(Acme, 3));
        var page = Undo(2);
        Words(page, ".note.n-bad").ShouldContain("The largest correction possible now is $2.00.");
        var instead = page.Find(".note a");
        instead.TextContent.ShouldBe("Take away $2.00 instead…");
        instead.GetAttribute("href").ShouldBe($"/organizations/{Acme}/adjust?direction=takeaway&bucket=promotional&amount=2.00");
    }

    [Fact]
    public async Task Support_does_not_put_back_cash_that_finance_took_away()
    {
        await Ledger.DoneAsync(Ledger.Adjust(Acme, new Adjustment.Add(AccountKind.Cash, -Ledger.Micros(5))));
        SignInAs(Support);
        Words(Undo(2), ".note.n-bad").ShouldContain("Finance may.");
    }

    [Fact]
    public void The_proposed_correction_fills_the_form_in()
    {
        var page = Adjust("?direction=takeaway&bucket=promotional&amount=2.00");
        page.Find("input.money").GetAttribute("value").ShouldBe("2.00");
        page.Find("input[value=TakeAway]").HasAttribute("checked").ShouldBeTrue();
    }

    [Fact]
    public void An_entry_that_is_not_there_says_so()
    {
        var page = Render<UndoEntryPage>(p => p.Add(u => u.Number, Acme.Value).Add(u => u.Seq, 99));
        page.WaitForElement(".state h3").TextContent.ShouldBe("You cannot undo this entry");
    }

    private IRenderedComponent<UndoEntryPage> Undo(long seq)
    {
        var page = Render<UndoEntryPage>(p => p.Add(u => u.Number, Acme.Value).Add(u => u.Seq, seq));
        page.WaitForElement(".kv");
        page.WaitForAssertion(() => (page.FindAll(Button).Count + page.FindAll(".note.n-bad").Count).ShouldBe(1));
        return page;
    }
}
