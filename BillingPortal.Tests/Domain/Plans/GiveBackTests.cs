using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Plans;

namespace BillingPortal.Tests.Domain.Plans;

/// <summary>What is given back of a period: with the tax that was paid on it, and without what was used of its credits beforehand.</summary>
public sealed class GiveBackTests
{
    [Fact]
    public void What_is_given_back_carries_the_tax_that_was_paid_on_it()
    {
        var view = PlanWorld.On("2026-11-20", PlanWorld.Paying("standard", "2026-11-01")) with { Tax = Taxation.ReverseCharge };
        var charge = view.Taken(new SubscriptionWish.Choose("advanced")).Charge!;
        charge.Taxes.Select(tax => (tax.Tax.BasisPoints, tax.Base, tax.Amount)).ShouldBe([(0, 36_300_000, 0), (1_900, -7_330_000, -1_390_000)]);
        (charge.Net, charge.Total, charge.IsCredit).ShouldBe((28_970_000, 27_580_000, false));
        charge.TaxWords.ShouldStartWith("Reverse charge");
        charge.TaxWords.ShouldEndWith("; VAT 19 %");

        var desk = new FeeDesk("2026-11-01");
        desk.Wish(new SubscriptionWish.Choose("standard"));
        desk.Vat = new VatRate(1, "DE", "None", 0, default, null, false);
        desk.Until("2026-11-20");
        desk.Wish(new SubscriptionWish.Choose("advanced"));
        desk.States[FeeDesk.Child].BalanceOf(AccountKind.TaxPayable).ShouldBe(3_800_000 - 1_390_000);
        desk.Invoices[^1].Lines.Select(line => line.Tax.BasisPoints).ShouldBe([0, 1_900]);
        (desk.Invoices[^1].Taxes.Length, desk.Invoices[^1].Prepayments[0].Amount).ShouldBe((2, 27_580_000));
    }

    [Fact]
    public void Where_the_tax_given_back_is_more_than_is_due_the_change_waits_for_the_periods_end()
    {
        var yearly = PlanWorld.On("2026-01-01").Taken(new SubscriptionWish.Choose("yearly")).Next;
        var view = PlanWorld.On("2026-01-02", PlanWorld.On("2026-01-01", yearly, finance: true).Taken(new SubscriptionWish.Agree(PlanPrice.Of(PriceKind.Flat, PlanInterval.Year, new Money(1_300 * Money.Unit, Currency.Usd)))).Next, finance: true);
        var more = PlanWorld.Catalogue with { Versions = [.. PlanWorld.Catalogue.Versions.Select(version => version.Code == "enterprise" ? version with { Terms = version.Terms with { Rank = 9 } } : version)] };
        (view with { Catalogue = more }).Taken(new SubscriptionWish.Choose("enterprise")).Charge!.Net.ShouldBe(99_730_000);
        (view with { Catalogue = more, Tax = Taxation.ReverseCharge }).Taken(new SubscriptionWish.Choose("enterprise")).Next.Scheduled!.Plan.ShouldBe("enterprise");
    }

    [Theory]
    [InlineData("2026-11-01", 20, -20, 20)]
    [InlineData("2026-11-01", 5, -20, 5)]
    [InlineData("2026-11-16", 15, -10, 5)]
    [InlineData("2026-11-16", 8, -10, 0)]
    [InlineData("2026-11-28", 20, -2, 2)]
    public void What_was_used_of_a_periods_credits_beyond_its_days_is_not_given_back_and_what_is_left_lapses(string day, long used, long unused, long kept)
    {
        var desk = new FeeDesk("2026-11-01") { Vat = new VatRate(1, "DE", "None", 0, default, null, false) };
        desk.Wish(new SubscriptionWish.Choose("standard"));
        var lot = AccountKey.Of(AccountKind.Monthly, desk.Subscription!.Granted!.Lot);
        desk.Set(FeeDesk.Child, state => state.After(new EntryDraft(EntryKind.Charge, ReasonCode.UsageReported, [new(lot, -used * Money.Unit), new(AccountKey.Of(AccountKind.Revenue), used * Money.Unit)]), desk.Now));
        desk.Until(day);
        desk.Wish(new SubscriptionWish.Choose("yearly"));
        var lines = desk.Fees[^1].Charge.Lines;
        lines.Where(line => line.Kind is ChargeLineKind.Unused or ChargeLineKind.Credits).Sum(line => line.Amount).ShouldBe((unused + kept) * Money.Unit);
        lines.Where(line => line.Kind == ChargeLineKind.Credits).Sum(line => line.Amount).ShouldBe(kept * Money.Unit);
        var state = desk.States[FeeDesk.Child];
        (state.BalanceOf(AccountKind.Breakage), state.BalanceOf(AccountKind.Monthly)).ShouldBe(((20 - used) * Money.Unit, 1_200 * Money.Unit));
        desk.Subscription.Granted!.Monthly.ShouldBe(1_200 * Money.Unit);
        desk.Fees[^1].Next.Paid!.Net.ShouldBe(1_200 * Money.Unit, "what is kept was paid for the old plan");
    }

    [Fact]
    public void What_was_bonus_before_a_dispute_is_bonus_after_it_was_won()
    {
        var state = new LedgerState { Organization = FeeDesk.Child, Currency = Currency.Usd, ChargingModel = ChargingModel.Prepaid };
        var dispute = new DisputeChange("sandbox", "d1", "p1", 100 * Money.Unit, "open");
        state = state.After(Entry((AccountKind.Cash, 20), (AccountKind.Bonus, 20), (AccountKind.PaymentsClearing, -40)), default);
        var booked = Posted(new BookDispute(Actor.System("test"), FeeDesk.Child, dispute), state, Facts.None);
        state = state.After(booked, default);
        (state.BalanceOf(AccountKind.Cash), state.BalanceOf(AccountKind.Bonus), state.BalanceOf(AccountKind.Overdraft)).ShouldBe((0, 0, -60 * Money.Unit));
        var won = Posted(new CloseDispute(Actor.System("test"), FeeDesk.Child, "sandbox", "d1", Won: true), state, Facts.None with { Dispute = (dispute with { Bonus = 20 * Money.Unit }, FeeDesk.Child) });
        state = state.After(won, default);
        (state.BalanceOf(AccountKind.Cash), state.BalanceOf(AccountKind.Bonus), state.BalanceOf(AccountKind.Overdraft)).ShouldBe((20 * Money.Unit, 20 * Money.Unit, 0));
    }

    [Fact]
    public void Credits_that_lapse_may_cause_a_recharge()
    {
        var lot = AccountKey.Of(AccountKind.Monthly, 1);
        var state = new LedgerState
        {
            Organization = FeeDesk.Child,
            Currency = Currency.Usd,
            ChargingModel = ChargingModel.Prepaid,
            Rule = BillingRule.None with { Card = new CardOnFile(1, "visa", "4242", Inactive: false), Recharge = new AutoRecharge(true, 10 * Money.Unit, 50 * Money.Unit, null) },
        }.After(Entry((AccountKind.Cash, 5), (AccountKind.PaymentsClearing, -5)), default);
        state = state with { Accounts = state.Accounts.SetItem(lot, new Account(lot, 20 * Money.Unit, new Instant(1_000))) };
        var expired = new ExpireCredits(Actor.System("test"), "k", FeeDesk.Child).Decide(View(state, Facts.None)).ShouldBeOfType<Decision.Effects>();
        expired.Items.OfType<Effect.Recharge>().Single().Intent.Available.ShouldBe(5 * Money.Unit);
    }

    private static DecisionView View(LedgerState state, Facts facts) =>
        new(ImmutableSortedDictionary<BillingPortal.Domain.Organizations.OrganizationId, LedgerState>.Empty.Add(state.Organization, state), facts, new Instant(2_000_000));

    private static EntryDraft Posted(MoneyCommand command, LedgerState state, Facts facts) =>
        command.Decide(View(state, facts)).ShouldBeOfType<Decision.Effects>().Items.OfType<Effect.Post>().Single().Entry;

    private static EntryDraft Entry(params (AccountKind Kind, long Units)[] lines) =>
        new(EntryKind.TopUp, ReasonCode.PaidIn, [.. lines.Select(line => new PostingDraft(AccountKey.Of(line.Kind), line.Units * Money.Unit))]);
}
