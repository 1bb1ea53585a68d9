using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Plans;

namespace BillingPortal.Tests.Domain.Plans;

/// <summary>Collecting a fee that was declined, and whose card is charged at all.</summary>
public sealed class FeeTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nobody_who_is_disabled_is_charged_whether_for_a_period_that_begins_or_one_that_is_owed(bool parentPays)
    {
        var desk = new FeeDesk("2026-11-15", parentPays);
        desk.Wish(new SubscriptionWish.Choose("advanced"));
        var who = parentPays ? FeeDesk.Parent : FeeDesk.Child;
        desk.Until("2026-12-15T06:00", paid: false);
        desk.Open!.State.ShouldBe(FeeState.Retrying);
        desk.Set(who, state => state with { Disabled = true });
        desk.Until("2026-12-16");
        (desk.Open!.Attempt, desk.Open.FailureMessage, desk.Entries.Count(entry => entry.Kind == EntryKind.Fee)).ShouldBe((2, parentPays ? "Ada, which pays, is disabled." : "The organization is disabled.", 1));
        desk.Set(who, state => state with { Disabled = false });
        desk.Until("2026-12-20");
        desk.Subscription!.State.ShouldBe(SubscriptionState.Active, "enabled again, it is charged at its next time");

        desk.Set(who, state => state with { Disabled = true });
        desk.Until("2027-01-20");
        (desk.Entries.Count(entry => entry.Kind == EntryKind.Fee), desk.Subscription.State).ShouldBe((2, parentPays ? SubscriptionState.PastDue : SubscriptionState.Cancelled));
        if (parentPays)
        {
            desk.Wish(new SubscriptionWish.Choose("yearly")).ShouldBeOfType<Decision.Refused>().Refusal.Code.ShouldBe(RefusalCode.Disabled);
            desk.Wish(new SubscriptionWish.Cancel()).ShouldBeOfType<Decision.Effects>();
        }
    }

    [Fact]
    public void Pressing_pay_now_takes_none_of_the_attempts_that_were_announced()
    {
        var desk = new FeeDesk("2026-11-15");
        desk.Wish(new SubscriptionWish.Choose("advanced"));
        desk.Until("2026-12-15T06:00", paid: false);
        var due = desk.Open!.DueAt;
        for (var press = 0; press < 5; press++)
        {
            desk.PayNow(paid: false);
        }

        (desk.Subscription!.State, desk.Open!.Attempt, desk.Open.DueAt).ShouldBe((SubscriptionState.PastDue, 6, due));
        desk.Until("2026-12-25", paid: false);
        desk.Subscription.State.ShouldBe(SubscriptionState.PastDue);
        desk.Until("2026-12-27", paid: false);
        desk.Subscription.State.ShouldBe(SubscriptionState.Cancelled);
    }

    [Fact]
    public void A_fee_goes_over_to_whoever_pays_by_now_and_is_paid_there()
    {
        var desk = new FeeDesk("2026-11-15");
        desk.Wish(new SubscriptionWish.Choose("advanced"));
        desk.Until("2026-12-15T06:00", paid: false);
        desk.Set(FeeDesk.Child, state => state with { Payer = FeeDesk.Parent });
        desk.Until("2026-12-16", paid: false);
        desk.Fees.Where(fee => !fee.IsOpen).Select(fee => (fee.Payer, fee.State)).ShouldBe([(FeeDesk.Child, FeeState.Paid), (FeeDesk.Child, FeeState.Cancelled)]);
        (desk.Open!.Payer, desk.Open.Attempt, desk.Subscription!.State).ShouldBe((FeeDesk.Parent, 1, SubscriptionState.PastDue));
        desk.PayNow(paid: true);
        (desk.Open, desk.Subscription.State, desk.States[FeeDesk.Parent].BalanceOf(AccountKind.PlanFees)).ShouldBe((null, SubscriptionState.Active, 99 * Money.Unit));
    }

    [Fact]
    public void Why_a_card_was_declined_is_told_to_its_holder_alone()
    {
        var desk = new FeeDesk("2026-11-15", parentPays: true);
        desk.Wish(new SubscriptionWish.Choose("advanced"));
        desk.Until("2026-12-15T06:00", paid: false);
        desk.Changes[^1].Text.ShouldBe("$117.81 for the plan could not be collected from Ada.");
        desk.Notices.Select(notice => notice.Text.Contains("Insufficient", StringComparison.Ordinal)).ShouldBe([false, true]);
        desk.Notices[1].Link.ShouldBe($"/organizations/{FeeDesk.Child}/plan");
        desk.Until("2026-12-30", paid: false);
        desk.Notices.Skip(2).Select(notice => (notice.Kind, notice.Text.Contains("Insufficient", StringComparison.Ordinal))).ShouldBe([(NoticeKind.PlanEnded, false), (NoticeKind.PlanEnded, true)]);
    }

    [Fact]
    public void After_a_dispute_a_card_is_charged_for_a_plan_when_a_person_asks_and_not_of_itself()
    {
        var desk = new FeeDesk("2026-11-15");
        desk.Wish(new SubscriptionWish.Choose("advanced"));
        desk.Set(FeeDesk.Child, state => state with { Rule = state.Rule with { Suspended = RechargeSuspension.Dispute } });
        desk.Until("2026-12-16T12:00");
        (desk.Open!.FailureCode, desk.Open.Attempt, desk.Fees.Count(fee => fee.State == FeeState.Paid)).ShouldBe(("disputed", 2, 1));
        desk.PayNow(paid: true);
        desk.Subscription!.State.ShouldBe(SubscriptionState.Active);
    }
}
