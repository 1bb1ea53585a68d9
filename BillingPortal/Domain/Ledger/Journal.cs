using System.Collections.Immutable;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Domain.Ledger;

/// <summary>Posts and hashes entries: how an effect becomes an entry and the ledger's next state. Pure.</summary>
public static class Journal
{
    /// <summary>Posts <paramref name="draft"/> on <paramref name="state"/> at <paramref name="now"/>.</summary>
    /// <exception cref="OverflowException">A balance would leave the bounds of money.</exception>
    public static (JournalEntry Entry, LedgerState Next) Post(LedgerState state, EntryDraft draft, MoneyCommand command, Instant now) =>
        Post(state, draft, command, command.RequestHash, now);

    /// <summary>The same with the command's hash, for one that posts many entries: the hash covers them all, so reckoning it anew for each is quadratic.</summary>
    public static (JournalEntry Entry, LedgerState Next) Post(LedgerState state, EntryDraft draft, MoneyCommand command, Hash256 requestHash, Instant now)
    {
        var recordedAt = Instant.Later(now, state.LastRecordedAt);
        var effectiveAt = draft.EffectiveAt is { } asked && asked < recordedAt ? asked : recordedAt;
        var accounts = state.Accounts.ToBuilder();
        var postings = ImmutableArray.CreateBuilder<Posting>(draft.Postings.Length);
        var net = 0L;
        foreach (var line in draft.Postings)
        {
            var before = accounts.TryGetValue(line.Account, out var account)
                ? account
                : new Account(line.Account, 0, draft.Lapses.TryGetValue(line.Account, out var lapse) ? lapse : null);
            var after = before with { Balance = before.Balance + line.Amount };
            accounts[line.Account] = after;
            postings.Add(new Posting(line.Account, line.Amount, after.Balance));
            net += ChartOfAccounts.IsCustomers(line.Account.Kind) ? line.Amount : 0;
        }

        var entry = new JournalEntry
        {
            Organization = state.Organization,
            Seq = state.Seq + 1,
            Kind = draft.Kind,
            Reason = draft.Reason.Code,
            Comment = draft.Comment,
            Actor = command.Actor,
            Service = draft.Service,
            Detail = draft.Detail,
            Period = draft.Period ?? BillingPeriod.Of(effectiveAt, state.TimeZone).Number,
            EffectiveAt = effectiveAt,
            RecordedAt = recordedAt,
            Late = state.Seq > 0 && effectiveAt < state.HighEffectiveAt,
            IdempotencyKey = command.Key + draft.KeySuffix,
            RequestHash = requestHash,
            PreviousHash = state.Hash,
            ReversesSeq = draft.ReversesSeq,
            TransferId = draft.TransferId,
            NetAmount = net,
            NetAfter = state.Net + net,
            Postings = postings.ToImmutable(),
        };
        entry = entry with { Hash = HashOf(entry) };
        return (entry, state.AfterSpending(LedgerFold.SpentIn(draft), effectiveAt) with
        {
            Seq = entry.Seq,
            Hash = entry.Hash,
            HighEffectiveAt = state.Seq == 0 ? effectiveAt : Instant.Later(state.HighEffectiveAt, effectiveAt),
            LastRecordedAt = recordedAt,
            Accounts = accounts.ToImmutable(),
        });
    }

    /// <summary>
    /// The chain's hash of an entry: SHA-256 over its canonical form and the hash before it. Comment and actor enter as their own
    /// SHA-256, so that personal text can be erased and the chain still holds.
    /// </summary>
    public static Hash256 HashOf(JournalEntry entry) =>
        HashOf(entry, CanonicalForm.Seal(entry.Comment), CanonicalForm.Seal(entry.Actor.Id));

    /// <summary>The same with the seals of comment and actor as stored, for entries whose personal text was erased.</summary>
    public static Hash256 HashOf(JournalEntry entry, Hash256 commentSeal, Hash256 actorSeal)
    {
        var form = new CanonicalForm()
            .Add(entry.PreviousHash).Add(entry.Organization.Value).Add(entry.Seq).Add((long)entry.Kind).Add(entry.Reason)
            .Add(commentSeal).Add(actorSeal).Add(entry.Actor.Via).Add(entry.Service).Add(entry.Detail).Add(entry.Period)
            .Add(entry.EffectiveAt.Micros).Add(entry.RecordedAt.Micros).Add(entry.Late ? 1 : 0).Add(entry.IdempotencyKey)
            .Add(entry.RequestHash).Add(entry.ReversesSeq).Add(entry.TransferId?.ToString("N") ?? "")
            .Add(entry.NetAmount).Add(entry.NetAfter);
        foreach (var posting in entry.Postings)
        {
            form.Add(posting.Account.Value).Add(posting.Amount).Add(posting.BalanceAfter);
        }

        return form.Hash();
    }

    /// <summary>The lines that undo <paramref name="entry"/>: each account and amount with the other sign.</summary>
    public static IEnumerable<PostingDraft> Inverse(JournalEntry entry) =>
        entry.Postings.Select(posting => new PostingDraft(posting.Account, -posting.Amount));
}
