using BillingPortal.Domain;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Tests.Domain.Billing;

public sealed class RuleWarningTests
{
    private static readonly RuleSight Fine = new()
    {
        Name = "Acme",
        ChargingModel = ChargingModel.Prepaid,
        Currency = Currency.Usd,
        Rule = new BillingRule
        {
            Recharge = new AutoRecharge(true, Units(20), Units(100), Units(500)),
            Cap = new SpendingCap(true, Units(300), null, Soft: false),
            Card = new CardOnFile(1, "visa", "4242", Inactive: false),
        },
        Available = Units(40),
        Spent = Units(30),
        ChargedThisMonth = Units(200),
    };

    [Fact]
    public void A_rule_that_works_is_not_warned_of() => Fine.Warnings.ShouldBeEmpty();

    [Fact]
    public void A_cap_below_what_is_spent_stops_the_next_charge()
    {
        Codes(Fine with { Spent = Units(300) }).ShouldBe(["cap_below_spent"]);
        Codes(Fine with { Spent = Units(299.99m), Available = Units(20) }).ShouldBe([]);
    }

    [Fact]
    public void A_cap_of_zero_stops_everything() => Codes(WithCap(Fine.Rule.Cap with { Amount = 0 })).ShouldBe(["cap_stops_everything"]);

    [Fact]
    public void A_soft_cap_that_is_passed_already_only_tells() =>
        Codes(WithCap(Fine.Rule.Cap with { Soft = true, Amount = Units(10) })).ShouldBe(["cap_told_at_once"]);

    [Fact]
    public void An_amount_above_the_limit_never_recharges() => Codes(WithRecharge(Fine.Rule.Recharge with { MonthlyLimit = Units(99.99m) })).ShouldBe(["amount_above_limit"]);

    [Fact]
    public void A_limit_used_up_pauses_until_next_month() => Codes(Fine with { ChargedThisMonth = Units(401) }).ShouldBe(["limit_used"]);

    [Fact]
    public void A_cap_that_is_reached_before_the_threshold_is_told_of()
    {
        Codes(Fine with { Available = Units(290) }).ShouldBe(["cap_before_recharge"]);
        Codes(Fine with { Available = Units(289.99m) }).ShouldBeEmpty();
    }

    [Fact]
    public void Without_a_card_nothing_is_charged()
    {
        Codes(Fine with { Rule = Fine.Rule with { Card = null } }).ShouldBe(["no_card"]);
        Codes(Fine with { Rule = Fine.Rule with { Card = Fine.Rule.Card! with { Inactive = true } } }).ShouldBe(["no_card"]);
    }

    [Fact]
    public void Where_another_pays_its_rule_acts() => Codes(Fine with { Payer = "Robotics" }).ShouldBe(["payer_pays"]);

    [Fact]
    public void What_is_off_is_not_warned_of() =>
        Codes(Fine with { Spent = Units(900), Rule = Fine.Rule with { Card = null, Recharge = AutoRecharge.Off, Cap = SpendingCap.Off } }).ShouldBeEmpty();

    private static RuleSight WithCap(SpendingCap cap) => Fine with { Rule = Fine.Rule with { Cap = cap } };

    private static RuleSight WithRecharge(AutoRecharge recharge) => Fine with { Rule = Fine.Rule with { Recharge = recharge } };

    private static string[] Codes(RuleSight sight) => [.. sight.Warnings.Select(warning => warning.Code)];

    private static long Units(decimal units) => Money.Of(units, Currency.Usd).Micros;
}
