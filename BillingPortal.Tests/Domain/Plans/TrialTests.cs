using BillingPortal.Domain;
using BillingPortal.Domain.Plans;

namespace BillingPortal.Tests.Domain.Plans;

/// <summary>A trial over a paid plan: what is shown is all that will be charged, and each has a cancellation of its own.</summary>
public sealed class TrialTests
{
    private static readonly SubscriptionWish Try = new SubscriptionWish.StartTrial("advanced");

    [Fact]
    public void All_that_will_be_charged_up_to_a_trials_end_is_foreseen_and_nothing_else_is_charged()
    {
        var view = PlanWorld.On("2026-11-25", PlanWorld.Paying("standard", "2026-11-01"));
        var trial = view.Taken(Try).Next;
        var foreseen = Charges.Foreseen(view, trial);
        foreseen.Select(charge => (charge.Days.Start.Day, charge.Net)).ShouldBe([(1, 20_000_000), (9, 58_610_000)]);
        var (first, second) = (Renewals.Due(PlanWorld.On("2026-12-01", trial))!, Renewals.Due(PlanWorld.On("2026-12-09", Renewals.Due(PlanWorld.On("2026-12-01", trial))!.Next))!);
        new[] { first.Charge!.Total, second.Charge!.Total }.ShouldBe(foreseen.Select(charge => charge.Total));
        (second.Next.Plan, second.Next.Trial).ShouldBe(("advanced", null));
    }

    [Fact]
    public void Beginning_a_trial_takes_no_cancellation_back()
    {
        var cancelled = PlanWorld.On("2026-11-05", PlanWorld.Paying("standard", "2026-11-01")).Taken(new SubscriptionWish.Cancel()).Next;
        var view = PlanWorld.On("2026-11-25", cancelled);
        var trial = view.Taken(Try).Next;
        (trial.CancelAtPeriodEnd, trial.Ends, trial.Standing).ShouldBe((true, false, SubscriptionStanding.Trial));
        Charges.Foreseen(view, trial).Select(charge => (charge.Days.Start.Day, charge.Net)).ShouldBe([(9, 99_000_000)]);
        var below = Renewals.Due(PlanWorld.On("2026-12-01", trial))!;
        (below.Charge, below.Next.Plan, below.Next.Trial).ShouldBe((null, "free", trial.Trial));
    }

    [Fact]
    public void Cancelling_a_trial_leaves_the_plan_below_it_and_cancelling_the_plan_ends_both()
    {
        var view = PlanWorld.On("2026-11-25", PlanWorld.Paying("standard", "2026-11-01"));
        var trial = view.Taken(Try).Next;
        var alone = PlanWorld.On("2026-11-26", trial).Taken(new SubscriptionWish.Cancel(TrialOnly: true)).Next;
        (alone.CancelAtPeriodEnd, alone.Ends, alone.Standing).ShouldBe((false, true, SubscriptionStanding.Cancelling));
        Charges.Foreseen(PlanWorld.On("2026-11-26", alone), alone).Select(charge => charge.Net).ShouldBe([20_000_000]);
        PlanWorld.On("2026-11-27", alone).Taken(new SubscriptionWish.Upgrade()).Next.Ends.ShouldBeFalse();
        var renewed = Renewals.Due(PlanWorld.On("2026-12-01", alone))!.Next;
        var over = Renewals.Due(PlanWorld.On("2026-12-09", renewed))!;
        (over.Charge, over.Next.Plan, over.Next.Standing).ShouldBe((null, "standard", SubscriptionStanding.Active));

        var both = PlanWorld.On("2026-11-26", trial).Taken(new SubscriptionWish.Cancel()).Next;
        Charges.Foreseen(PlanWorld.On("2026-11-26", both), both).ShouldBeEmpty();
        Transitions.Of(PlanWorld.On("2026-11-27", both), new SubscriptionWish.Cancel()).ShouldBeOfType<Transition.Unchanged>();
        PlanWorld.On("2026-11-27", both).Taken(new SubscriptionWish.Resume()).Next.ShouldBe(trial with { Version = both.Version + 1 });
    }

    [Fact]
    public void Where_the_plan_below_is_past_due_a_trial_is_cancelled_alone_and_ends_without_a_charge()
    {
        var desk = new FeeDesk("2026-11-01");
        desk.Wish(new SubscriptionWish.Choose("standard"));
        desk.Until("2026-11-25");
        desk.Wish(Try);
        desk.Until("2026-12-02", paid: false);
        (desk.Subscription!.State, desk.Subscription.Trial).ShouldBe((SubscriptionState.PastDue, desk.Subscription.Trial.ShouldNotBeNull()));
        var before = desk.Open!;
        desk.Wish(new SubscriptionWish.Cancel(TrialOnly: true));
        (desk.Subscription.State, desk.Subscription.TrialEnds, desk.Open).ShouldBe((SubscriptionState.PastDue, true, before));
        desk.PayNow(paid: true);
        (desk.Subscription.State, desk.Subscription.TrialEnds, desk.Subscription.Plan).ShouldBe((SubscriptionState.Active, true, "standard"), "what was cancelled while the fee waited stays cancelled");

        desk = new FeeDesk("2026-11-01");
        desk.Wish(new SubscriptionWish.Choose("standard"));
        desk.Until("2026-11-25");
        desk.Wish(Try);
        desk.Until("2026-12-10", paid: false);
        (desk.Subscription!.State, desk.Subscription.Trial, desk.Subscription.Plan).ShouldBe((SubscriptionState.PastDue, null, "standard"));
        desk.Until("2026-12-13", paid: false);
        (desk.Subscription.State, desk.Fees.Count).ShouldBe((SubscriptionState.Cancelled, 2), "one fee, four attempts, and no other period begun");
        desk.Fees[^1].Attempt.ShouldBe(4);
    }
}
