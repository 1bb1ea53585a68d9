using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Tests.Domain.Ledger;
using static BillingPortal.Tests.Domain.Ledger.Ledgers;

namespace BillingPortal.Tests.Domain.Billing;

public sealed class ReverseEntryTests
{
    private static readonly ReverseEntry Undo = new(Actor.User("maria", "page"), "undo", Acme, 1) { Limit = Micros(1_000), MayRaiseCash = true };

    [Fact]
    public void An_undo_posts_every_line_with_the_other_sign()
    {
        var (entry, after) = Posted(Holding((AccountKind.Monthly, 10), (AccountKind.Cash, 100)), Charge(50));
        Undo.Decide(after, new Facts { Entry = entry }).Lines().ShouldBe(["monthly 10.00", "cash 40.00", "revenue -50.00"]);
    }

    [Fact]
    public void An_undo_that_a_bucket_cannot_bear_names_the_largest_correction_possible()
    {
        var (entry, after) = Posted(Holding(), Add(AccountKind.Bonus, 50));
        var spent = after with { Accounts = after.Accounts.SetItem(AccountKey.Of(AccountKind.Bonus), new Account(AccountKey.Of(AccountKind.Bonus), Micros(12))) };
        var refusal = Undo.Decide(spent, new Facts { Entry = entry }).Refused();
        refusal.Code.ShouldBe(RefusalCode.BelowFloor);
        refusal.Message.ShouldContain("largest correction possible now is $12.00");
    }

    [Fact]
    public void An_entry_is_undone_once_and_an_undo_and_a_payment_never()
    {
        var (entry, after) = Posted(Holding(), Add(AccountKind.Bonus, 50));
        Undo.Decide(after, new Facts { Entry = entry, ReversedBy = 2 }).Refused().Code.ShouldBe(RefusalCode.AlreadyReversed);
        Undo.Decide(after, new Facts { Entry = entry with { Kind = EntryKind.Reversal } }).Refused().Code.ShouldBe(RefusalCode.NotReversible);
        Undo.Decide(after, new Facts { Entry = entry with { Kind = EntryKind.TopUp } }).Refused().Code.ShouldBe(RefusalCode.NotReversible);
        Undo.Decide(after, Facts.None).ShouldBeOfType<Decision.NotFound>();
    }

    [Fact]
    public void Support_may_undo_a_charge_but_not_an_adjustment_that_took_cash_away()
    {
        var support = Undo with { MayRaiseCash = false };
        var (charge, charged) = Posted(Holding((AccountKind.Cash, 100)), Charge(50));
        support.Decide(charged, new Facts { Entry = charge }).ShouldBeOfType<Decision.Effects>();
        var (taken, left) = Posted(Holding((AccountKind.Cash, 100)), Add(AccountKind.Cash, -50));
        support.Decide(left, new Facts { Entry = taken }).Refused().Code.ShouldBe(RefusalCode.Forbidden);
    }

    [Fact]
    public void An_undo_counts_towards_the_daily_limit()
    {
        var (entry, after) = Posted(Holding(), Add(AccountKind.Bonus, 50));
        Undo.Decide(after, new Facts { Entry = entry, MovedInOrganization = Micros(960) }).ShouldBeOfType<Decision.NeedsApproval>().Need.Scope.ShouldBe("organization");
    }

    [Fact]
    public void Undoing_the_fact_that_made_the_overdraft_unblocks()
    {
        var (entry, after) = Posted(Holding(), Charge(5) with { Mode = ChargeMode.Fact });
        var decision = Undo.Decide(after with { Blocked = BlockCause.UnfundedOverdraft }, new Facts { Entry = entry });
        decision.ShouldBeOfType<Decision.Effects>().Items.ShouldContain(effect => effect is Effect.Unblock);
    }

    private static ChargeUsage Charge(decimal units) => new(Actor.System("test"), "charge", Acme) { Amount = Micros(units), Service = "Compute" };

    private static AdjustBalance Add(AccountKind bucket, decimal units) => new(Actor.System("test"), "adjust", Acme)
    {
        Change = new Adjustment.Add(bucket, Micros(units)), Reason = ReasonCode.Find("goodwill")!, Limit = Micros(1_000), MayRaiseCash = true,
    };

    private static (JournalEntry Entry, LedgerState After) Posted(LedgerState state, MoneyCommand command)
    {
        var draft = ((Decision.Effects)command.Decide(state)).Items.OfType<Effect.Post>().Single().Entry;
        var (entry, next) = Journal.Post(state, draft, command, Now);
        return (entry, next);
    }
}
