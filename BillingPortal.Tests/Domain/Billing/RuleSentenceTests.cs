using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Tests.Domain.Billing;

public sealed class RuleSentenceTests
{
    private static readonly CardOnFile Visa = new(1, "visa", "4242", Inactive: false);
    private static readonly BillingRule Rule = new()
    {
        Recharge = new AutoRecharge(true, 20_000_000, 100_000_000, 500_000_000),
        Cap = new SpendingCap(true, 300_000_000, null, Soft: false),
        Card = Visa,
    };

    [Fact]
    public void It_says_when_what_and_how_much_at_most() => Say(Rule).ShouldBe(
        "When Acme falls below $20.00, charge Visa ·4242 $100.00, at most $500.00 a month. "
        + "Spending stops at $300.00 in a calendar month; people are told at 50, 75, 90 and 100 %.");

    [Fact]
    public void It_says_that_there_is_no_limit_and_no_cap() =>
        Say(Rule with { Recharge = Rule.Recharge with { MonthlyLimit = null }, Cap = SpendingCap.Off }).ShouldBe(
            "When Acme falls below $20.00, charge Visa ·4242 $100.00, without a limit a month. No cap limits what Acme spends.");

    [Fact]
    public void It_says_that_a_card_is_missing_or_failed()
    {
        Say(Rule with { Card = null }).ShouldContain("charge $100.00 to a card, once there is one, at most $500.00");
        Say(Rule with { Card = Visa with { Inactive = true } }).ShouldContain("charge $100.00 to another card, as Visa ·4242 failed, at most");
    }

    [Fact]
    public void It_says_what_off_postpaid_and_unfinished_rules_do()
    {
        Say(Rule with { Recharge = AutoRecharge.Off }).ShouldStartWith("No card is charged by itself when Acme runs low. ");
        Say(Rule, ChargingModel.Postpaid).ShouldStartWith("Acme pays by invoice, afterwards: no card is charged by itself. ");
        Say(Rule with { Recharge = Rule.Recharge with { Amount = null } }).ShouldStartWith("Say below which balance to recharge, and how much. ");
        Say(Rule with { Cap = Rule.Cap with { Amount = null } }).ShouldEndWith("Say how much may be spent.");
    }

    [Fact]
    public void It_says_what_each_kind_of_cap_does()
    {
        Cap(Rule.Cap with { Amount = 0 }).ShouldBe("Spending stops at $0.00: every new charge of Acme is refused.");
        Cap(Rule.Cap with { Soft = true }).ShouldBe("People are told at 50, 75, 90 and 100 % of $300.00 in a calendar month; nothing is stopped.");
        Cap(Rule.Cap with { Anchor = At("2026-01-31T08:30Z") }).ShouldBe(
            "Spending stops at $300.00 in a month from day 31 (or the month’s last day), 09:30; people are told at 50, 75, 90 and 100 %.");
        Cap(Rule.Cap with { Anchor = At("2026-07-05T22:30Z") }).ShouldStartWith("Spending stops at $300.00 in a month from day 6, 00:30;");
    }

    [Fact]
    public void Amounts_and_cards_are_what_it_hangs_on() =>
        RuleSentence.OfRecharge("Acme", ChargingModel.Prepaid, Rule, Currency.Usd, CultureInfo.InvariantCulture).Parts.Where(part => part.Strong).Select(part => part.Text)
            .ShouldBe(["$20.00", "Visa ·4242", "$100.00", "$500.00"]);

    private static string Say(BillingRule rule, ChargingModel model = ChargingModel.Prepaid) =>
        RuleSentence.Of("Acme", model, rule, TimeZoneInfo.Utc, Currency.Usd, CultureInfo.InvariantCulture).ToString();

    private static string Cap(SpendingCap cap) =>
        RuleSentence.OfCap("Acme", cap, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), Currency.Usd, CultureInfo.InvariantCulture).ToString();

    private static Instant At(string text) => Instant.From(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture));
}
