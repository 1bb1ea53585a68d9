using System.Collections.Immutable;
using BillingPortal.Capabilities.ChangingPlans;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Plans;
using BillingPortal.Store;
using BillingPortal.Tests.Capabilities.Recharges;
using BillingPortal.Tests.Setup;
using Microsoft.Extensions.Logging.Abstractions;

namespace BillingPortal.Tests.Capabilities.ChangingPlans;

public sealed class PlanChangeTests(TestDatabases databases)
{
    [Theory, BothDatabases]
    public async Task What_is_due_is_charged_booked_and_granted_as_shown_then_renewed_and_what_was_not_used_lapses(DatabaseKind kind)
    {
        await using var house = await PlanHouse.OpenAsync(databases, kind);
        var acme = await house.Ledger.OrganizationAsync();
        await house.CardAsync(acme);
        await house.CouponAsync(new Coupon("SCALE10", new CouponTerms(1_000, ImmutableSortedDictionary<string, long>.Empty, CouponDuration.Forever, null, []), null, 1));

        var command = house.Wish(acme, new SubscriptionWish.Choose("standard"));
        var paid = await house.ChangedAsync(command);
        paid.Fee.ShouldNotBeNull().State.ShouldBe(FeeState.Paid);
        (await house.ChangedAsync(command)).Fee!.Number.ShouldBe(1, "the same wish is the same act");
        (await house.BalanceAsync(acme, AccountKind.PlanFees), await house.BalanceAsync(acme, AccountKind.PaymentsClearing), await house.BalanceAsync(acme, AccountKind.Monthly)).ShouldBe((20m, -20m, 20m));
        (await house.PlanAsync(acme), (await house.SubscriptionAsync(acme)).Standing).ShouldBe(("standard", SubscriptionStanding.Active));
        await house.Ledger.DoneAsync(house.Ledger.Charge(acme, 12));

        await house.AtAsync(2026, 11, 20);
        var upgrade = house.Wish(acme, new SubscriptionWish.Choose("advanced", 1, "scale10"));
        var shown = (await house.Ledger.Writer.PreviewAsync(upgrade, default)).ShouldBeOfType<Outcome<Preview>.Done>().Value;
        var due = shown.Effects.OfType<Effect.Fee>().Single().Item;
        (await house.Changing.CommitAsync(upgrade, Agreement.To(shown), default)).ShouldBeOfType<Outcome<PlanReceipt>.Done>();
        (await house.BalanceAsync(acme, AccountKind.PlanFees)).ShouldBe(20m + (due.Charge.Net / (decimal)Money.Unit));
        (due.Charge.Net, due.Upcoming!.Net).ShouldBe((25_340_000, 89_100_000));
        var other = await house.Ledger.OrganizationAsync(name: "Other");
        await house.CardAsync(other);
        (await house.ChangeAsync(house.Wish(other, new SubscriptionWish.Choose("standard", 1, "SCALE10")))).ShouldBeOfType<Outcome<PlanReceipt>.Refused>().Refusal.Code.ShouldBe(RefusalCode.CouponNotValid);

        await house.AtAsync(2026, 12, 1);
        (await house.BalanceAsync(acme, AccountKind.Breakage), await house.BalanceAsync(acme, AccountKind.Monthly)).ShouldBe((8m, 60m));
        (await house.FeesAsync(acme)).Select(fee => (fee.Amount, (FeeState)fee.State)).ShouldBe([(20_000_000, FeeState.Paid), (25_340_000, FeeState.Paid), (89_100_000, FeeState.Paid)]);
        await house.ChangedAsync(house.Wish(acme, new SubscriptionWish.Cancel()));
        await house.AtAsync(2027, 1, 1);
        (await house.PlanAsync(acme), await house.BalanceAsync(acme, AccountKind.Monthly), await house.BalanceAsync(acme, AccountKind.Breakage)).ShouldBe(("free", 0m, 68m));
        (await house.HistoryAsync(acme)).ShouldBe(["plan_changed", "plan_changed", "plan_renewed", "plan_cancelled", "plan_ended"]);
    }

    [Theory, BothDatabases]
    public async Task A_declined_card_changes_nothing_and_an_answer_that_is_lost_is_asked_for_until_it_comes(DatabaseKind kind)
    {
        await using var house = await PlanHouse.OpenAsync(databases, kind);
        var acme = await house.Ledger.OrganizationAsync();
        await house.CouponAsync(new Coupon("HALF", new CouponTerms(5_000, ImmutableSortedDictionary<string, long>.Empty, CouponDuration.Once, null, []), null, 1));
        await house.CardAsync(acme, "4000000000000341");
        var declined = (await house.ChangeAsync(house.Wish(acme, new SubscriptionWish.Choose("advanced", 1, "HALF")))).ShouldBeOfType<Outcome<PlanReceipt>.Refused>().Refusal;
        (declined.Code, declined.Message.EndsWith("Nothing changed.", StringComparison.Ordinal)).ShouldBe((RefusalCode.PaymentDeclined, true));
        (await house.PlanAsync(acme), await house.BalanceAsync(acme, AccountKind.PlanFees)).ShouldBe(("free", 0m));

        // The card's bank wants its holder: the payment is taken back.
        await house.CardAsync(acme, "4000002500003155");
        (await house.ChangeAsync(house.Wish(acme, new SubscriptionWish.Choose("advanced", 1, "HALF")))).ShouldBeOfType<Outcome<PlanReceipt>.Refused>().Refusal.Message.ShouldContain("holder");

        await house.CardAsync(acme, "4000000000009900");
        var lost = house.Wish(acme, new SubscriptionWish.Choose("advanced", 1, "HALF"));
        (await house.ChangeAsync(lost)).ShouldBeOfType<Outcome<PlanReceipt>.Unknown>();
        (await house.ChangeAsync(house.Wish(acme, new SubscriptionWish.Cancel()))).ShouldBeOfType<Outcome<PlanReceipt>.Refused>().Refusal.Code.ShouldBe(RefusalCode.PaymentUnderWay);
        var card = (await house.FeesAsync(acme))[^1].PaymentMethodId;
        (await house.Ledger.Writer.RunAsync(new RemoveCard(Ledger.Tester, house.Ledger.NextKey(), acme, card), Agreement.OfProgram, default)).ShouldBeOfType<Outcome<Receipt>.Refused>().Refusal.Message.ShouldContain("for a plan");
        await house.AtAsync(2026, 11, 1, 10);
        (await house.PlanAsync(acme), await house.BalanceAsync(acme, AccountKind.PlanFees)).ShouldBe(("advanced", 49.5m));
        (await house.Changing.CommitAsync(lost, Agreement.OfProgram, default)).ShouldBeOfType<Outcome<PlanReceipt>.Done>().Value.Fee!.State.ShouldBe(FeeState.Paid);
    }

    [Theory, BothDatabases]
    public async Task Where_the_providers_news_comes_before_its_answer_the_person_learns_what_it_booked(DatabaseKind kind)
    {
        await using var house = await PlanHouse.OpenAsync(databases, kind);
        var (gateway, acme) = (new ScriptedGateway(), await house.Ledger.OrganizationAsync());
        await house.Ledger.DoneAsync(new AddCard(Ledger.Tester, house.Ledger.NextKey(), acme, new NewCard(ScriptedGateway.Name, "cus", "pm", "visa", "4242", 12, 2034)) { Choose = true });
        var changing = new ChangingPlan(house.Stores, house.Ledger.Writer, new PlanFeeCollection(house.Stores, house.Ledger.Writer, gateway, NullLogger<PlanFeeCollection>.Instance));
        var (reached, answer) = gateway.PaysAndHoldsTheAnswer();
        var wished = changing.CommitAsync(house.Wish(acme, new SubscriptionWish.Choose("standard")), Agreement.OfProgram, default);
        await reached;
        await house.Ledger.DoneAsync(new SettleFee(Actor.System("webhook"), acme, acme, 1, 1, new RechargeOutcome.Paid("pay_" + PlanFee.KeyOf(acme, 1, 1))));
        answer();
        (await wished).ShouldBeOfType<Outcome<PlanReceipt>.Done>().Value.Fee!.State.ShouldBe(FeeState.Paid);
        (await house.BalanceAsync(acme, AccountKind.PlanFees), await house.PlanAsync(acme)).ShouldBe((20m, "standard"));
    }

    [Theory, BothDatabases]
    public async Task A_trial_turns_into_a_paid_period_and_a_renewal_that_fails_is_past_due_until_it_is_paid_or_given_up(DatabaseKind kind)
    {
        await using var house = await PlanHouse.OpenAsync(databases, kind);
        var (acme, dora) = (await house.Ledger.OrganizationAsync(), await house.Ledger.OrganizationAsync(name: "Dora"));
        await house.ChangedAsync(house.Wish(acme, new SubscriptionWish.Upgrade()));
        await house.ChangedAsync(house.Wish(dora, new SubscriptionWish.Upgrade()));
        (await house.PlanAsync(acme), (await house.SubscriptionAsync(acme)).Standing).ShouldBe(("advanced", SubscriptionStanding.Trial));
        await house.CardAsync(acme);
        await house.AtAsync(2026, 11, 15);
        (await house.PlanAsync(acme), await house.BalanceAsync(acme, AccountKind.PlanFees)).ShouldBe(("advanced", 99m));
        (await house.PlanAsync(dora)).ShouldBe("free");
        (await house.HistoryAsync(dora)).ShouldBe(["trial_started", "trial_ended"]);

        // The card is declined at the renewal: past due, then paid with another.
        await house.CardAsync(acme, "4000000000000341");
        await house.AtAsync(2026, 12, 15);
        var past = await house.SubscriptionAsync(acme);
        (past.Standing, past.Period!.Value.Start, await house.PlanAsync(acme)).ShouldBe((SubscriptionStanding.PastDue, new DateOnly(2026, 12, 15), "advanced"));
        (await house.ChangeAsync(house.Wish(acme, new SubscriptionWish.Choose("standard")))).ShouldBeOfType<Outcome<PlanReceipt>.Refused>().Refusal.Code.ShouldBe(RefusalCode.FeeUnpaid);
        await house.CardAsync(acme);
        await house.AtAsync(2026, 12, 16);
        (await house.BalanceAsync(acme, AccountKind.PlanFees), (await house.SubscriptionAsync(acme)).Standing, await house.BalanceAsync(acme, AccountKind.Monthly)).ShouldBe((198m, SubscriptionStanding.Active, 60m));

        // Declined to the end: the plan ends, nothing is booked.
        await house.CardAsync(acme, "4000000000000341");
        foreach (var day in new[] { 15, 16, 19, 26 })
        {
            await house.AtAsync(2027, 1, day, 2);
        }

        (await house.PlanAsync(acme), (await house.SubscriptionAsync(acme)).Standing, await house.BalanceAsync(acme, AccountKind.PlanFees)).ShouldBe(("free", SubscriptionStanding.Cancelled, 198m));
        (await house.HistoryAsync(acme)).ShouldBe(["trial_started", "trial_ended", "plan_past_due", "plan_renewed", "plan_past_due", "plan_ended"]);
    }

    [Theory, BothDatabases]
    public async Task Who_uses_its_parents_balance_has_its_plan_paid_by_the_parent_and_an_enterprise_price_may_be_owed(DatabaseKind kind)
    {
        await using var house = await PlanHouse.OpenAsync(databases, kind);
        var (parent, child) = await house.Ledger.FamilyAsync();
        await house.Ledger.UseParentBalanceAsync(child, parent);
        await house.CardAsync(parent);
        (await house.ChangeAsync(house.Wish(child, new SubscriptionWish.Choose("standard")))).ShouldBeOfType<Outcome<PlanReceipt>.Refused>().Refusal.Code.ShouldBe(RefusalCode.PayerChanged);
        var wish = house.Wish(child, new SubscriptionWish.Choose("standard"), parent);
        var theirs = await house.Stores.PersonAsync("Child", memberships: (child.Value, "ADMIN"));
        (await house.Changing.CommitAsync(theirs, wish, Agreement.OfProgram, default)).ShouldBeOfType<Outcome<PlanReceipt>.Refused>().Refusal.Message.ShouldContain("in the organization that pays");
        var ours = await house.Stores.PersonAsync("Parent", memberships: (parent.Value, "ADMIN"));
        (await house.Changing.CommitAsync(ours, wish, Agreement.OfProgram, default)).ShouldBeOfType<Outcome<PlanReceipt>.Done>();
        (await house.BalanceAsync(parent, AccountKind.PlanFees), await house.BalanceAsync(parent, AccountKind.Monthly), await house.BalanceAsync(child, AccountKind.PlanFees)).ShouldBe((20m, 20m, 0m));
        (await house.Changing.CommitAsync(ours, house.Wish(child, new SubscriptionWish.Cancel(), parent), Agreement.OfProgram, default)).ShouldBeOfType<Outcome<PlanReceipt>.Done>();
        var resume = house.Wish(child, new SubscriptionWish.Resume(), parent);
        (await house.Changing.CommitAsync(theirs, resume, Agreement.OfProgram, default)).ShouldBeOfType<Outcome<PlanReceipt>.Refused>().Refusal.Message.ShouldContain("in the organization that pays");
        (await house.Changing.CommitAsync(ours, resume, Agreement.OfProgram, default)).ShouldBeOfType<Outcome<PlanReceipt>.Done>();
        await house.AtAsync(2026, 12, 1);
        (await house.BalanceAsync(parent, AccountKind.PlanFees), (await house.FeesAsync(child)).Count).ShouldBe((40m, 2));

        var firm = await house.Ledger.OrganizationAsync(ChargingModel.Postpaid, "Firm");
        var price = PlanPrice.Of(PriceKind.Flat, PlanInterval.Month, new Money(1_200_000_000, Currency.Usd));
        await house.ChangedAsync(house.Wish(firm, new SubscriptionWish.Agree(price), finance: true));
        await house.ChangedAsync(house.Wish(firm, new SubscriptionWish.Choose("enterprise"), finance: true));
        (await house.PlanAsync(firm), await house.BalanceAsync(firm, AccountKind.UnbilledReceivable), await house.BalanceAsync(firm, AccountKind.PlanFees)).ShouldBe(("enterprise", -1_200m, 1_200m));
    }
}
