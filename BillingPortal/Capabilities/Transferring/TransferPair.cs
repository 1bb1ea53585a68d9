using System.Text.Json;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Transferring;

/// <summary>The two entries of a transfer.</summary>
/// <param name="Given">The entry of who gave.</param>
/// <param name="Received">The entry of who received.</param>
internal sealed record TransferPair(EntryRow Given, EntryRow Received)
{
    /// <summary>The transfer that an entry is one side of; null where it is none.</summary>
    public static async Task<TransferPair?> FindAsync(BillingStore store, OrganizationId organization, long seq, CancellationToken cancel)
    {
        var entry = await store.Entries.FirstOrDefaultAsync(e => e.OrganizationId == organization.Value && e.Seq == seq, cancel);
        if (entry is not { Kind: (int)EntryKind.Transfer, TransferId: { } transfer } || SidesOf(entry.Detail) is not var (from, to))
        {
            return null;
        }

        // The keys of the two differ by what stands behind the receiver's, so that an index finds the other one.
        var (gave, behind) = (from == organization.Value, Transfers.ReceivedFrom(new OrganizationId(from)));
        var key = gave ? entry.IdempotencyKey + behind : entry.IdempotencyKey.Replace(behind, "", StringComparison.Ordinal);
        var there = gave ? to : from;
        var other = await store.Entries.FirstOrDefaultAsync(e => e.OrganizationId == there && e.IdempotencyKey == key, cancel);
        return other is null || other.TransferId != transfer ? null : gave ? new TransferPair(entry, other) : new TransferPair(other, entry);
    }

    private static (long From, long To)? SidesOf(string detail)
    {
        try
        {
            using var json = JsonDocument.Parse(detail);
            return json.RootElement.TryGetProperty("from", out var from) && json.RootElement.TryGetProperty("to", out var to) ? (from.GetInt64(), to.GetInt64()) : null;
        }
        catch (Exception unread) when (unread is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
