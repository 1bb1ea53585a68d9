using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Store;
using BillingPortal.Store.BillingRules;

namespace BillingPortal.Tests.Store.BillingRules;

/// <summary>The limits of contract 1, as page and programs meet them.</summary>
public sealed class BillingRuleFormTests
{
    [Theory]
    [InlineData("4.99", false), InlineData("5", true), InlineData("500", true), InlineData("500.01", false), InlineData("-1", false), InlineData("5.0000001", false)]
    public void Threshold_and_amount_are_5_to_500(string amount, bool holds)
    {
        var units = decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture);
        Fields(new BillingRuleForm { Threshold = units }).ShouldBe(holds ? [] : [nameof(BillingRuleForm.Threshold)]);
        Fields(new BillingRuleForm { Amount = units }).ShouldBe(holds ? [] : [nameof(BillingRuleForm.Amount)]);
    }

    [Theory]
    [InlineData("-0.01", false), InlineData("0", true), InlineData("100000", true), InlineData("100000.01", false), InlineData("79228162514264337593543950335", false)]
    public void A_cap_is_0_to_100_000(string amount, bool holds) =>
        Fields(new BillingRuleForm { CapAmount = decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture) }).ShouldBe(holds ? [] : [nameof(BillingRuleForm.CapAmount)]);

    [Fact]
    public void A_monthly_limit_is_above_zero()
    {
        Fields(new BillingRuleForm { MonthlyLimit = 0 }).ShouldBe([nameof(BillingRuleForm.MonthlyLimit)]);
        Fields(new BillingRuleForm { MonthlyLimit = 0.01m }).ShouldBeEmpty();
        Fields(new BillingRuleForm { WithoutLimit = true }).ShouldBeEmpty();
    }

    [Fact]
    public void An_anchor_lies_in_the_past_or_the_future_but_within_reason()
    {
        Fields(new BillingRuleForm { Anchor = new Instant(0) }).ShouldBeEmpty();
        Fields(new BillingRuleForm { Anchor = new Instant(-1) }).ShouldBe([nameof(BillingRuleForm.Anchor)]);
        Fields(new BillingRuleForm { Anchor = Instant.Never }).ShouldBe([nameof(BillingRuleForm.Anchor)]);
    }

    [Fact]
    public void The_form_of_a_rule_asks_for_that_rule()
    {
        var form = BillingRuleForm.Of(new BillingRule { Recharge = new(true, 20_000_000, 100_500_000, null), Cap = new(true, 0, new Instant(5), Soft: true) });
        form.ShouldBe(new BillingRuleForm
        {
            RechargeEnabled = true, Threshold = 20, Amount = 100.5m, WithoutLimit = true, CapEnabled = true, CapAmount = 0, Anchor = new Instant(5), Soft = true,
        });
        Fields(form).ShouldBeEmpty();
    }

    private static string[] Fields(BillingRuleForm form) => [.. BillingRuleFormRules.Instance.Errors(form).Select(error => error.Field).Distinct()];
}
