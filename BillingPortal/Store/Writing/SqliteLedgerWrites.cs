using BillingPortal.Domain.Ledger;
using Microsoft.Data.Sqlite;

namespace BillingPortal.Store.Writing;

/// <summary>A batch's writes as prepared statements, one for each row, heads last.</summary>
internal static class SqliteLedgerWrites
{
    /// <summary>Gives the connection's prepared statement with these values for $1, $2, ….</summary>
    public delegate SqliteCommand Prepare(string sql, params object?[] values);

    /// <summary>Writes all of it within the transaction that is open.</summary>
    public static void Write(Prepare prepared, PendingWrites writes)
    {
        foreach (var entry in writes.Entries)
        {
            WriteEntry(prepared, entry);
        }

        foreach (var ((organization, key), (account, currency)) in writes.Accounts)
        {
            prepared("INSERT INTO account (organization_id, account, kind, currency, balance, expires_at) VALUES ($1, $2, $3, $4, $5, $6) "
                + "ON CONFLICT (organization_id, account) DO UPDATE SET balance = excluded.balance",
                organization.Value, key.Value, (int)key.Kind, currency.Code, account.Balance, account.ExpiresAt?.Micros).ExecuteNonQuery();
        }

        foreach (var statement in writes.Statements.Concat(EffectStatements.OfWindows(writes.Windows)))
        {
            prepared(statement.Sql, statement.Values).ExecuteNonQuery();
        }

        foreach (var receipt in writes.Receipts)
        {
            prepared("INSERT INTO api_receipt (organization_id, idempotency_key, request_hash, status, body, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
                receipt.Organization, receipt.Key, receipt.RequestHash.ToBytes(), receipt.Status, receipt.Body, receipt.CreatedAt.Micros).ExecuteNonQuery();
        }

        foreach (var head in writes.Heads.Values)
        {
            prepared("UPDATE ledger_head SET seq = $2, hash = $3, high_effective_at = $4, last_recorded_at = $5 WHERE organization_id = $1",
                head.Organization.Value, head.Seq, head.Hash.ToBytes(), head.HighEffectiveAt.Micros, head.LastRecordedAt.Micros).ExecuteNonQuery();
        }
    }

    private static void WriteEntry(Prepare prepared, JournalEntry entry)
    {
        prepared(
            """
            INSERT INTO journal_entry (organization_id, seq, kind, reason, comment, comment_seal, actor, actor_seal, via, service, detail, period,
              effective_at, recorded_at, late, idempotency_key, request_hash, prev_hash, hash, reverses_seq, transfer_id, net_amount, net_after)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
            """,
            entry.Organization.Value, entry.Seq, (int)entry.Kind, entry.Reason, entry.Comment, CanonicalForm.Seal(entry.Comment).ToBytes(),
            entry.Actor.Id, CanonicalForm.Seal(entry.Actor.Id).ToBytes(), entry.Actor.Via, entry.Service, entry.Detail, entry.Period,
            entry.EffectiveAt.Micros, entry.RecordedAt.Micros, entry.Late, entry.IdempotencyKey, entry.RequestHash.ToBytes(),
            entry.PreviousHash.ToBytes(), entry.Hash.ToBytes(), entry.ReversesSeq, entry.TransferId?.ToString("N"), entry.NetAmount, entry.NetAfter)
            .ExecuteNonQuery();
        foreach (var posting in entry.Postings)
        {
            prepared("INSERT INTO posting (organization_id, account, seq, amount, balance_after, effective_at, late) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                entry.Organization.Value, posting.Account.Value, entry.Seq, posting.Amount, posting.BalanceAfter, entry.EffectiveAt.Micros, entry.Late)
                .ExecuteNonQuery();
        }
    }
}
