using System.Text.Json;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using BillingPortal.Store.Writing;
using Microsoft.Data.Sqlite;

namespace BillingPortal.Capabilities.Overviews;

/// <summary>
/// Balance, what is owed, and spend by effective time, for many organizations in one statement of index look-ups alone. What an organization
/// used counts as its own spend and nobody else's, whoever's balance paid for it: a second statement asks who did, a third, mostly spared, how much.
/// </summary>
internal static class FigureReading
{
    private const int Revenue = (int)AccountKind.Revenue;

    private const string SqliteWindows =
        "SELECT key, json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]') FROM json_each(@windows)";

    private const string PostgresWindows = "SELECT n - 1, id, low, high FROM unnest(@ids, @lows, @highs) WITH ORDINALITY AS u(id, low, high, n)";

    private static readonly string Sqlite = Past(SqliteWindows, "e.late = 0", "p.late = 1");
    private static readonly string SqlitePresent = Present(SqliteWindows, "e.late = 0", "p.late = 1");
    private static readonly string Postgres = Past(PostgresWindows, "NOT e.late", "p.late");
    private static readonly string PostgresPresent = Present(PostgresWindows, "NOT e.late", "p.late");

    /// <summary>The figures of <paramref name="windows"/>, in their order.</summary>
    /// <param name="store">Where.</param>
    /// <param name="windows">Which; any number.</param>
    /// <param name="now">A window that ends after it holds all that was charged since its start.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<Figures[]> ReadAsync(BillingStore store, IReadOnlyList<SpendWindow> windows, Instant now, CancellationToken cancel)
    {
        if (windows.Count == 0)
        {
            return [];
        }

        var connection = await JournalReading.OpenAsync(store, cancel);
        var present = windows.All(window => window.To > now.Micros);
        await using var command = connection is SqliteConnection
            ? LedgerQueries.Command(connection, present ? SqlitePresent : Sqlite,
                ("windows", JsonSerializer.Serialize(windows.Select(w => new[] { w.Organization, w.From, w.To }))))
            : LedgerQueries.Command(connection, present ? PostgresPresent : Postgres,
                ("ids", windows.Select(w => w.Organization).ToArray()), ("lows", windows.Select(w => w.From).ToArray()), ("highs", windows.Select(w => w.To).ToArray()));
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var figures = new Figures[windows.Count];
        while (await rows.ReadAsync(cancel))
        {
            figures[rows.GetInt32(0)] = new Figures(rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3), rows.GetBoolean(4));
        }

        await rows.DisposeAsync();
        foreach (var (about, amount) in await PaidByOthers.SpentAsync(store, [.. windows.Select(window => (window.Organization, window.From, window.To))], cancel))
        {
            figures[about] = figures[about] with { Spend = figures[about].Spend + amount };
        }

        return figures;
    }

    /// <summary>
    /// Revenue as effective before an instant is its balance after the last entry in order that took effect before it, and what was
    /// written late after that (ledger.md, "As of"). Spend is the difference of two such instants.
    /// </summary>
    private static string Past(string windows, string inOrder, string late) => Statement(
        windows, $"{LastBefore("low", inOrder)} AS low_seq, {LastBefore("high", inOrder)} AS high_seq",
        $"{RevenueBefore("high", late)} - {RevenueBefore("low", late)}");

    private static string Present(string windows, string inOrder, string late) => Statement(
        windows, $"{LastBefore("low", inOrder)} AS low_seq",
        $"COALESCE((SELECT a.balance FROM account a WHERE a.organization_id = m.id AND a.account = {Revenue}), 0) - {RevenueBefore("low", late)}");

    private static string Statement(string windows, string marks, string spend) =>
        $"""
        WITH w(n, id, low, high) AS MATERIALIZED ({windows}), m AS MATERIALIZED (SELECT n, id, low, high, {marks} FROM w)
        SELECT CAST(n AS integer), CAST({spend} AS bigint),
          {Held(AccountKind.Cash, AccountKind.Bonus, AccountKind.Overdraft)}, {Held(AccountKind.UnbilledReceivable, AccountKind.InvoicedReceivable)},
          EXISTS (SELECT 1 FROM organization b WHERE b.parent_id = m.id)
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
/// <param name="Spend">The change of revenue from it.</param>
/// <param name="Balance">Cash + bonus + overdraft.</param>
/// <param name="Owed">Unbilled + invoiced receivable.</param>
/// <param name="IsReseller">
/// True where it has sub-organizations. Asked here, of a page's rows: within the page's own query PostgreSQL answers it by hashing the
/// whole table.
/// </param>
internal sealed record Figures(long Spend, long Balance, long Owed, bool IsReseller);
