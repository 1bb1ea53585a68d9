using System.Data.Common;
using System.Text.Json;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Rows;
using BillingPortal.Store.Writing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Store.Reading;

/// <summary>
/// What organizations have spent in the windows of their caps that are open now: contract 1's <c>spending_cap_used</c> (rules §4 and §6). The
/// writer's own count where it counts that window already; otherwise revenue of the journal with an effect in it: their own ledgers', those they
/// pay for included, and what others paid for them. Whoever calls has asked whether it may.
/// </summary>
public static class SpendReading
{
    private const string SqliteAsked =
        "SELECT key, json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'), json_extract(value, '$[3]') FROM json_each(@asked)";

    private const string PostgresAsked = "SELECT n - 1, id, account, low, high FROM unnest(@ids, @accounts, @lows, @highs) WITH ORDINALITY AS u(id, account, low, high, n)";

    private static readonly string Sqlite = Statement(SqliteAsked, "e.late = 0", "p.late = 1");
    private static readonly string Postgres = Statement(PostgresAsked, "NOT e.late", "p.late");

    /// <summary>The open window of each of <paramref name="organizations"/> and what was spent in it, by number. Five statements at most, however many.</summary>
    public static async Task<IReadOnlyDictionary<long, SpentWindow>> ReadAsync(
        BillingStore store, IReadOnlyList<Organization> organizations, IReadOnlyDictionary<long, BillingRuleRow> rules, Instant now, CancellationToken cancel)
    {
        var ids = organizations.Select(organization => organization.Id).ToArray();
        var counted = await store.SpendingWindows.Where(window => ids.Contains(window.OrganizationId)).ToDictionaryAsync(window => window.OrganizationId, cancel);
        var windows = organizations.ToDictionary(organization => organization.Id, organization => WindowOf(organization, rules.GetValueOrDefault(organization.Id), now));
        var spent = new Dictionary<long, SpentWindow>();
        var (asked, uncounted) = (new List<AccountWindow>(), new List<long>());
        foreach (var organization in organizations)
        {
            var (start, end) = windows[organization.Id];
            var known = counted.GetValueOrDefault(organization.Id) is { } row && row.StartsAt == start.Micros && row.EndsAt == end.Micros ? row : null;
            spent[organization.Id] = new SpentWindow(start, end, known?.Spent ?? 0, known?.Alerted ?? 0);
            if (known is null)
            {
                uncounted.Add(organization.Id);
            }
        }

        if (uncounted.Count > 0)
        {
            var payers = await PaidByOthers.FindAsync(await JournalReading.OpenAsync(store, cancel), uncounted, cancel);
            var own = (await store.Accounts.Where(account => uncounted.Contains(account.OrganizationId) && account.Kind == (int)AccountKind.Revenue)
                .Select(account => new { account.OrganizationId, account.Account }).ToListAsync(cancel)).ToLookup(account => account.OrganizationId, account => account.Account);
            asked.AddRange(uncounted.SelectMany(id => own[id].Select(account => (Ledger: id, Account: account)).Concat(payers[id].Select(payer => (Ledger: payer, Account: PaidByOthers.AccountOf(id))))
                .Select(source => new AccountWindow(id, source.Ledger, source.Account, windows[id].Start.Micros, windows[id].End.Micros))));
        }

        foreach (var (about, amount) in await ReckonAsync(store, asked, cancel))
        {
            spent[about] = spent[about] with { Spent = spent[about].Spent + amount };
        }

        return spent;
    }

    private static (Instant Start, Instant End) WindowOf(Organization organization, BillingRuleRow? rule, Instant now) =>
        SpendingCalendar.WindowOf(now, rule?.CapAnchor is { } anchor ? new Instant(anchor) : null, organization.Zone);

    /// <summary>How accounts changed in their windows: what each is asked about, and how much.</summary>
    internal static async Task<List<(long About, long Amount)>> ReckonAsync(BillingStore store, List<AccountWindow> asked, CancellationToken cancel)
    {
        var found = new List<(long, long)>();
        if (asked.Count == 0)
        {
            return found;
        }

        var connection = await JournalReading.OpenAsync(store, cancel);
        await using var command = Command(connection, asked);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            found.Add((asked[rows.GetInt32(0)].About, rows.GetInt64(1)));
        }

        return found;
    }

    private static DbCommand Command(DbConnection connection, List<AccountWindow> asked) => connection is SqliteConnection
        ? LedgerQueries.Command(connection, Sqlite, ("asked", JsonSerializer.Serialize(asked.Select(a => new[] { a.Ledger, a.Account, a.Low, a.High }))))
        : LedgerQueries.Command(connection, Postgres,
            ("ids", asked.ConvertAll(a => a.Ledger).ToArray()), ("accounts", asked.ConvertAll(a => a.Account).ToArray()),
            ("lows", asked.ConvertAll(a => a.Low).ToArray()), ("highs", asked.ConvertAll(a => a.High).ToArray()));

    /// <summary>
    /// An account as effective before an instant is its balance after the last entry in order that took effect before it, and what was written
    /// late after that (ledger.md, "As of"); the change between two such instants is what took effect between them.
    /// </summary>
    private static string Statement(string asked, string inOrder, string late) =>
        $"""
        WITH w(n, id, account, low, high) AS MATERIALIZED ({asked}),
        m AS MATERIALIZED (SELECT n, id, account, low, high, {LastBefore("low", inOrder)} AS low_seq, {LastBefore("high", inOrder)} AS high_seq FROM w
          WHERE EXISTS (SELECT 1 FROM account a WHERE a.organization_id = w.id AND a.account = w.account))
        SELECT CAST(n AS integer), CAST({Before("high", late)} - {Before("low", late)} AS bigint) FROM m
        """;

    private static string LastBefore(string instant, string inOrder) =>
        $"""
        COALESCE((SELECT e.seq FROM journal_entry e WHERE e.organization_id = w.id AND {inOrder}
          AND e.effective_at < w.{instant} ORDER BY e.effective_at DESC, e.seq DESC LIMIT 1), 0)
        """;

    private static string Before(string instant, string late) =>
        $"""
        (COALESCE((SELECT p.balance_after FROM posting p WHERE p.organization_id = m.id AND p.account = m.account AND p.seq <= m.{instant}_seq
            ORDER BY p.seq DESC LIMIT 1), 0)
          + COALESCE((SELECT SUM(p.amount) FROM posting p WHERE p.organization_id = m.id AND p.account = m.account AND {late}
            AND p.effective_at < m.{instant} AND p.seq > m.{instant}_seq), 0))
        """;
}

/// <summary>The open window of a cap, or of where one would be: a calendar month without an anchor.</summary>
/// <param name="Start">Its first moment.</param>
/// <param name="End">The first moment after it, when counting begins again.</param>
/// <param name="Spent">Millionths: charges net of corrections with an effect in it.</param>
/// <param name="Alerted">The highest level that people were told of: 0, 50, 75, 90 or 100.</param>
public sealed record SpentWindow(Instant Start, Instant End, long Spent, int Alerted);
