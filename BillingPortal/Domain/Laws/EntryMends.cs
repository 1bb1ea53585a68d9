using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Domain.Laws;

/// <summary>
/// Finds what was changed in an entry whose contents no longer give its hash: of every single change that its surroundings suggest, the
/// one that makes the hash right again. A hash that fits by chance does not happen.
/// </summary>
public static class EntryMends
{
    /// <summary>The break with the exact field, where one mend makes the hash right; null where none does.</summary>
    public static Break? Find(AuditedLedger ledger, AuditedEntry audited, LedgerWalk before) =>
        Candidates(ledger, audited, before).FirstOrDefault(mend => Journal.HashOf(mend.Entry, mend.Comment, mend.Actor) == audited.Entry.Hash)?.Break;

    private static IEnumerable<Mend> Candidates(AuditedLedger ledger, AuditedEntry audited, LedgerWalk before)
    {
        var entry = audited.Entry;
        Mend Field(string what, string stored, string should, JournalEntry mended) =>
            new(mended, audited.CommentSeal, audited.ActorSeal, new Break(entry.Organization, entry.Seq, null, what, stored, should, Certain: true));

        foreach (var mend in OfPostings(audited, before))
        {
            yield return mend;
        }

        var net = Wrapped(entry.Postings.Where(posting => ChartOfAccounts.IsCustomers(posting.Account.Kind)));
        var netAfter = unchecked(before.Net + entry.NetAmount);
        yield return Field("net_amount", Text(entry.NetAmount), Text(net), entry with { NetAmount = net });
        yield return Field("net_after", Text(entry.NetAfter), Text(netAfter), entry with { NetAfter = netAfter });
        yield return Field("prev_hash", entry.PreviousHash.ToString(), before.Hash.ToString(), entry with { PreviousHash = before.Hash });
        yield return Field("late", Text(entry.Late), Text(!entry.Late), entry with { Late = !entry.Late });
        foreach (var stray in audited.Strays.Where(stray => stray.EffectiveAt != entry.EffectiveAt))
        {
            yield return Field("effective_at", Break.Text(entry.EffectiveAt), Break.Text(stray.EffectiveAt), entry with { EffectiveAt = stray.EffectiveAt });
        }

        yield return Field("recorded_at", Break.Text(entry.RecordedAt), Break.Text(entry.EffectiveAt), entry with { RecordedAt = entry.EffectiveAt });
        foreach (var kind in Enum.GetValues<EntryKind>())
        {
            yield return Field("kind", EntryKinds.CodeOf(entry.Kind), EntryKinds.CodeOf(kind), entry with { Kind = kind });
        }

        foreach (var reason in ReasonCode.All)
        {
            yield return Field("reason", entry.Reason, reason.Code, entry with { Reason = reason.Code });
        }

        if (TimeZoneInfo.TryFindSystemTimeZoneById(ledger.TimeZone, out _) && Math.Abs(entry.EffectiveAt.Micros) < 250_000_000_000_000_000)
        {
            var period = BillingPeriod.Of(entry.EffectiveAt, ledger.TimeZone).Number;
            yield return Field("period", Text(entry.Period), Text(period), entry with { Period = period });
        }

        yield return new Mend(entry, CanonicalForm.Seal(entry.Comment), audited.ActorSeal, new Break(
            entry.Organization, entry.Seq, null, "comment_seal", audited.CommentSeal.ToString(), CanonicalForm.Seal(entry.Comment).ToString(), Certain: true));
        yield return new Mend(entry, audited.CommentSeal, CanonicalForm.Seal(entry.Actor.Id), new Break(
            entry.Organization, entry.Seq, null, "actor_seal", audited.ActorSeal.ToString(), CanonicalForm.Seal(entry.Actor.Id).ToString(), Certain: true));
    }

    private static IEnumerable<Mend> OfPostings(AuditedEntry audited, LedgerWalk before)
    {
        var entry = audited.Entry;
        Mend Posting(AccountKey account, string what, string stored, string should, ImmutableArray<Posting> postings) =>
            new(entry with { Postings = postings }, audited.CommentSeal, audited.ActorSeal, new Break(entry.Organization, entry.Seq, account, what, stored, should, Certain: true));

        var sum = Wrapped(entry.Postings);
        foreach (var posting in entry.Postings)
        {
            var amount = unchecked(posting.BalanceAfter - before.BalanceOf(posting.Account));
            var summing = unchecked(posting.Amount - sum);
            yield return Posting(posting.Account, "amount", Text(posting.Amount), Text(amount), entry.Postings.Replace(posting, posting with { Amount = amount }));
            yield return Posting(posting.Account, "amount", Text(posting.Amount), Text(summing), entry.Postings.Replace(posting, posting with { Amount = summing }));
            var after = unchecked(before.BalanceOf(posting.Account) + posting.Amount);
            yield return Posting(posting.Account, "balance_after", Text(posting.BalanceAfter), Text(after), entry.Postings.Replace(posting, posting with { BalanceAfter = after }));
            yield return Posting(posting.Account, "posting", Text(posting.Amount), "absent", entry.Postings.Remove(posting));
        }

        foreach (var account in ChartOfAccounts.All.Select(kind => AccountKey.Of(kind)).Concat(before.Balances.Keys).Distinct()
            .Where(account => sum != 0 && entry.Postings.All(posting => posting.Account != account)))
        {
            var missing = new Posting(account, unchecked(-sum), unchecked(before.BalanceOf(account) - sum));
            yield return Posting(account, "posting", "absent", Text(missing.Amount), [.. entry.Postings.Add(missing).OrderBy(posting => posting.Account)]);
        }
    }

    /// <summary>What is stored may be anything, so it is added without regard to overflow: only a hash that fits counts.</summary>
    private static long Wrapped(IEnumerable<Posting> postings) => postings.Aggregate(0L, (sum, posting) => unchecked(sum + posting.Amount));

    private static string Text(long micros) => micros.ToString(CultureInfo.InvariantCulture);

    private static string Text(bool value) => value ? "true" : "false";

    private sealed record Mend(JournalEntry Entry, Hash256 Comment, Hash256 Actor, Break Break);
}
