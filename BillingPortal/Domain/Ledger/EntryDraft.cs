using System.Collections.Immutable;

namespace BillingPortal.Domain.Ledger;

/// <summary>One line of an entry that is still to be written.</summary>
/// <param name="Account">Which account of the entry's organization.</param>
/// <param name="Amount">Millionths, the customer's sign; never zero.</param>
public sealed record PostingDraft(AccountKey Account, long Amount);

/// <summary>An entry that a decision asks for. Its postings are merged by account, sorted, never zero, and sum to zero.</summary>
public sealed record EntryDraft
{
    /// <summary>Makes a draft, merging postings of one account and dropping zeros.</summary>
    /// <exception cref="InvalidOperationException">The postings do not sum to zero: a programmer's mistake.</exception>
    public EntryDraft(EntryKind kind, ReasonCode reason, IEnumerable<PostingDraft> postings)
    {
        Kind = kind;
        Reason = reason;
        Postings =
        [
            .. postings.GroupBy(posting => posting.Account)
                .Select(group => new PostingDraft(group.Key, group.Sum(posting => posting.Amount)))
                .Where(posting => posting.Amount != 0)
                .OrderBy(posting => posting.Account),
        ];
        if (Postings.Sum(posting => posting.Amount) != 0)
        {
            throw new InvalidOperationException("The postings of an entry must sum to zero.");
        }
    }

    /// <summary>What kind of event.</summary>
    public EntryKind Kind { get; }

    /// <summary>Why.</summary>
    public ReasonCode Reason { get; }

    /// <summary>The lines, sorted by account; empty when nothing changes.</summary>
    public ImmutableArray<PostingDraft> Postings { get; }

    /// <summary>A person's words; empty for none. Erasable: the chain holds its SHA-256.</summary>
    public string Comment { get; init; } = "";

    /// <summary>What was used, for charges; empty otherwise.</summary>
    public string Service { get; init; } = "";

    /// <summary>How the figures came about: JSON that names the rule and its version (product: "explain").</summary>
    public string Detail { get; init; } = "{}";

    /// <summary>When it took effect; null for "when it is recorded".</summary>
    public Instant? EffectiveAt { get; init; }

    /// <summary>The billing period it belongs to, as 202409; null to take it from the effective time.</summary>
    public int? Period { get; init; }

    /// <summary>The entry it undoes.</summary>
    public long? ReversesSeq { get; init; }

    /// <summary>Shared by the two entries of a transfer.</summary>
    public Guid? TransferId { get; init; }

    /// <summary>Tells it from its siblings of one command within one organization; empty for an only one.</summary>
    public string KeySuffix { get; init; } = "";

    /// <summary>When the lots that this entry opens lapse.</summary>
    public ImmutableDictionary<AccountKey, Instant> Lapses { get; init; } = ImmutableDictionary<AccountKey, Instant>.Empty;

    /// <summary>The sizes of the customer's side added up without sign: what approval limits weigh (rules §5).</summary>
    public long Size => Postings.Where(posting => ChartOfAccounts.IsCustomers(posting.Account.Kind)).Sum(posting => Math.Abs(posting.Amount));
}
