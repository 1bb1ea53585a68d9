using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Writing;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Store.Reading;

/// <summary>Reads pages of journals. Whoever calls has asked whether it may.</summary>
public static class JournalReading
{
    /// <summary>One page. Costs the page, whatever the history's length, unless a filter lets almost nothing through.</summary>
    public static async Task<JournalPageLines> PageAsync(
        BillingStore store, JournalScope scope, JournalFilter filter, JournalPlace place, CancellationToken cancel)
    {
        var connection = await OpenAsync(store, cancel);
        var bounds = await SeqBounds.FindAsync(connection, scope, filter);
        await using var command = JournalSql.Page(connection, scope, filter, place with { Rows = place.Rows + 1 }, bounds);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var lines = new List<JournalLine>(place.Rows + 1);
        while (await rows.ReadAsync(cancel))
        {
            lines.Add(ReadLine(rows));
        }

        // One row more than asked for tells whether there are more on that side.
        var more = lines.Count > place.Rows;
        if (more)
        {
            lines.RemoveAt(place.Rows);
        }

        if (place.Backwards)
        {
            lines.Reverse();
        }

        return new JournalPageLines([.. lines],
            HasNewer: place.Backwards ? more : place.After is not null, HasOlder: place.Backwards || more);
    }

    /// <summary>How many entries the filter lets through, counted up to <paramref name="enough"/>.</summary>
    public static async Task<int> CountAsync(BillingStore store, JournalScope scope, JournalFilter filter, int enough, CancellationToken cancel)
    {
        var connection = await OpenAsync(store, cancel);
        if (filter.IsEmpty && scope is JournalScope.Of(var organization))
        {
            // Numbers have no gaps: the head knows.
            return (int)Math.Min(enough, await LedgerQueries.ScalarAsync(connection,
                "SELECT seq FROM ledger_head WHERE organization_id = @o", ("o", organization.Value)) ?? 0);
        }

        var bounds = await SeqBounds.FindAsync(connection, scope, filter);
        await using var command = JournalSql.Count(connection, scope, filter, enough, bounds);
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// Every entry of the filter, newest first, page by page, so that no read lasts long (a long one would hold up SQLite's write-ahead
    /// log). What is written meanwhile is newer and not part of it.
    /// </summary>
    public static async IAsyncEnumerable<JournalPageLines> AllAsync(
        IDbContextFactory<BillingStore> stores, JournalScope scope, JournalFilter filter, [EnumeratorCancellation] CancellationToken cancel)
    {
        var place = new JournalPlace(1_000);
        JournalPageLines page;
        do
        {
            await using (var store = await stores.CreateDbContextAsync(cancel))
            {
                page = await PageAsync(store, scope, filter, place, cancel);
            }

            yield return page;
            place = page.Lines.IsEmpty ? place : place with { After = page.Lines[^1].Cursor };
        }
        while (page.HasOlder);
    }

    internal static async Task<DbConnection> OpenAsync(BillingStore store, CancellationToken cancel)
    {
        await store.Database.OpenConnectionAsync(cancel);
        return store.Database.GetDbConnection();
    }

    private static JournalLine ReadLine(DbDataReader rows)
    {
        var currency = Currency.Of(rows.GetString(18));
        return new JournalLine
        {
            Cursor = new JournalCursor(new Instant(rows.GetInt64(10)), new OrganizationId(rows.GetInt64(0)), rows.GetInt64(1)),
            Kind = (EntryKind)rows.GetInt32(2),
            Reason = rows.GetString(3),
            Comment = rows.GetString(4),
            Actor = new Actor(rows.GetString(5), rows.GetString(6)),
            Service = rows.GetString(7),
            Period = rows.GetInt32(8),
            EffectiveAt = new Instant(rows.GetInt64(9)),
            Late = rows.GetBoolean(11),
            ReversesSeq = rows.IsDBNull(12) ? null : rows.GetInt64(12),
            Amount = new Money(rows.GetInt64(13), currency),
            After = new Money(rows.GetInt64(14), currency),
            Hash = Hash256.FromBytes((byte[])rows.GetValue(15)),
            OrganizationName = rows.GetString(17),
            Consumer = ConsumerDetail.Find(rows.GetString(16)),
            ReversedBySeq = rows.IsDBNull(19) ? null : rows.GetInt64(19),
        };
    }
}
