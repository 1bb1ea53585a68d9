using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Domain.Laws;

/// <summary>Every reversal pairs with an earlier entry and nets it to zero, account by account.</summary>
public sealed class ReversalLaw() : LedgerLaw("reversal", "Every reversal pairs", "and nets to zero by account", "pairs")
{
    private readonly Dictionary<long, ImmutableArray<Posting>> _waiting = [];

    /// <inheritdoc />
    public override void Begin(AuditedLedger ledger)
    {
        base.Begin(ledger);
        _waiting.Clear();
    }

    /// <inheritdoc />
    public override void Visit(AuditedLedger ledger, AuditedEntry entry, LedgerWalk before)
    {
        var seq = entry.Entry.Seq;
        if (ledger.Reversed.Contains(seq))
        {
            _waiting[seq] = entry.Entry.Postings;
        }

        if ((entry.Entry.Kind == EntryKind.Reversal) != entry.Entry.ReversesSeq.HasValue)
        {
            Broken(new Break(ledger.Organization, seq, null, "reverses_seq", entry.Entry.ReversesSeq?.ToString(CultureInfo.InvariantCulture) ?? "absent",
                entry.Entry.ReversesSeq is null ? "the entry that this reversal undoes" : "absent, since it is no reversal"));
            return;
        }

        if (entry.Entry.ReversesSeq is not { } reversed)
        {
            return;
        }

        Over++;
        if (reversed >= seq || !_waiting.Remove(reversed, out var postings))
        {
            Broken(new Break(ledger.Organization, seq, null, "reverses_seq", reversed.ToString(CultureInfo.InvariantCulture), "an earlier entry that nothing else reverses"));
            return;
        }

        foreach (var left in postings.Concat(entry.Entry.Postings).GroupBy(posting => posting.Account).Select(both => (both.Key, Sum: both.Aggregate((Int128)0, (all, posting) => all + posting.Amount))).Where(both => both.Sum != 0))
        {
            Broken(new Break(ledger.Organization, seq, left.Key, "sum of the pair", left.Sum.ToString(CultureInfo.InvariantCulture), "0"));
        }
    }
}
