using System.Collections.Immutable;
using BillingPortal.Domain.Laws;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Store.Auditing;

/// <summary>A piece of one ledger on its way to the laws: small ledgers come whole, large ones in several.</summary>
internal sealed record LedgerPart(AuditedLedger Ledger, bool Begins, bool Ends, IReadOnlyList<AuditedEntry> Entries, IReadOnlyList<StrayPosting> Strays)
{
    /// <summary>Puts postings to their entries and works out the hashes, on all processors.</summary>
    public static LedgerPart Of(
        AuditedLedger ledger, bool begins, bool ends, IReadOnlyList<(JournalEntry Entry, Hash256 Comment, Hash256 Actor)> entries, IEnumerable<StoredPosting> postings)
    {
        var bySeq = new Dictionary<long, List<StoredPosting>>(entries.Count);
        foreach (var (entry, _, _) in entries)
        {
            bySeq[entry.Seq] = new List<StoredPosting>(4);
        }

        var orphans = new List<StrayPosting>();
        foreach (var posting in postings)
        {
            if (bySeq.TryGetValue(posting.Seq, out var lines))
            {
                lines.Add(posting);
            }
            else
            {
                orphans.Add(Stray(posting));
            }
        }

        var audited = new AuditedEntry[entries.Count];
        Parallel.For(0, entries.Count, at => audited[at] = Audit(entries[at], bySeq[entries[at].Entry.Seq]));
        return new LedgerPart(ledger, begins, ends, audited, orphans);
    }

    private static AuditedEntry Audit((JournalEntry Entry, Hash256 Comment, Hash256 Actor) stored, List<StoredPosting> lines)
    {
        var entry = stored.Entry with { Postings = [.. lines.Select(line => line.Posting)] };
        var strays = lines.Exists(line => line.EffectiveAt != entry.EffectiveAt || line.Late != entry.Late)
            ? lines.Where(line => line.EffectiveAt != entry.EffectiveAt || line.Late != entry.Late).Select(Stray).ToImmutableArray()
            : [];
        return new AuditedEntry(entry, stored.Comment, stored.Actor, Journal.HashOf(entry, stored.Comment, stored.Actor), strays);
    }

    private static StrayPosting Stray(StoredPosting posting) => new(posting.Seq, posting.Posting.Account, posting.Posting.Amount, posting.EffectiveAt, posting.Late);
}
