using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Laws;

/// <summary>What a cold reading found, one example each.</summary>
public sealed class EngineEdges(TestDatabases databases)
{
    [Theory, BothDatabases]
    public async Task A_request_for_the_window_that_has_just_ended_is_weighed_in_it(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock(new DateTimeOffset(2026, 1, 31, 23, 59, 0, TimeSpan.Zero));
        await using var ledger = new Ledger(database, clock);
        var acme = await ledger.OrganizationAsync(ChargingModel.Postpaid);
        await ledger.DoneAsync(ledger.Rule(Engine.Cap(acme, 100)));
        await ledger.DoneAsync(ledger.Charge(acme, 100));
        clock.Advance(TimeSpan.FromMinutes(2));

        var late = ledger.Charge(acme, 1) with { OccurredAt = Instant.Now(clock).Plus(TimeSpan.FromSeconds(-90)) };
        (await ledger.RunAsync(late)).ShouldBeOfType<Outcome<Receipt>.Refused>().Refusal.Code.ShouldBe(RefusalCode.CapReached);
        await ledger.DoneAsync(ledger.Charge(acme, 100));
    }

    [Theory, BothDatabases]
    public async Task A_node_whose_clock_is_behind_weighs_the_window_in_which_it_writes(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var ahead = new FakeClock(new DateTimeOffset(2026, 2, 1, 0, 0, 1, TimeSpan.Zero));
        await using var first = new Ledger(database, ahead);
        await using var second = new Ledger(database, new FakeClock(new DateTimeOffset(2026, 1, 31, 23, 59, 59, TimeSpan.Zero)));
        var acme = await first.OrganizationAsync(ChargingModel.Postpaid);
        await first.DoneAsync(first.Rule(Engine.Cap(acme, 100)));
        await first.DoneAsync(first.Charge(acme, 100));

        var behind = second.Charge(acme, 1) with { };
        (await second.RunAsync(behind with { Actor = Actor.User("second", "page") })).ShouldBeOfType<Outcome<Receipt>.Refused>().Refusal.Code.ShouldBe(RefusalCode.CapReached);
        await using var store = database.Read();
        var window = await store.SpendingWindows.SingleAsync();
        new Instant(window.StartsAt).ToString().ShouldStartWith("2026-02-01");
    }

    [Theory, BothDatabases]
    public async Task Taking_another_card_away_leaves_a_charge_at_the_provider_to_settle(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock();
        await using var ledger = new Ledger(database, clock);
        var acme = await ledger.OrganizationAsync();
        await ledger.CardAsync(acme);
        await ledger.DoneAsync(ledger.Rule(Engine.Recharge(acme, 10, 50)));
        var lost = (await ledger.FlyAsync(acme, _ => new RechargeOutcome.Unknown(null, "No answer.")))!;
        var other = Engine.Visa("1111");
        await ledger.CardAsync(acme, other);
        await ledger.DoneAsync(new RemoveCard(Ledger.Tester, ledger.NextKey(), acme, CardChange.IdOf(other.Provider, other.Method)));

        (await ledger.RechargesAsync(acme)).ShouldHaveSingleItem().State.ShouldBe((int)RechargeState.Unknown);
        await ledger.DoneAsync(new SettleRecharge(Actor.System("gateway"), acme, lost.Number, lost.Attempt, Engine.Paid(lost)));
        (await ledger.RechargesAsync(acme)).ShouldHaveSingleItem().State.ShouldBe((int)RechargeState.Settled);
    }

    [Theory, BothDatabases]
    public async Task A_retry_that_is_no_longer_needed_charges_nothing(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock();
        await using var ledger = new Ledger(database, clock);
        var acme = await ledger.OrganizationAsync();
        await ledger.CardAsync(acme);
        await ledger.DoneAsync(ledger.Rule(Engine.Recharge(acme, 10, 50)));
        await ledger.FlyAsync(acme, Engine.Declined);
        await ledger.DoneAsync(ledger.TopUp(acme, 200));
        clock.Advance(TimeSpan.FromHours(1));

        (await ledger.FlyAsync(acme, Engine.Paid))!.State.ShouldBe(RechargeState.Cancelled);
        await using var store = database.Read();
        (await store.RechargeAttempts.OrderBy(step => step.Step).Select(step => step.Code).LastAsync()).ShouldBe("not_needed");
    }

    [Theory, BothDatabases]
    public async Task Who_was_paused_by_the_months_limit_while_empty_is_recharged_when_the_month_ends(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock();
        await using var ledger = new Ledger(database, clock);
        var acme = await ledger.OrganizationAsync();
        await ledger.CardAsync(acme);
        await ledger.DoneAsync(ledger.Rule(Engine.Recharge(acme, 10, 50, 60)));
        await ledger.FlyAsync(acme, Engine.Paid);
        clock.Advance(TimeSpan.FromHours(2));
        await ledger.DoneAsync(ledger.Charge(acme, 50));
        (await ledger.RechargesAsync(acme)).ShouldHaveSingleItem();
        clock.MoveTo(new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero));

        await ledger.DoneAsync(new LookAgain(Actor.System("engine"), "again", acme));
        (await ledger.RechargesAsync(acme)).Select(recharge => recharge.State).ShouldBe([(int)RechargeState.Settled, (int)RechargeState.Planned]);
    }

    [Theory, BothDatabases]
    public async Task Saving_a_rule_again_with_its_key_and_preview_is_answered_as_done(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var acme = await ledger.OrganizationAsync();
        var saving = ledger.Rule(Engine.Cap(acme, 100));
        var shown = (await ledger.Writer.PreviewAsync(saving, CancellationToken.None)).ShouldBeOfType<Outcome<Preview>.Done>().Value;
        (await ledger.Writer.RunAsync(saving, Agreement.To(shown), CancellationToken.None)).ShouldBeOfType<Outcome<Receipt>.Done>();

        var again = (await ledger.Writer.RunAsync(saving, Agreement.To(shown), CancellationToken.None)).ShouldBeOfType<Outcome<Receipt>.Done>();
        again.Value.Replayed.ShouldBeTrue();
        await using var store = database.Read();
        (await store.BillingRuleChanges.CountAsync()).ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task A_dispute_beyond_what_is_held_opens_an_overdraft_blocks_and_breaks_no_law_and_won_it_comes_back(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var acme = await ledger.OrganizationAsync();
        await ledger.DoneAsync(ledger.TopUp(acme, 50, bonusRate: 200_000));
        await ledger.DoneAsync(ledger.Charge(acme, 45));
        var dispute = new DisputeChange("test", "dp_1", "pay_1", Ledger.Micros(50), "open");

        var booked = await ledger.DoneAsync(new BookDispute(Actor.System("webhook"), acme, dispute));
        booked.Entries.Single().Postings.Select(line => $"{line.Account} {line.Amount / 1_000_000}").ShouldBe(
            ["cash -5", "bonus -10", "overdraft -35", "refunds_and_disputes 50"]);
        (await ledger.DoneAsync(new BookDispute(Actor.System("webhook"), acme, dispute))).Replayed.ShouldBeTrue();
        await ledger.LawsHoldAsync();
        await using (var store = database.Read())
        {
            var organization = await store.Organizations.SingleAsync();
            organization.BlockedCause.ShouldBe(BlockCause.UnfundedOverdraft);
            (await store.BillingRules.SingleAsync()).Suspended.ShouldBe((int)RechargeSuspension.Dispute);
        }

        var won = await ledger.DoneAsync(new CloseDispute(Actor.System("webhook"), acme, "test", "dp_1", Won: true));
        won.Entries.Single().Postings.Select(line => $"{line.Account} {line.Amount / 1_000_000}").ShouldBe(
            ["cash 5", "bonus 10", "overdraft 35", "refunds_and_disputes -50"], "what was bonus is no cash that could be refunded");
        await ledger.LawsHoldAsync();
        await using var after = database.Read();
        (await after.Organizations.SingleAsync()).BlockedCause.ShouldBeNull();
        (await after.PaymentDisputes.SingleAsync()).Status.ShouldBe("won");
    }
}
