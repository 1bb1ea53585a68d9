using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Writing;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Store.Reading;

/// <summary>A charge, or what was given back of one, that another's balance paid for: what its consumer may know, and nothing of the payer's postings.</summary>
/// <param name="Cursor">Its place in the order: when it was recorded, in whose ledger, under which number.</param>
/// <param name="Kind">Charge, charge credit, or the reversal of one.</param>
/// <param name="Service">What was used.</param>
/// <param name="Period">The billing period, as 202409.</param>
/// <param name="EffectiveAt">When it took effect.</param>
/// <param name="Amount">What it cost: above zero for a charge, below for what was given back.</param>
public sealed record PaidCharge(JournalCursor Cursor, EntryKind Kind, string Service, int Period, Instant EffectiveAt, Money Amount);

/// <summary>A page of them, newest first.</summary>
/// <param name="Charges">The charges.</param>
/// <param name="HasNewer">True where newer ones stand before the first.</param>
/// <param name="HasOlder">True where older ones follow the last.</param>
public sealed record PaidChargePage(ImmutableArray<PaidCharge> Charges, bool HasNewer, bool HasOlder);

/// <summary>Reads what a consumer was charged in other ledgers. Whoever calls has asked whether it may.</summary>
public static class PaidCharges
{
    /// <summary>One page: each payer's charges for it are walked in order from the cursor, and the first of all make the page.</summary>
    public static async Task<PaidChargePage> PageAsync(BillingStore store, Organization consumer, JournalPlace place, CancellationToken cancel)
    {
        var connection = await JournalReading.OpenAsync(store, cancel);
        var found = new List<PaidCharge>();
        foreach (var payer in (await PaidByOthers.FindAsync(connection, [consumer.Id], cancel))[consumer.Id])
        {
            await using var command = Command(connection, consumer.Id, payer, place with { Rows = place.Rows + 1 });
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel))
            {
                found.Add(new PaidCharge(new JournalCursor(new Instant(rows.GetInt64(1)), new OrganizationId(payer), rows.GetInt64(0)), (EntryKind)rows.GetInt32(2), rows.GetString(3),
                    rows.GetInt32(4), new Instant(rows.GetInt64(5)), new Money(rows.GetInt64(6), consumer.Money)));
            }
        }

        // One more than asked for tells whether there are more on that side.
        var order = found.OrderByDescending(charge => charge.Cursor.RecordedAt).ThenByDescending(charge => charge.Cursor.Organization).ThenByDescending(charge => charge.Cursor.Seq).ToList();
        var more = order.Count > place.Rows;
        var page = place.Backwards ? order[Math.Max(0, order.Count - place.Rows)..] : order[..Math.Min(order.Count, place.Rows)];
        return new PaidChargePage([.. page], HasNewer: place.Backwards ? more : place.After is not null, HasOlder: place.Backwards || more);
    }

    /// <summary>All of them, newest first, page by page.</summary>
    public static async IAsyncEnumerable<PaidCharge> AllAsync(
        IDbContextFactory<BillingStore> stores, Organization consumer, [EnumeratorCancellation] CancellationToken cancel)
    {
        var place = new JournalPlace(1_000);
        PaidChargePage page;
        do
        {
            await using (var store = await stores.CreateDbContextAsync(cancel))
            {
                page = await PageAsync(store, consumer, place, cancel);
            }

            foreach (var charge in page.Charges)
            {
                yield return charge;
            }

            place = page.Charges.IsEmpty ? place : place with { After = page.Charges[^1].Cursor };
        }
        while (page.HasOlder);
    }

    internal static DbCommand Command(DbConnection connection, long consumer, long payer, JournalPlace place)
    {
        var (bounds, values) = ("", new List<(string, object)> { ("consumer", consumer), ("payer", payer), ("n", place.Rows) });
        var way = place.Backwards ? "ASC" : "DESC";
        if ((place.After ?? place.Before) is { } cursor)
        {
            // Within the cursor's own ledger numbers alone bound the walk; in another one the time does.
            var side = place.Backwards ? '>' : '<';
            bounds = cursor.Organization.Value == payer
                ? string.Create(CultureInfo.InvariantCulture, $"AND p.seq {side} @seq")
                : string.Create(CultureInfo.InvariantCulture, $"AND (e.recorded_at, e.organization_id, e.seq) {side} (@at, @whose, @seq)");
            values.Add(("seq", cursor.Seq));
            if (cursor.Organization.Value != payer)
            {
                values.AddRange([("at", cursor.RecordedAt.Micros), ("whose", cursor.Organization.Value)]);
            }
        }

        return LedgerQueries.Command(connection,
            $"""
            SELECT p.seq, e.recorded_at, e.kind, e.service, e.period, e.effective_at, p.amount
            FROM posting p JOIN journal_entry e ON e.organization_id = p.organization_id AND e.seq = p.seq
            WHERE {PaidByOthers.Tagged.Replace("{0}", "@consumer", StringComparison.Ordinal)} AND p.organization_id = @payer {bounds}
            ORDER BY p.seq {way} LIMIT @n
            """, [.. values]);
    }
}
