using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Store.Writing;

/// <summary>What a batch has decided and not yet written. Rows are final: a later entry of one account replaces its balance.</summary>
internal sealed class PendingWrites
{
    public List<JournalEntry> Entries { get; } = [];

    public Dictionary<(OrganizationId Organization, AccountKey Account), (Account Account, Currency Currency)> Accounts { get; } = [];

    public Dictionary<OrganizationId, LedgerState> Heads { get; } = [];

    public Dictionary<OrganizationId, (BlockCause? Cause, Instant At)> Blocks { get; } = [];

    public List<(OrganizationId Organization, Instant At, string Kind, string Text, long Seq)> Events { get; } = [];

    public List<ApiReceipt> Receipts { get; } = [];

    public bool IsEmpty => Entries.Count == 0 && Blocks.Count == 0 && Receipts.Count == 0;

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
        Blocks.Clear();
        Events.Clear();
        Receipts.Clear();
    }
}

/// <summary>An HTTP answer kept under its key, so that the same request is answered alike (ledger.md, "Idempotency").</summary>
internal sealed record ApiReceipt(long Organization, string Key, Hash256 RequestHash, int Status, string Body, Instant CreatedAt);

/// <summary>What a batch reads first, under its locks.</summary>
internal sealed record LoadedLedgers(
    Dictionary<OrganizationId, LedgerState> States,
    Dictionary<(long Organization, string Key), Hash256> Keys,
    Dictionary<(long Organization, string Key), ApiReceipt> Receipts);
