using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>Undoes an entry by its inverse, which is an entry itself (rules §5). Payments are refunded, not undone.</summary>
public sealed record ReverseEntry(Actor Actor, string Key, OrganizationId Organization, long Seq) : MoneyCommand(Actor, Key)
{
    /// <summary>Whose usage the entry charged, where this ledger paid for somebody else: what they spent falls with it.</summary>
    public OrganizationId? Consumer { get; init; }

    /// <summary>A person's words.</summary>
    public string Comment { get; init; } = "";

    /// <summary>Millionths the actor may move alone in a rolling day.</summary>
    public required long Limit { get; init; }

    /// <summary>True where the actor may raise cash and forgive an overdraft.</summary>
    public required bool MayRaiseCash { get; init; }

    /// <inheritdoc />
    public override string Rule => "reverse-entry/1";

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => Consumer is { } consumer ? [Organization, consumer] : [Organization];

    /// <inheritdoc />
    public override FactsNeeded Needs => new((Organization, Seq), true, []);

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        var state = view.States[Organization];
        if (view.Facts.Entry is not { } entry)
        {
            return new Decision.NotFound("There is no such entry.");
        }

        if (view.Facts.ReversedBy is { } by)
        {
            return Decision.No(RefusalCode.AlreadyReversed, string.Create(CultureInfo.InvariantCulture, $"Entry {entry.Name} was undone by {Organization}/{by}."));
        }

        if (entry.Postings.Any(posting => posting.Account.Consumer is { } consumer && consumer != Consumer))
        {
            throw new InvalidOperationException("The entry charged somebody else's usage; name the consumer.");
        }

        if (NotUndone(entry.Kind) is { } reason)
        {
            return Decision.No(RefusalCode.NotReversible, reason);
        }

        if (IsInvoiced(entry, state))
        {
            return Decision.No(RefusalCode.NotReversible,
                $"{new BillingPeriod(entry.Period).ToString(CultureInfo.InvariantCulture)} is closed: what it charged is corrected by a credit note of its invoice. Nothing was posted.");
        }

        if (!MayRaiseCash && RaisesByHand(entry))
        {
            return Decision.No(RefusalCode.Forbidden, "Undoing this adjustment raises cash or forgives an overdraft. Finance may.");
        }

        var reversal = new EntryDraft(EntryKind.Reversal, ReasonCode.Undone, Journal.Inverse(entry))
        {
            Comment = Comment,
            Service = entry.Service,
            Period = PeriodOf(entry, state),
            ReversesSeq = Seq,
            Detail = string.Create(CultureInfo.InvariantCulture, $$"""{"rule":"reverse-entry/1","reverses":{{Seq}}{{ConsumerDetail.Of(Consumer)}}}"""),
        };
        return BelowFloor(state, entry, reversal)
            ?? ApprovalLimit.Check(state, view.Facts, reversal.Size, Limit)
            ?? Consequences.After(view, Organization, reversal);
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Seq).Add(Comment);

    /// <summary>The entry's own period while it is open; a closed one's corrections belong to the month in which they are made.</summary>
    private static int? PeriodOf(JournalEntry entry, LedgerState state) =>
        state.ClosedUntil.Micros > long.MinValue && entry.Period < BillingPeriod.Of(state.ClosedUntil, state.TimeZone).Number ? null : entry.Period;

    /// <summary>What a closed month charged stands on its invoice or statement (rules §5).</summary>
    private static bool IsInvoiced(JournalEntry entry, LedgerState state) => PeriodOf(entry, state) is null
        && entry.Postings.Any(posting => posting.Account.Kind == AccountKind.Revenue);

    private static string? NotUndone(EntryKind kind) => kind switch
    {
        EntryKind.Reversal => "An undo is not undone. Make the change again instead.",
        EntryKind.TopUp => "A payment is refunded, not undone.",
        EntryKind.Transfer => "A transfer has two sides. Undo the transfer, not one entry of it.",
        EntryKind.Dispute or EntryKind.DisputeWon => "A dispute is decided by the bank, not undone.",
        EntryKind.Invoice => "A closed period is reopened, an issued invoice is corrected by a credit note; neither is undone.",
        EntryKind.CreditNote or EntryKind.WriteOff => "What was decided about an invoice stays; decide again about the invoice.",
        EntryKind.Payment or EntryKind.Refund => "Money that moved is paid back or asked for again, not undone.",
        EntryKind.Expiry => "Credits that lapsed are granted again, not undone.",
        EntryKind.Fee => "A plan's fee is corrected by a credit note of its invoice.",
        _ => null,
    };

    /// <summary>Support may take back what was charged, but not put back cash that finance took away.</summary>
    private static bool RaisesByHand(JournalEntry entry) => entry.Kind == EntryKind.Adjustment
        && entry.Postings.Any(posting => posting.Amount < 0 && posting.Account.Kind is AccountKind.Cash or AccountKind.Overdraft);

    private static Decision? BelowFloor(LedgerState state, JournalEntry entry, EntryDraft reversal)
    {
        var words = (long micros) => new Money(micros, state.Currency).ToString(CultureInfo.InvariantCulture);
        foreach (var posting in entry.Postings.Where(posting => ChartOfAccounts.GroupOf(posting.Account.Kind) == AccountGroup.Value && posting.Amount > 0))
        {
            // Contract 2 may leave bonus below zero (rules §1). What it was before the entry, it may be again; never less.
            var line = new PostingDraft(posting.Account, -posting.Amount);
            var has = Math.Max(0, state.BalanceOf(line.Account));
            if (state.BalanceOf(line.Account) + line.Amount < Math.Min(0, posting.BalanceBefore))
            {
                return Decision.No(RefusalCode.BelowFloor,
                    $"{ChartOfAccounts.NameOf(line.Account.Kind)} holds {words(has)} of the {words(-line.Amount)} that entry {entry.Name} added. "
                    + $"The largest correction possible now is {words(has)}.", "Amount");
            }
        }

        var cashAndBonus = state.BalanceOf(AccountKind.Cash) + state.BalanceOf(AccountKind.Bonus)
            + reversal.Postings.Where(line => line.Account.Kind is AccountKind.Cash or AccountKind.Bonus).Sum(line => line.Amount);
        var overdraft = state.BalanceOf(AccountKind.Overdraft)
            + reversal.Postings.Where(line => line.Account.Kind == AccountKind.Overdraft).Sum(line => line.Amount);
        return (cashAndBonus < 0, overdraft > 0) switch
        {
            (true, _) => Decision.No(RefusalCode.BelowFloor, $"Cash and bonus together would fall to {words(cashAndBonus)}.", "Amount"),
            (_, true) => Decision.No(RefusalCode.BelowFloor,
                $"The overdraft that entry {entry.Name} made was repaid since; undoing it would leave {words(overdraft)} too much. Add cash instead.", "Amount"),
            _ => null,
        };
    }
}
