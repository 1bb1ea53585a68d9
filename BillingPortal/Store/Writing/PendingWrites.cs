using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Store.Writing;

/// <summary>What a batch has decided and not yet written. Rows are final: a later entry of one account replaces its balance.</summary>
internal sealed class PendingWrites
{
    public List<JournalEntry> Entries { get; } = [];

    public Dictionary<(OrganizationId Organization, AccountKey Account), (Account Account, Currency Currency)> Accounts { get; } = [];

    public Dictionary<OrganizationId, LedgerState> Heads { get; } = [];

    /// <summary>What is neither entry nor balance: statements with their values for $1, $2, …, in the order in which they are run.</summary>
    public List<Statement> Statements { get; } = [];

    public Dictionary<OrganizationId, SpendingWindow?> Windows { get; } = [];

    public List<ApiReceipt> Receipts { get; } = [];

    public bool IsEmpty => Entries.Count == 0 && Statements.Count == 0 && Windows.Count == 0 && Receipts.Count == 0;

    /// <summary>Notes the window where it is another than the store's.</summary>
    public void Watch(LedgerState stored, LedgerState now)
    {
        if (now.Window != stored.Window)
        {
            Windows[now.Organization] = now.Window;
        }
    }

    /// <summary>Notes what effects write besides entries.</summary>
    public void Add(ImmutableArray<Effect> effects, ImmutableSortedDictionary<OrganizationId, LedgerState> after, Actor actor, Instant now)
    {
        foreach (var effect in effects)
        {
            Statements.AddRange(EffectStatements.Of(effect, after[effect.Organization], actor, now));
        }
    }

    public void Add(JournalEntry entry, LedgerState next)
    {
        Entries.Add(entry);
        Heads[next.Organization] = next;
        foreach (var posting in entry.Postings)
        {
            Accounts[(next.Organization, posting.Account)] = (next.Accounts[posting.Account], next.Currency);
        }
    }

    public void Clear()
    {
        Entries.Clear();
        Accounts.Clear();
        Heads.Clear();
        Statements.Clear();
        Windows.Clear();
        Receipts.Clear();
    }
}

/// <summary>A statement that both databases understand.</summary>
internal sealed record Statement(string Sql, params object?[] Values);

/// <summary>An HTTP answer kept under its key, so that the same request is answered alike (ledger.md, "Idempotency").</summary>
internal sealed record ApiReceipt(long Organization, string Key, Hash256 RequestHash, int Status, string Body, Instant CreatedAt);

/// <summary>What a batch reads first, under its locks.</summary>
internal sealed record LoadedLedgers(
    Dictionary<OrganizationId, LedgerState> States,
    Dictionary<(long Organization, string Key), Hash256> Keys,
    Dictionary<(long Organization, string Key), ApiReceipt> Receipts);
