using BillingPortal.Domain;
using BillingPortal.Domain.Laws;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Tests.Capabilities.Auditing;

/// <summary>Each law over entries whose hashes are right, so that only the law itself can find what is wrong.</summary>
public sealed class LawTests
{
    private static readonly OrganizationId Acme = new(10_001);

    [Fact]
    public void Postings_that_do_not_sum_to_zero_break_the_law() =>
        Check(new SumLaw(), Entry(1, EntryKind.TopUp, "paid_in", (AccountKind.Cash, 5), (AccountKind.PaymentsClearing, -4)))
            .First!.ToString().ShouldBe("entry 10001/1: sum of postings is stored as 1, should be 0");

    [Fact]
    public void Cash_below_zero_breaks_the_floor() =>
        Check(new FloorLaw(), Entry(1, EntryKind.Adjustment, "goodwill", (AccountKind.Cash, -5), (AccountKind.CashAdjustments, 5))).First!.Account.ShouldBe(AccountKey.Of(AccountKind.Cash));

    [Theory]
    [InlineData("balance_set_by_api", 0)]
    [InlineData("goodwill", 1)]
    public void A_bonus_falls_below_zero_only_where_contract_2_set_what_remains(string reason, int breaks) => Check(new FloorLaw(),
        Entry(1, EntryKind.Adjustment, reason, (AccountKind.Cash, 20), (AccountKind.Bonus, -12), (AccountKind.CashAdjustments, -20), (AccountKind.Goodwill, 12))).Breaks.ShouldBe(breaks);

    [Fact]
    public void Cash_and_bonus_together_below_zero_break_the_floor() => Check(new FloorLaw(),
        Entry(1, EntryKind.Adjustment, "balance_set_by_api", (AccountKind.Bonus, -12), (AccountKind.Goodwill, 12))).First!.What.ShouldBe("cash + bonus");

    [Theory]
    [InlineData("usage_requested", 1)]
    [InlineData("usage_reported", 0)]
    public void Only_a_recorded_fact_opens_an_overdraft(string reason, int breaks) =>
        Check(new RequestLaw(), Entry(1, EntryKind.Charge, reason, (AccountKind.Overdraft, -3), (AccountKind.Revenue, 3))).Breaks.ShouldBe(breaks);

    [Fact]
    public void A_reversal_that_gives_back_another_amount_does_not_pair()
    {
        var law = new ReversalLaw();
        var ledger = Ledger(1);
        Check(law, ledger, Entry(1, EntryKind.Charge, "usage_requested", (AccountKind.Cash, -5), (AccountKind.Revenue, 5)),
            Entry(2, EntryKind.Reversal, "undone", (AccountKind.Cash, 4), (AccountKind.Revenue, -4)) with { ReversesSeq = 1 });
        law.Breaks.ShouldBe(2);
        law.First!.ToString().ShouldBe("entry 10001/2, account cash: sum of the pair is stored as -1, should be 0");
    }

    [Fact]
    public void A_reversal_of_nothing_does_not_pair() =>
        Check(new ReversalLaw(), Entry(1, EntryKind.Reversal, "undone", (AccountKind.Cash, 5), (AccountKind.Revenue, -5)) with { ReversesSeq = 7 }).Breaks.ShouldBe(1);

    [Fact]
    public void A_transfer_without_its_other_entry_leaves_money_in_transit()
    {
        var law = Check(new TransferLaw(), Entry(1, EntryKind.Adjustment, "contract", (AccountKind.Cash, -5), (AccountKind.TransfersInTransit, 5)) with { TransferId = new Guid("0192a5de-7c44-7bb5-9c55-112233445566") });
        law.Breaks.ShouldBe(2);
        law.Over.ShouldBe(1);
    }

    [Fact]
    public void Amounts_beyond_money_are_told_and_do_not_stop_the_check() => Check(new SumLaw(),
        Entry(1, EntryKind.TopUp, "paid_in", (AccountKind.Cash, long.MaxValue), (AccountKind.Bonus, long.MaxValue))).Breaks.ShouldBe(1);

    [Fact]
    public void The_published_head_tells_every_set_of_ledgers_apart()
    {
        var roots = new List<Hash256>();
        for (var most = 0; most < 9; most++)
        {
            var tree = new MerkleTree();
            for (var organization = 0; organization < most; organization++)
            {
                tree.Add(organization, 1, CanonicalForm.Seal("head"));
            }

            roots.Add(tree.Root);
        }

        roots.Distinct().Count().ShouldBe(9);
    }

    private static LedgerLaw Check(LedgerLaw law, params JournalEntry[] entries) => Check(law, Ledger(), entries);

    private static LedgerLaw Check(LedgerLaw law, AuditedLedger ledger, params JournalEntry[] entries)
    {
        var walk = new LedgerWalk();
        law.Begin(ledger);
        foreach (var entry in entries)
        {
            law.Visit(ledger, Stored(entry), walk);
            walk.Pass(entry);
        }

        law.End(ledger, walk);
        law.Finish();
        return law;
    }

    internal static AuditedEntry Stored(JournalEntry entry) => new(entry, default, default, default, []);

    internal static AuditedLedger Ledger(params long[] reversed) => new() { Organization = Acme, IsKnown = true, Currency = "USD", Reversed = reversed.ToHashSet() };

    internal static JournalEntry Entry(long seq, EntryKind kind, string reason, params (AccountKind Kind, long Amount)[] lines) => new()
    {
        Organization = Acme,
        Seq = seq,
        Kind = kind,
        Reason = reason,
        Comment = "",
        Actor = Actor.System("test"),
        Service = "",
        Detail = "{}",
        Period = 202603,
        EffectiveAt = new Instant(1),
        RecordedAt = new Instant(1),
        Late = false,
        IdempotencyKey = "k" + seq,
        RequestHash = default,
        PreviousHash = default,
        NetAmount = 0,
        NetAfter = 0,
        Postings = [.. lines.Select(line => new Posting(AccountKey.Of(line.Kind), line.Amount, line.Amount))],
    };
}
