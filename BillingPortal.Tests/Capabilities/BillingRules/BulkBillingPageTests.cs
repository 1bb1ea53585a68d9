using BillingPortal.Capabilities.BillingRules;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Tests.Setup;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.Tests.Capabilities.BillingRules;

/// <summary>Recharge and cap of several sub-organizations.</summary>
public sealed class BulkBillingPageTests(TestDatabases databases) : BillingRulesTest(databases)
{
    private const string Button = ".savebar .btn--primary";

    [Fact]
    public async Task Each_organization_has_its_report_before_all_are_set_in_one_act()
    {
        var labs = await ChildAsync("Acme Labs");
        await Ledger.DoneAsync(Ledger.TopUp(labs, 60));
        await Ledger.DoneAsync(Ledger.Charge(labs, 50));
        var page = Bulk(Field, labs);
        await FillAsync(page, "Cap", "40");
        page.Find("input[name=bulk-cap]:not([checked])").Change(true);
        await RestAsync(page);
        Row(page, "Acme Field").ShouldContain("Spending cap off → on");
        Row(page, "Acme Field").ShouldNotContain("Saving stops the next charge");
        Row(page, "Acme Labs").ShouldContain("Charge requests are refused from now on");
        Row(page, "Acme Labs").ShouldContain("Saving stops the next charge. $50.00 is spent already");
        Words(page, Button).ShouldBe("Set the rules of 2 sub-organizations");

        await page.Find(Button).ClickAsync(new());

        Parts(page, ".receipt").ShouldStartWith("Set the billing rules of 2 sub-organizations | By | Renate | Acme Field: Spending cap off → on; Cap none → $40.00");
        (await CapsAsync()).ShouldBe([(Field.Value, Ledger.Micros(40)), (labs.Value, Ledger.Micros(40))], ignoreOrder: true);
    }

    [Fact]
    public async Task One_that_is_refused_is_named_and_none_is_set()
    {
        var later = await ChildAsync("Acme Later", ChargingModel.Postpaid);
        await CardAsync(Field);
        var page = Bulk(Field, later);
        page.Find("input[name=bulk-recharge]:not([checked])").Change(true);
        await FillAsync(page, "Threshold", "20");
        await FillAsync(page, "Amount", "50");
        await RestAsync(page);
        Row(page, "Acme Later").ShouldContain("A postpaid organization pays by invoice");
        Row(page, "Acme Field").ShouldContain("Auto-recharge off → on");
        page.FindAll(Button).ShouldBeEmpty();
        Words(page, ".savebar").ShouldContain("Nothing would be saved, for none of them.");
        page.Find($"input[aria-label='Acme Later']").Change(false);
        await RestAsync(page);
        Words(page, Button).ShouldBe("Set the rules of 1 sub-organization");
        Services.GetRequiredService<BunitNavigationManager>().Uri.ShouldEndWith("?ids=" + Field);
    }

    [Fact]
    public async Task What_is_left_empty_stays_as_it_is()
    {
        await CardAsync(Field);
        await SetAsync(Wish(threshold: 20, amount: 100));
        var page = Bulk(Field);
        await FillAsync(page, "Threshold", "25");
        await RestAsync(page);
        Row(page, "Acme Field").ShouldContain("Threshold $20.00 → $25.00");
        Row(page, "Acme Field").ShouldNotContain("Amount $");
        await page.Find(Button).ClickAsync(new());
        page.WaitForElement(".receipt");
        await using var store = Stores.CreateDbContext();
        var rule = await store.BillingRules.SingleAsync(row => row.OrganizationId == Field.Value);
        (rule.RechargeEnabled, rule.RechargeThreshold, rule.RechargeAmount).ShouldBe((true, Ledger.Micros(25), Ledger.Micros(100)));
    }

    [Fact]
    public void Numbers_that_are_not_below_are_not_chosen()
    {
        var page = Bulk(Acme);
        page.FindAll("tr[aria-selected=true]").ShouldBeEmpty();
        Words(page, ".savebar").ShouldBe("Choose the sub-organizations to change.");
    }

    private IRenderedComponent<BulkBillingPage> Bulk(params OrganizationId[] chosen)
    {
        Services.GetRequiredService<BunitNavigationManager>().NavigateTo($"/organizations/{Acme}/sub-organizations/billing?ids={string.Join(',', chosen)}");
        var page = Render<BulkBillingPage>(p => p.Add(a => a.Number, Acme.Value));
        page.WaitForElement(".savebar");
        return page;
    }

    private static string Row(IRenderedComponent<BulkBillingPage> page, string name) =>
        Plain(page.FindAll("tbody tr").Single(row => row.QuerySelector("th")!.TextContent == name).TextContent);

    private async Task<(long, long?)[]> CapsAsync()
    {
        await using var store = Stores.CreateDbContext();
        return [.. (await store.BillingRules.Where(rule => rule.CapEnabled).ToListAsync()).Select(rule => (rule.OrganizationId, rule.CapAmount))];
    }
}
