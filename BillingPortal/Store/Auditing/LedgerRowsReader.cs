using System.Data.Common;
using BillingPortal.Domain;
using BillingPortal.Domain.Laws;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Store.Auditing;

/// <summary>The ledger's rows as stored, for checking: nothing is interpreted, nothing is assumed to be well.</summary>
internal sealed class LedgerRowsReader(LedgerConnection connection, CancellationToken cancel)
{
    private const string EntryColumns =
        """
        organization_id, seq, kind, reason, comment, comment_seal, actor, actor_seal, via, service, detail, period, effective_at, recorded_at,
        late, idempotency_key, request_hash, prev_hash, hash, reverses_seq, transfer_id, net_amount, net_after
        """;

    private const string PostingColumns = "organization_id, account, seq, amount, balance_after, effective_at, late";

    public Task<List<(long Organization, LedgerHead Head)>> HeadsAsync(long after, int most) => connection.ReadAsync(
        "SELECT organization_id, seq, hash, high_effective_at, last_recorded_at FROM ledger_head WHERE organization_id > @after ORDER BY organization_id LIMIT @most",
        rows => (rows.GetInt64(0), new LedgerHead(rows.GetInt64(1), LedgerConnection.Hash(rows, 2), new Instant(rows.GetInt64(3)), new Instant(rows.GetInt64(4)))),
        cancel, ("after", after), ("most", most));

    public Task<List<(long Organization, PublishedHead Head)>> PublishedAsync(long after, long to) => connection.ReadAsync(
        "SELECT organization_id, seq, hash FROM published_head WHERE organization_id > @after AND organization_id <= @to",
        rows => (rows.GetInt64(0), new PublishedHead(rows.GetInt64(1), LedgerConnection.Hash(rows, 2))), cancel, ("after", after), ("to", to));

    public Task<List<(long Id, string Currency, string Zone, bool AllowOverdraft)>> OrganizationsAsync(long after, long to) => connection.ReadAsync(
        "SELECT id, currency, time_zone, allow_overdraft FROM organization WHERE id > @after AND id <= @to ORDER BY id",
        rows => (rows.GetInt64(0), rows.GetString(1), rows.GetString(2), rows.GetBoolean(3)), cancel, ("after", after), ("to", to));

    public Task<List<(long Organization, AuditedAccount Account)>> AccountsAsync(long after, long to) => connection.ReadAsync(
        "SELECT organization_id, account, kind, currency, balance FROM account WHERE organization_id > @after AND organization_id <= @to ORDER BY organization_id, account",
        rows => (rows.GetInt64(0), new AuditedAccount(new AccountKey(rows.GetInt32(1)), rows.GetInt32(2), rows.GetString(3), rows.GetInt64(4))),
        cancel, ("after", after), ("to", to));

    public Task<List<(long Organization, long Seq)>> ReversedAsync(long after, long to) => connection.ReadAsync(
        "SELECT organization_id, reverses_seq FROM journal_entry WHERE organization_id > @after AND organization_id <= @to AND reverses_seq IS NOT NULL",
        rows => (rows.GetInt64(0), rows.GetInt64(1)), cancel, ("after", after), ("to", to));

    public Task<List<(JournalEntry Entry, Hash256 Comment, Hash256 Actor)>> EntriesAsync(long after, long to) => connection.ReadAsync(
        $"SELECT {EntryColumns} FROM journal_entry WHERE organization_id > @after AND organization_id <= @to ORDER BY organization_id, seq",
        ReadEntry, cancel, ("after", after), ("to", to));

    public Task<List<(JournalEntry Entry, Hash256 Comment, Hash256 Actor)>> EntriesOfAsync(long organization, long after, long to) => connection.ReadAsync(
        $"SELECT {EntryColumns} FROM journal_entry WHERE organization_id = @o AND seq > @after AND seq <= @to ORDER BY seq",
        ReadEntry, cancel, ("o", organization), ("after", after), ("to", to));

    public Task<List<StoredPosting>> PostingsAsync(long after, long to) => connection.ReadAsync(
        $"SELECT {PostingColumns} FROM posting WHERE organization_id > @after AND organization_id <= @to ORDER BY organization_id, account, seq",
        ReadPosting, cancel, ("after", after), ("to", to));

    public Task<List<StoredPosting>> PostingsOfAsync(long organization, int account, long after, long to) => connection.ReadAsync(
        $"SELECT {PostingColumns} FROM posting WHERE organization_id = @o AND account = @account AND seq > @after AND seq <= @to ORDER BY seq",
        ReadPosting, cancel, ("o", organization), ("account", account), ("after", after), ("to", to));

    /// <summary>The accounts that have postings, whatever the account's rows say: one look into the index for each.</summary>
    public async Task<List<int>> PostedAccountsAsync(long organization)
    {
        var found = new List<int>();
        while (await connection.NumberAsync(
            "SELECT MIN(account) FROM posting WHERE organization_id = @o AND account > @after", ("o", organization), ("after", found.LastOrDefault(int.MinValue))) is { } next)
        {
            found.Add((int)next);
        }

        return found;
    }

    /// <summary>The number of the last entry stored.</summary>
    public async Task<long> LastSeqAsync(long organization) =>
        await connection.NumberAsync("SELECT MAX(seq) FROM journal_entry WHERE organization_id = @o", ("o", organization)) ?? 0;

    private static StoredPosting ReadPosting(DbDataReader rows) => new(rows.GetInt64(0), rows.GetInt64(2),
        new Posting(new AccountKey(rows.GetInt32(1)), rows.GetInt64(3), rows.GetInt64(4)), new Instant(rows.GetInt64(5)), rows.GetBoolean(6));

    private static (JournalEntry Entry, Hash256 Comment, Hash256 Actor) ReadEntry(DbDataReader rows) => (new JournalEntry
    {
        Organization = new OrganizationId(rows.GetInt64(0)),
        Seq = rows.GetInt64(1),
        Kind = (EntryKind)rows.GetInt32(2),
        Reason = rows.GetString(3),
        Comment = rows.GetString(4),
        Actor = new Actor(rows.GetString(6), rows.GetString(8)),
        Service = rows.GetString(9),
        Detail = rows.GetString(10),
        Period = rows.GetInt32(11),
        EffectiveAt = new Instant(rows.GetInt64(12)),
        RecordedAt = new Instant(rows.GetInt64(13)),
        Late = rows.GetBoolean(14),
        IdempotencyKey = rows.GetString(15),
        RequestHash = LedgerConnection.Hash(rows, 16),
        PreviousHash = LedgerConnection.Hash(rows, 17),
        Hash = LedgerConnection.Hash(rows, 18),
        ReversesSeq = rows.IsDBNull(19) ? null : rows.GetInt64(19),
        TransferId = !rows.IsDBNull(20) && Guid.TryParse(rows.GetString(20), out var transfer) ? transfer : null,
        NetAmount = rows.GetInt64(21),
        NetAfter = rows.GetInt64(22),
        Postings = [],
    }, LedgerConnection.Hash(rows, 5), LedgerConnection.Hash(rows, 7));
}

/// <summary>A posting as stored.</summary>
internal readonly record struct StoredPosting(long Organization, long Seq, Posting Posting, Instant EffectiveAt, bool Late);
