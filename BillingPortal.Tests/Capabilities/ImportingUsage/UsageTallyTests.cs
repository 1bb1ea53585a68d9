using BillingPortal.Capabilities.ImportingUsage;
using BillingPortal.Domain.Billing;
using BillingPortal.Tests.Domain.Billing;
using Shouldly;

namespace BillingPortal.Tests.Capabilities.ImportingUsage;

public sealed class UsageTallyTests
{
    [Theory]
    [MemberData(nameof(SampleBill.All), MemberType = typeof(SampleBill))]
    public async Task A_bill_comes_to_what_was_reckoned(SampleBill bill)
    {
        await using var file = bill.Open();
        var (rows, errors) = await FocusFile.ReadAsync(file);
        var tally = new UsageTally(errors);
        rows.ForEach(row => tally.Add(row).ShouldBeTrue());
        var ledger = UsageLedger.Empty.Deliver(rows.Select(r => (r.Group, r.Amount)));
        var entries = ledger.Charges.Where(c => c.PostedMicros != 0).ToList();

        errors.Found.ShouldBeEmpty();
        tally.Organizations.Keys.Count(who => who.SubAccountId is null).ShouldBe(bill.Resellers);
        tally.Organizations.Keys.Count(who => who.SubAccountId is not null).ShouldBe(bill.SubOrganizations);
        tally.Groups.Count.ShouldBe(bill.Groups);
        entries.Count.ShouldBe(bill.Entries);
        entries.Select(e => e.Group.Who).Distinct().Count().ShouldBe(bill.Charged);
        ExactAmount.FromMicros(ledger.Posted).ToString().ShouldBe(bill.Posted);
        ledger.Carried.ToString().ShouldBe(bill.Carried);
        ledger.Total.ToString().ShouldBe(bill.Total);
    }

    [Fact]
    public async Task An_organization_billed_in_two_currencies_is_refused_with_both_rows_named()
    {
        var (rows, errors) = await FocusFile.ReadAsync(FocusFile.Text(FocusFile.Row(), FocusFile.Row(currency: "EUR")));
        var tally = new UsageTally(errors);

        rows.ConvertAll(tally.Add).ShouldBe([true, false]);
        errors.Found.ShouldHaveSingleItem().ToString()
            .ShouldBe("row 3, BillingCurrency 'EUR': row 2 bills the same organization in USD; an organization has one billing currency.");
    }

    [Fact]
    public async Task A_charge_that_grows_beyond_money_is_refused_at_the_row_that_does_it()
    {
        var (rows, errors) = await FocusFile.ReadAsync(FocusFile.Text(FocusFile.Row(cost: "9000000000000"), FocusFile.Row(cost: "9000000000000")));
        var tally = new UsageTally(errors);

        rows.ConvertAll(tally.Add).ShouldBe([true, false]);
        errors.Found.ShouldHaveSingleItem().Row.ShouldBe(3);
    }
}
