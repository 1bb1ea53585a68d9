using BillingPortal.Domain.Ledger;
using Npgsql;
using NpgsqlTypes;
using static BillingPortal.Store.Writing.PostgresLedgerSession;

namespace BillingPortal.Store.Writing;

/// <summary>A batch's writes as set-based statements: one for each table, heads last.</summary>
internal static class PostgresLedgerWrites
{
    private const string InsertEntries =
        """
        INSERT INTO journal_entry (organization_id, seq, kind, reason, comment, comment_seal, actor, actor_seal, via, service, detail, period,
          effective_at, recorded_at, late, idempotency_key, request_hash, prev_hash, hash, reverses_seq, transfer_id, net_amount, net_after)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
        """;

    private const string InsertPostings =
        "INSERT INTO posting (organization_id, account, seq, amount, balance_after, effective_at, late) SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7)";

    private const string UpsertAccounts =
        """
        INSERT INTO account (organization_id, account, kind, currency, balance, expires_at) SELECT * FROM unnest($1, $2, $3, $4, $5, $6)
        ON CONFLICT (organization_id, account) DO UPDATE SET balance = excluded.balance
        """;

    private const string InsertReceipts =
        "INSERT INTO api_receipt (organization_id, idempotency_key, request_hash, status, body, created_at) SELECT * FROM unnest($1, $2, $3, $4, $5, $6)";

    private const string UpdateHeads =
        """
        UPDATE ledger_head h SET seq = v.seq, hash = v.hash, high_effective_at = v.high, last_recorded_at = v.recorded
        FROM unnest($1, $2, $3, $4, $5) AS v(id, seq, hash, high, recorded) WHERE h.organization_id = v.id
        """;

    public static void AddTo(NpgsqlBatch batch, PendingWrites writes)
    {
        if (writes.Entries.Count > 0)
        {
            AddEntries(batch, writes.Entries);
        }

        if (writes.Accounts.Count > 0)
        {
            var accounts = writes.Accounts.OrderBy(pair => pair.Key.Organization).ThenBy(pair => pair.Key.Account).ToList();
            Add(batch, UpsertAccounts,
                Array(accounts.Select(a => a.Key.Organization.Value), NpgsqlDbType.Bigint), Array(accounts.Select(a => a.Key.Account.Value), NpgsqlDbType.Integer),
                Array(accounts.Select(a => (int)a.Key.Account.Kind), NpgsqlDbType.Integer), Array(accounts.Select(a => a.Value.Currency.Code), NpgsqlDbType.Text),
                Array(accounts.Select(a => a.Value.Account.Balance), NpgsqlDbType.Bigint), Array(accounts.Select(a => a.Value.Account.ExpiresAt?.Micros), NpgsqlDbType.Bigint));
        }

        foreach (var statement in writes.Statements.Concat(EffectStatements.OfWindows(writes.Windows)))
        {
            Add(batch, statement.Sql, [.. statement.Values.Select(value => new NpgsqlParameter { Value = value ?? DBNull.Value })]);
        }

        if (writes.Receipts.Count > 0)
        {
            Add(batch, InsertReceipts,
                Array(writes.Receipts.Select(r => r.Organization), NpgsqlDbType.Bigint), Array(writes.Receipts.Select(r => r.Key), NpgsqlDbType.Text),
                Array(writes.Receipts.Select(r => r.RequestHash.ToBytes()), NpgsqlDbType.Bytea), Array(writes.Receipts.Select(r => r.Status), NpgsqlDbType.Integer),
                Array(writes.Receipts.Select(r => r.Body), NpgsqlDbType.Text), Array(writes.Receipts.Select(r => r.CreatedAt.Micros), NpgsqlDbType.Bigint));
        }

        if (writes.Heads.Count > 0)
        {
            var heads = writes.Heads.Values;
            Add(batch, UpdateHeads,
                Array(heads.Select(h => h.Organization.Value), NpgsqlDbType.Bigint), Array(heads.Select(h => h.Seq), NpgsqlDbType.Bigint),
                Array(heads.Select(h => h.Hash.ToBytes()), NpgsqlDbType.Bytea), Array(heads.Select(h => h.HighEffectiveAt.Micros), NpgsqlDbType.Bigint),
                Array(heads.Select(h => h.LastRecordedAt.Micros), NpgsqlDbType.Bigint));
        }
    }

    private static void AddEntries(NpgsqlBatch batch, List<JournalEntry> entries)
    {
        NpgsqlParameter Longs(Func<JournalEntry, long> value) => Array(entries.Select(value), NpgsqlDbType.Bigint);
        NpgsqlParameter Numbers(Func<JournalEntry, int> value) => Array(entries.Select(value), NpgsqlDbType.Integer);
        NpgsqlParameter Texts(Func<JournalEntry, string?> value) => Array(entries.Select(value), NpgsqlDbType.Text);
        NpgsqlParameter Hashes(Func<JournalEntry, Hash256> value) => Array(entries.Select(entry => value(entry).ToBytes()), NpgsqlDbType.Bytea);
        Add(batch, InsertEntries,
            Longs(e => e.Organization.Value), Longs(e => e.Seq), Numbers(e => (int)e.Kind), Texts(e => e.Reason), Texts(e => e.Comment),
            Hashes(e => CanonicalForm.Seal(e.Comment)), Texts(e => e.Actor.Id), Hashes(e => CanonicalForm.Seal(e.Actor.Id)), Texts(e => e.Actor.Via),
            Texts(e => e.Service), Texts(e => e.Detail), Numbers(e => e.Period), Longs(e => e.EffectiveAt.Micros), Longs(e => e.RecordedAt.Micros),
            Array(entries.Select(e => e.Late), NpgsqlDbType.Boolean), Texts(e => e.IdempotencyKey), Hashes(e => e.RequestHash),
            Hashes(e => e.PreviousHash), Hashes(e => e.Hash), Array(entries.Select(e => e.ReversesSeq), NpgsqlDbType.Bigint),
            Texts(e => e.TransferId?.ToString("N")), Longs(e => e.NetAmount), Longs(e => e.NetAfter));
        var postings = entries.SelectMany(entry => entry.Postings.Select(posting => (Entry: entry, Posting: posting))).ToList();
        Add(batch, InsertPostings,
            Array(postings.Select(p => p.Entry.Organization.Value), NpgsqlDbType.Bigint), Array(postings.Select(p => p.Posting.Account.Value), NpgsqlDbType.Integer),
            Array(postings.Select(p => p.Entry.Seq), NpgsqlDbType.Bigint), Array(postings.Select(p => p.Posting.Amount), NpgsqlDbType.Bigint),
            Array(postings.Select(p => p.Posting.BalanceAfter), NpgsqlDbType.Bigint), Array(postings.Select(p => p.Entry.EffectiveAt.Micros), NpgsqlDbType.Bigint),
            Array(postings.Select(p => p.Entry.Late), NpgsqlDbType.Boolean));
    }
}
