using System.Globalization;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Domain.Laws;

/// <summary>
/// No bucket falls below its floor: monthly, promotional and cash not below zero, bonus only where contract 2 set what remains or an undo
/// went back there, cash and bonus together never, and an overdraft never above zero (rules §1).
/// </summary>
public sealed class FloorLaw() : LedgerLaw("floor", "No bucket below its floor", "cash and bonus together never below zero", "organizations")
{
    private long _negativeBonus;

    /// <inheritdoc />
    public override string Finding => _negativeBonus == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{_negativeBonus} bonus below zero through an adjustment, cash + bonus ≥ 0 holds");

    /// <inheritdoc />
    public override void Begin(AuditedLedger ledger)
    {
        base.Begin(ledger);
        Over++;
    }

    /// <inheritdoc />
    public override void Visit(AuditedLedger ledger, AuditedEntry entry, LedgerWalk before)
    {
        Int128 pair = 0;
        foreach (var posting in entry.Entry.Postings)
        {
            pair += posting.Account.Kind is AccountKind.Cash or AccountKind.Bonus ? posting.Amount : 0;
            if (IsBelow(entry.Entry, posting))
            {
                Below(ledger, entry.Entry.Seq, posting.Account, "balance_after", posting.BalanceAfter, posting.Account.Kind == AccountKind.Overdraft ? "at most 0" : "at least 0");
            }
        }

        if (pair < 0)
        {
            var together = before.BalanceOf(AccountKind.Cash) + before.BalanceOf(AccountKind.Bonus) + pair;
            if (together < 0)
            {
                Below(ledger, entry.Entry.Seq, null, "cash + bonus", together, "at least 0");
            }
        }
    }

    /// <inheritdoc />
    public override void End(AuditedLedger ledger, LedgerWalk after) => _negativeBonus += after.BalanceOf(AccountKind.Bonus) < 0 ? 1 : 0;

    private static bool IsBelow(JournalEntry entry, Posting posting) => posting.Account.Kind switch
    {
        AccountKind.Monthly or AccountKind.Promotional or AccountKind.Cash => posting.BalanceAfter < 0,
        AccountKind.Bonus => posting is { BalanceAfter: < 0, Amount: < 0 } && entry.Kind != EntryKind.Reversal && entry.Reason != ReasonCode.BalanceSetByApi.Code,
        AccountKind.Overdraft => posting.BalanceAfter > 0,
        _ => false,
    };

    private void Below(AuditedLedger ledger, long seq, AccountKey? account, string what, Int128 stored, string should) =>
        Broken(new Break(ledger.Organization, seq, account, what, stored.ToString(CultureInfo.InvariantCulture), should));
}
