using System.Text.Json;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace BillingPortal.Capabilities.Overviews;

/// <summary>Balance, what is owed, and spend by effective time, for many organizations in one statement of index look-ups alone.</summary>
internal static class FigureReading
{
    private const int Revenue = (int)AccountKind.Revenue;

    private static readonly string Sqlite = Statement(
        "SELECT key, json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]') FROM json_each(@windows)",
        "e.late = 0", "p.late = 1");

    private static readonly string Postgres = Statement(
        "SELECT n - 1, id, low, high FROM unnest(@ids, @lows, @highs) WITH ORDINALITY AS u(id, low, high, n)", "NOT e.late", "p.late");

    /// <summary>The figures of <paramref name="windows"/>, in their order.</summary>
    public static async Task<Figures[]> ReadAsync(BillingStore store, IReadOnlyList<SpendWindow> windows, CancellationToken cancel)
    {
        if (windows.Count == 0)
        {
            return [];
        }

        var rows = store is SqliteBillingStore
            ? store.Database.SqlQueryRaw<Figures>(Sqlite, new SqliteParameter("windows", JsonSerializer.Serialize(windows.Select(w => new[] { w.Organization, w.From, w.To }))))
            : store.Database.SqlQueryRaw<Figures>(Postgres,
                new NpgsqlParameter("ids", windows.Select(w => w.Organization).ToArray()),
                new NpgsqlParameter("lows", windows.Select(w => w.From).ToArray()),
                new NpgsqlParameter("highs", windows.Select(w => w.To).ToArray()));
        var figures = new Figures[windows.Count];
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancel))
        {
            figures[row.N] = row;
        }

        return figures;
    }

    /// <summary>
    /// Revenue as effective before an instant is its balance after the last entry in order that took effect before it, and what was
    /// written late after that (ledger.md, "As of"). Spend is the difference of two such instants.
    /// </summary>
    private static string Statement(string windows, string inOrder, string late) =>
        $"""
        WITH w(n, id, low, high) AS MATERIALIZED ({windows}),
        m AS MATERIALIZED (SELECT n, id, low, high, {LastBefore("low", inOrder)} AS low_seq, {LastBefore("high", inOrder)} AS high_seq FROM w)
        SELECT CAST(n AS integer) AS "N",
          CAST({RevenueBefore("high", late)} - {RevenueBefore("low", late)} AS bigint) AS "Spend",
          {Held(AccountKind.Cash, AccountKind.Bonus, AccountKind.Overdraft)} AS "Balance",
          {Held(AccountKind.UnbilledReceivable, AccountKind.InvoicedReceivable)} AS "Owed",
          EXISTS (SELECT 1 FROM organization b WHERE b.parent_id = m.id) AS "IsReseller"
        FROM m
        """;

    private static string LastBefore(string instant, string inOrder) =>
        $"""
        COALESCE((SELECT e.seq FROM journal_entry e WHERE e.organization_id = w.id AND {inOrder}
          AND e.effective_at < w.{instant} ORDER BY e.effective_at DESC, e.seq DESC LIMIT 1), 0)
        """;

    private static string RevenueBefore(string instant, string late) =>
        $"""
        (COALESCE((SELECT p.balance_after FROM posting p WHERE p.organization_id = m.id AND p.account = {Revenue} AND p.seq <= m.{instant}_seq
            ORDER BY p.seq DESC LIMIT 1), 0)
          + COALESCE((SELECT SUM(p.amount) FROM posting p WHERE p.organization_id = m.id AND p.account = {Revenue} AND {late}
            AND p.effective_at < m.{instant} AND p.seq > m.{instant}_seq), 0))
        """;

    private static string Held(params AccountKind[] kinds) =>
        $"""
        CAST(COALESCE((SELECT SUM(a.balance) FROM account a WHERE a.organization_id = m.id AND a.kind IN ({string.Join(", ", kinds.Select(kind => (int)kind))})), 0) AS bigint)
        """;
}

/// <summary>An organization and the time whose spend is asked for.</summary>
/// <param name="Organization">Its number.</param>
/// <param name="From">UTC microseconds.</param>
/// <param name="To">UTC microseconds, not included.</param>
internal sealed record SpendWindow(long Organization, long From, long To);

/// <summary>What was asked for one window; amounts in millionths.</summary>
internal sealed class Figures
{
    /// <summary>The window's place among those asked for.</summary>
    public int N { get; set; }

    /// <summary>The change of revenue.</summary>
    public long Spend { get; set; }

    /// <summary>Cash + bonus + overdraft.</summary>
    public long Balance { get; set; }

    /// <summary>Unbilled + invoiced receivable.</summary>
    public long Owed { get; set; }

    /// <summary>
    /// True where it has sub-organizations. Asked here, of a page's rows: within the page's own query PostgreSQL answers it by
    /// hashing the whole table.
    /// </summary>
    public bool IsReseller { get; set; }
}
