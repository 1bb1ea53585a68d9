using System.Data.Common;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Store.Writing;

/// <summary>Answers kept under their keys, for writes that are no money commands; those keep theirs with the batch.</summary>
internal static class ApiReceipts
{
    /// <summary>The answer kept under <paramref name="key"/> in the name of <paramref name="organization"/>.</summary>
    public static async Task<ApiReceipt?> FindAsync(DbConnection connection, long organization, string key)
    {
        await using var command = LedgerQueries.Command(connection,
            "SELECT request_hash, status, body, created_at FROM api_receipt WHERE organization_id = @o AND idempotency_key = @key", ("o", organization), ("key", key));
        await using var rows = await command.ExecuteReaderAsync();
        return await rows.ReadAsync()
            ? new ApiReceipt(organization, key, Hash256.FromBytes((byte[])rows.GetValue(0)), rows.GetInt32(1), rows.GetString(2), new Instant(rows.GetInt64(3)))
            : null;
    }

    /// <summary>Keeps one. A second one under the same key breaks the transaction, which is then run again and finds the first.</summary>
    public static async Task AddAsync(DbConnection connection, ApiReceipt receipt)
    {
        await using var insert = LedgerQueries.Command(connection,
            "INSERT INTO api_receipt (organization_id, idempotency_key, request_hash, status, body, created_at) VALUES (@o, @key, @hash, @status, @body, @at)",
            ("o", receipt.Organization), ("key", receipt.Key), ("hash", receipt.RequestHash.ToBytes()), ("status", receipt.Status), ("body", receipt.Body),
            ("at", receipt.CreatedAt.Micros));
        await insert.ExecuteNonQueryAsync();
    }
}
