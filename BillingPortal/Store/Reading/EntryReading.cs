using System.Collections.Immutable;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Writing;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Store.Reading;

/// <summary>One entry with what stands beside it in the chain.</summary>
/// <param name="Entry">The entry with its postings.</param>
/// <param name="Next">The entry after it; null where it is the last.</param>
/// <param name="ReversedBySeq">The entry that undid it; null where it stands.</param>
/// <param name="Pair">The other entry of an undo: what it undoes, or what undid it.</param>
/// <param name="ActorName">Who it was, for people.</param>
public sealed record EntryInChain(JournalEntry Entry, JournalEntry? Next, long? ReversedBySeq, JournalEntry? Pair, ActorName ActorName);

/// <summary>Reads single entries with their postings. Whoever calls has asked whether it may.</summary>
public static class EntryReading
{
    /// <summary>The entry, or null where there is none.</summary>
    public static async Task<EntryInChain?> FindAsync(BillingStore store, OrganizationId organization, long seq, CancellationToken cancel)
    {
        var connection = await JournalReading.OpenAsync(store, cancel);
        var around = await LedgerQueries.EntriesAsync(connection, organization.Value, "e.seq BETWEEN @value AND @value + 1", seq);
        if (around.FirstOrDefault(entry => entry.Seq == seq) is not { } entry)
        {
            return null;
        }

        var reversedBy = await store.Entries.Where(e => e.OrganizationId == organization.Value && e.ReversesSeq == seq)
            .Select(e => (long?)e.Seq).FirstOrDefaultAsync(cancel);
        var pair = (entry.ReversesSeq ?? reversedBy) is { } other
            ? (await LedgerQueries.EntriesAsync(connection, organization.Value, "e.seq = @value", other)).FirstOrDefault()
            : null;
        var names = await ActorNames.ReadAsync(store, [entry.Actor], cancel);
        return new EntryInChain(entry, around.FirstOrDefault(next => next.Seq == seq + 1), reversedBy, pair, names[entry.Actor]);
    }

    /// <summary>Entries after number <paramref name="after"/> with their postings, oldest first, up to <paramref name="count"/> of them.</summary>
    public static async Task<ImmutableArray<JournalEntry>> FollowingAsync(
        BillingStore store, OrganizationId organization, long after, int count, CancellationToken cancel)
    {
        var connection = await JournalReading.OpenAsync(store, cancel);
        return await LedgerQueries.EntriesAsync(connection, organization.Value,
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"e.seq > @value AND e.seq <= @value + {count}"), after);
    }
}
