using System.Globalization;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Domain.Laws;

/// <summary>
/// Every entry gives its hash, names the hash before it, and the head names the last; nothing is missing, nothing stands behind the head,
/// and words that were not erased match their seals.
/// </summary>
public sealed class ChainLaw() : LedgerLaw("chain", "The hash chain holds", "entry by entry to each head", "entries")
{
    private readonly MerkleTree _heads = new();
    private AuditedEntry? _unexplained;
    private (string Text, Hash256 Seal) _sealed = ("", default);
    private long _organizations;

    /// <summary>The hash over all heads, to be published.</summary>
    public Hash256 PublishedHead { get; private set; }

    /// <inheritdoc />
    public override string Finding => string.Create(CultureInfo.InvariantCulture, $"{_organizations} heads, published head {PublishedHead}");

    /// <inheritdoc />
    public override void Begin(AuditedLedger ledger)
    {
        base.Begin(ledger);
        _unexplained = null;
        if (!ledger.IsKnown)
        {
            Broken(new Break(ledger.Organization, null, null, "organization", "absent", "present, since it has a ledger"));
        }

        if (ledger.Head is { } head)
        {
            _organizations++;
            _heads.Add(ledger.Organization.Value, head.Seq, head.Hash);
        }
    }

    /// <inheritdoc />
    public override void Visit(AuditedLedger ledger, AuditedEntry entry, LedgerWalk before)
    {
        Over++;
        var seq = entry.Entry.Seq;
        Explain(entry.Entry.PreviousHash);
        if (seq != before.Seq + 1)
        {
            Missing(ledger, before.Seq + 1);
        }
        else if (ledger.Head is { } head && seq > head.Seq)
        {
            Broken(new Break(ledger.Organization, seq, null, "entry", "present", Text($"absent, since the head counts {head.Seq} entries")));
        }
        else if (entry.Computed != entry.Entry.Hash)
        {
            if (EntryMends.Find(ledger, entry, before) is { } found)
            {
                Broken(found);
            }
            else
            {
                _unexplained = entry;
            }
        }
        else if (entry.Entry.PreviousHash != before.Hash)
        {
            Broken(new Break(ledger.Organization, seq, null, "prev_hash", entry.Entry.PreviousHash.ToString(), before.Hash.ToString()));
        }

        if (ledger.Published is { } published && published.Seq == seq && entry.Computed == entry.Entry.Hash && published.Hash != entry.Entry.Hash)
        {
            Broken(new Break(ledger.Organization, seq, null, "hash", entry.Entry.Hash.ToString(), $"{published.Hash} as it was published"));
        }

        Seal(entry, "comment", entry.Entry.Comment, entry.CommentSeal);
        Seal(entry, "actor", entry.Entry.Actor.Id, entry.ActorSeal);
    }

    /// <inheritdoc />
    public override void Visit(AuditedLedger ledger, StrayPosting posting) => Broken(new Break(
        ledger.Organization, posting.Seq, posting.Account, "posting", Text($"{posting.Amount}"), "absent, since there is no such entry"));

    /// <inheritdoc />
    public override void End(AuditedLedger ledger, LedgerWalk after)
    {
        if (ledger.Head is not { } head)
        {
            Broken(new Break(ledger.Organization, null, null, "ledger_head", "absent", Text($"present with seq {Math.Max(after.Seq, ledger.Published?.Seq ?? 0)}; the whole ledger may be missing")));
            return;
        }

        Explain(head.Hash);
        if (after.Seq < head.Seq)
        {
            Missing(ledger, after.Seq + 1);
            return;
        }

        if (ledger.Published is { } published && published.Seq > after.Seq)
        {
            Broken(new Break(ledger.Organization, after.Seq + 1, null, "entry", "absent", Text($"present, since {published.Seq} entries were published"), Certain: true));
        }

        Head(ledger, "ledger_head.hash", head.Hash.ToString(), after.Hash.ToString());
        Head(ledger, "ledger_head.high_effective_at", Break.Text(head.HighEffectiveAt), Break.Text(after.HighEffectiveAt));
        Head(ledger, "ledger_head.last_recorded_at", Break.Text(head.LastRecordedAt), Break.Text(after.LastRecordedAt));
    }

    /// <inheritdoc />
    public override void Finish() => PublishedHead = _heads.Root;

    /// <summary>An entry whose contents do not give its hash: what follows it says whether the contents or the hash is the wrong one.</summary>
    private void Explain(Hash256 next)
    {
        if (_unexplained is not { Entry: var entry, Computed: var computed })
        {
            return;
        }

        _unexplained = null;
        Broken(next == computed
            ? new Break(entry.Organization, entry.Seq, null, "hash", entry.Hash.ToString(), computed.ToString(), Certain: true)
            : new Break(entry.Organization, entry.Seq, null, "content", Text($"what hashes to {computed}"), Text($"what hashes to {entry.Hash}")));
    }

    private void Missing(AuditedLedger ledger, long seq) => Broken(new Break(
        ledger.Organization, seq, null, "entry", "absent", Text($"present, since the head counts {ledger.Head?.Seq ?? 0} entries"), Certain: true));

    private void Seal(AuditedEntry entry, string what, string text, Hash256 seal)
    {
        // Erased text is empty; its seal stays and is hashed.
        if (text.Length == 0 || entry.Computed != entry.Entry.Hash || (_sealed.Text == text && _sealed.Seal == seal))
        {
            return;
        }

        _sealed = (text, CanonicalForm.Seal(text));
        if (_sealed.Seal != seal)
        {
            Broken(new Break(entry.Entry.Organization, entry.Entry.Seq, null, what, $"“{text}”", $"the text whose SHA-256 is {seal}"));
        }
    }

    private void Head(AuditedLedger ledger, string what, string stored, string should)
    {
        if (!string.Equals(stored, should, StringComparison.Ordinal))
        {
            Broken(new Break(ledger.Organization, null, null, what, stored, should));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
