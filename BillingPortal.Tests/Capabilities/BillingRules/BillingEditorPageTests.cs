using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Tests.Setup;
using Bunit;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Capabilities.BillingRules;

/// <summary>The billing editor in each of its states.</summary>
public sealed class BillingEditorPageTests(TestDatabases databases) : BillingRulesTest(databases)
{
    private const string Button = ".savebar .btn--primary";

    [Fact]
    public void Each_limit_says_what_it_does()
    {
        var page = Editor();
        page.FindAll(".role").Select(role => Plain(role.TextContent)).ShouldBe(["starts a recharge", "limits recharging", "stops usage", "alerts only"]);
        page.FindAll(".seg input")[1].Change(true);
        page.FindAll(".role").Select(role => Plain(role.TextContent)).ShouldContain("alerts only");
        page.FindAll(".role").Count(role => Plain(role.TextContent) == "stops usage").ShouldBe(0);
        page.FindAll(Button).Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_rule_is_restated_previewed_and_saved_with_a_receipt_and_its_history()
    {
        await CardAsync(Field);
        var page = Editor();
        await SwitchAsync(page, "Auto-recharge", on: true);
        await FillAsync(page, "Threshold", "20");
        await FillAsync(page, "Amount", "100,00");
        await FillAsync(page, "Limit a month", "500");
        Words(page, ".rule").ShouldBe("When Acme Field falls below $20.00, charge Visa ·4242 $100.00, at most $500.00 a month.");
        await RestAsync(page);
        Words(page, ".savebar .effects").ShouldContain("Auto-recharge off → on");
        Words(page, Button).ShouldBe("Save rule");

        await page.Find(Button).ClickAsync(new());

        Parts(page, ".receipt").ShouldStartWith("Saved the billing rule | Version | 1 → 2 | Auto-recharge | off → on | Threshold | none → $20.00");
        Parts(page, ".receipt").ShouldContain("By | Renate");
        page.WaitForAssertion(() => Words(page, ".flight .did").ShouldBe("Auto-recharge switched on by Renate"));
        Words(page, ".flight .why").ShouldContain("Threshold none → $20.00");
        Words(page, ".head .badge").ShouldBe("Recharge on");
        (await RuleAsync()).Recharge.ShouldBe(new AutoRecharge(true, Ledger.Micros(20), Ledger.Micros(100), Ledger.Micros(500)));
    }

    [Fact]
    public async Task It_warns_that_saving_charges_at_once_and_the_button_says_so()
    {
        await CardAsync(Field);
        var page = Editor();
        await SwitchAsync(page, "Auto-recharge", on: true);
        await FillAsync(page, "Threshold", "200");
        await FillAsync(page, "Amount", "100");
        await RestAsync(page);
        page.FindAll(".note.n-warn").Select(note => Plain(note.TextContent))
            .ShouldContain("Saving charges Visa ·4242 $100.00 at once. Acme Field has $120.00 available, below the threshold of $200.00.");
        Words(page, Button).ShouldBe("Save rule and charge $100.00 now");

        await page.Find(Button).ClickAsync(new());

        page.WaitForAssertion(() => Words(page, ".head .badge").ShouldBe("Waiting for payment"));
        page.Markup.ShouldContain("Visa ·4242 is charged $100.00 at once.");
    }

    [Fact]
    public async Task A_cap_below_what_is_spent_warns_and_stops_charges_when_saved()
    {
        await Ledger.DoneAsync(Ledger.Charge(Field, 30));
        var page = Editor();
        await SwitchAsync(page, "Spending cap", on: true);
        await FillAsync(page, "Cap", "25");
        await RestAsync(page);
        page.Markup.ShouldContain("Saving stops the next charge.");
        page.Markup.ShouldContain("Spent in this window: $30.00, or 120 %.");
        Words(page, Button).ShouldBe("Save rule and stop charges");
        await page.Find(Button).ClickAsync(new());
        page.WaitForElement(".receipt");
        (await Ledger.RunAsync(Ledger.Charge(Field, 1))).ShouldBeOfType<Outcome<BillingPortal.Store.Receipt>.Refused>();
    }

    [Theory]
    [InlineData("4.99"), InlineData("500.01"), InlineData("abc"), InlineData("-1"), InlineData("")]
    public async Task What_cannot_be_meant_stands_at_its_field_and_nothing_can_be_saved(string threshold)
    {
        var page = Editor();
        await SwitchAsync(page, "Auto-recharge", on: true);
        await FillAsync(page, "Amount", "100");
        await FillAsync(page, "Threshold", threshold);
        await RestAsync(page);
        page.FindAll(".err").Count(error => error.TextContent.StartsWith("Threshold: ", StringComparison.Ordinal)).ShouldBe(1);
        Words(page, ".savebar .denied").ShouldBe("1 field to correct: Threshold");
        page.FindAll(Button).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_limit_that_cannot_be_read_is_not_taken_for_none()
    {
        var page = Editor();
        await FillAsync(page, "Limit a month", "5OO");
        Words(page, ".savebar .denied").ShouldBe("1 field to correct: Limit a month");
    }

    [Fact]
    public async Task When_somebody_saved_meanwhile_it_goes_stale_and_nothing_is_saved()
    {
        await CardAsync(Field);
        var page = Editor();
        await SwitchAsync(page, "Auto-recharge", on: true);
        await FillAsync(page, "Threshold", "20");
        await FillAsync(page, "Amount", "100");
        await RestAsync(page);
        await SetAsync(Wish(threshold: 30));

        await page.Find(Button).ClickAsync(new());

        page.Markup.ShouldContain("It went stale: nothing was saved.");
        (await RuleAsync()).Recharge.Threshold.ShouldBe(Ledger.Micros(30));
        page.FindAll(".versus h2").Select(head => head.TextContent).ShouldBe(["What you saw", "Now"]);
        Words(page, ".versus").ShouldContain("Threshold $30.00 → $20.00");
    }

    [Fact]
    public async Task Off_says_by_whom_and_when()
    {
        await CardAsync(Field);
        await SetAsync(Wish());
        await SetAsync(new RuleWish(Field) { RechargeEnabled = false });
        var page = Editor();
        page.WaitForAssertion(() => Words(page, ".head .badge").ShouldBe($"Off by Renate on {Clock.GetUtcNow():d MMM yyyy}"));
    }

    [Fact]
    public async Task The_rehearsal_varies_with_the_form()
    {
        for (var day = 0; day < 10; day++)
        {
            Clock.Advance(TimeSpan.FromDays(1));
            await Ledger.DoneAsync(Ledger.Charge(Field, 10));
        }

        Clock.Advance(TimeSpan.FromHours(2));
        await CardAsync(Field);
        var page = Editor();
        page.Markup.ShouldContain("Would have been empty");
        page.FindAll(".fired").ShouldBeEmpty();
        await SwitchAsync(page, "Auto-recharge", on: true);
        await FillAsync(page, "Threshold", "60");
        await FillAsync(page, "Amount", "50");
        await RestAsync(page);
        page.WaitForAssertion(() => page.FindAll(".fired").Count.ShouldBe(1));
        await FillAsync(page, "Amount", "20");
        await RestAsync(page);
        page.WaitForAssertion(() => page.FindAll(".fired").Count.ShouldBe(2));
        Parts(page, ".sum").ShouldContain("Would have fired | 2 times");
        Parts(page, ".sum").ShouldContain("Would have been empty | Never");
        Words(page, "svg desc").ShouldStartWith("The rule would have fired 2 times and charged $40.00.");
        page.Find(".astable table tbody").ChildElementCount.ShouldBeGreaterThan(9);
    }

    [Fact]
    public async Task A_postpaid_organization_has_a_cap_and_no_recharge()
    {
        var later = await ChildAsync("Acme Later", ChargingModel.Postpaid);
        var page = Editor(later);
        page.Find("input[role=switch][aria-label='Auto-recharge']").HasAttribute("disabled").ShouldBeTrue();
        page.Markup.ShouldContain("Acme Later pays by invoice, afterwards");
    }

    [Fact]
    public async Task Who_may_not_is_told_which_permission_is_missing_and_strangers_learn_nothing()
    {
        // Support reads why the card was charged, and may not set it; a developer may not even read it.
        SignInAs(Support);
        Words(Editor(), ".savebar").ShouldContain("Change billing settings");
        SignInAs(await Stores.PersonAsync("Developer", memberships: (Field.Value, "DEVELOPER")));
        Words(Editor(), ".state").ShouldContain("See the journal");
        SignInAs(await Stores.PersonAsync("Stranger", memberships: ((await Ledger.OrganizationAsync(name: "Other", shape: o => o.Slug = "other")).Value, "ADMIN")));
        Words(Editor(), ".state").ShouldContain("There is no such organization");
    }

    private async Task<BillingRule> RuleAsync()
    {
        await using var store = Stores.CreateDbContext();
        var row = await store.BillingRules.SingleAsync(rule => rule.OrganizationId == Field.Value);
        return new BillingRule { Recharge = new(row.RechargeEnabled, row.RechargeThreshold, row.RechargeAmount, row.RechargeLimit), Version = row.Version };
    }
}
