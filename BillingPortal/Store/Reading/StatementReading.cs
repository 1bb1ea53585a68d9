using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Writing;
using Microsoft.Data.Sqlite;

namespace BillingPortal.Store.Reading;

/// <summary>Reads statements from the journal by effective time. Whoever calls has asked whether it may.</summary>
public static class StatementReading
{
    private const string Customers = "a.organization_id = @o AND a.kind < 20";

    /// <summary>The number of the last entry written; 0 before the first.</summary>
    public static async Task<long> LastAsync(BillingStore store, OrganizationId organization, CancellationToken cancel) =>
        await LedgerQueries.ScalarAsync(await JournalReading.OpenAsync(store, cancel), "SELECT seq FROM ledger_head WHERE organization_id = @o", ("o", organization.Value)) ?? 0;

    /// <summary>Every account of the customer's side: what it held at the beginning and what came and went.</summary>
    public static async Task<ImmutableArray<StatementAccount>> AccountsAsync(BillingStore store, StatementRange range, CancellationToken cancel)
    {
        var connection = await JournalReading.OpenAsync(store, cancel);
        var before = await BalanceReading.AsOfAsync(store, range.Organization, new Instant(range.From.Micros - 1), EntryTime.Effective, cancel);

        // What was written after the statement's last entry, and took effect before its range, is not part of it.
        var since = await SumsAsync(connection, range, "p.seq > @through AND p.effective_at < @from");
        var first = await FirstAsync(connection, range);
        var within = await SumsAsync(connection, range, string.Create(CultureInfo.InvariantCulture, $"p.seq >= {first} AND p.seq <= @through AND p.effective_at >= @from AND p.effective_at < @until"));
        return
        [
            .. before.Balances.Keys.Where(account => ChartOfAccounts.IsCustomers(account.Kind))
                .OrderBy(account => ChartOfAccounts.All.TakeWhile(kind => kind != account.Kind).Count()).ThenBy(account => account)
                .Select(account => new StatementAccount(account, before.Of(account) - (since.GetValueOrDefault(account) is var late ? late.In + late.Out : 0),
                    within.GetValueOrDefault(account).In, within.GetValueOrDefault(account).Out))
                .Where(account => account is not { Opening: 0, In: 0, Out: 0 }),
        ];
    }

    /// <summary>What came and went from the beginning up to <paramref name="cursor"/>, that entry included.</summary>
    public static async Task<ImmutableDictionary<AccountKey, long>> UpToAsync(BillingStore store, StatementRange range, StatementCursor cursor, CancellationToken cancel)
    {
        var connection = await JournalReading.OpenAsync(store, cancel);
        var first = await FirstAsync(connection, range);
        var sums = await SumsAsync(connection, range, string.Create(CultureInfo.InvariantCulture,
            $"p.seq >= {first} AND p.seq <= @through AND p.effective_at >= @from AND (p.effective_at < {cursor.EffectiveAt.Micros} OR (p.effective_at = {cursor.EffectiveAt.Micros} AND p.seq <= {cursor.Seq}))"));
        return sums.ToImmutableDictionary(pair => pair.Key, pair => pair.Value.In + pair.Value.Out);
    }

    /// <summary>Entries in the order of effect, after <paramref name="after"/> where that is given; balances run on in <paramref name="running"/>.</summary>
    public static async Task<ImmutableArray<StatementLine>> LinesAsync(
        BillingStore store, StatementRange range, StatementCursor? after, int count, IDictionary<AccountKey, long> running, CancellationToken cancel)
    {
        var connection = await JournalReading.OpenAsync(store, cancel);
        var lines = await EntriesAsync(connection, range, after, count, cancel);
        if (lines.Count == 0)
        {
            return [];
        }

        var postings = await PostingsAsync(connection, range.Organization, lines.Select(line => line.Cursor.Seq), cancel);
        var net = running.Values.Sum();
        return [.. lines.Select(line =>
        {
            var mine = postings[line.Cursor.Seq].Select(posting => new StatementPosting(posting.Account, posting.Amount, running[posting.Account] = (running.TryGetValue(posting.Account, out var held) ? held : 0) + posting.Amount)).ToImmutableArray();
            return line with { Postings = mine, NetAfter = net += mine.Sum(posting => posting.Amount) };
        })];
    }

    /// <summary>Numbers on time rise with effect, and late entries follow one with a later effect: nothing of the range has a lower number.</summary>
    private static async Task<long> FirstAsync(DbConnection connection, StatementRange range) => await LedgerQueries.ScalarAsync(connection,
        $"SELECT seq FROM journal_entry WHERE organization_id = @o AND {OnTime(connection)} AND effective_at >= @from ORDER BY effective_at, seq LIMIT 1",
        ("o", range.Organization.Value), ("from", range.From.Micros)) ?? long.MaxValue;

    private static async Task<Dictionary<AccountKey, (long In, long Out)>> SumsAsync(DbConnection connection, StatementRange range, string condition)
    {
        await using var command = LedgerQueries.Command(connection,
            $"""
            SELECT a.account, CAST(SUM(CASE WHEN p.amount > 0 THEN p.amount ELSE 0 END) AS bigint), CAST(SUM(CASE WHEN p.amount < 0 THEN p.amount ELSE 0 END) AS bigint)
            FROM account a JOIN posting p ON p.organization_id = a.organization_id AND p.account = a.account
            WHERE {Customers} AND {condition} GROUP BY a.account
            """, ("o", range.Organization.Value), ("from", range.From.Micros), ("until", range.Until.Micros), ("through", range.Through));
        await using var rows = await command.ExecuteReaderAsync();
        var sums = new Dictionary<AccountKey, (long In, long Out)>();
        while (await rows.ReadAsync())
        {
            sums[new AccountKey(rows.GetInt32(0))] = (rows.GetInt64(1), rows.GetInt64(2));
        }

        return sums;
    }

    private static async Task<List<StatementLine>> EntriesAsync(DbConnection connection, StatementRange range, StatementCursor? after, int count, CancellationToken cancel)
    {
        // Those on time and the late ones have an index each in the order of effect.
        string Part(string which) =>
            $"""
            SELECT * FROM (SELECT seq, kind, reason, service, detail, period, effective_at, recorded_at, reverses_seq, hash FROM journal_entry
              WHERE organization_id = @o AND {which} AND effective_at >= @from AND effective_at < @until AND seq <= @through AND (effective_at, seq) > (@at, @seq)
              ORDER BY effective_at, seq LIMIT @n)
            """;
        await using var command = LedgerQueries.Command(connection,
            $"SELECT * FROM ({Part(OnTime(connection))} on_time UNION ALL {Part(Late(connection))} too_late) both_kinds ORDER BY effective_at, seq LIMIT @n",
            ("o", range.Organization.Value), ("from", range.From.Micros), ("until", range.Until.Micros), ("through", range.Through), ("n", count),
            ("at", after?.EffectiveAt.Micros ?? long.MinValue), ("seq", after?.Seq ?? 0));
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var lines = new List<StatementLine>();
        while (await rows.ReadAsync(cancel))
        {
            lines.Add(new StatementLine
            {
                Cursor = new StatementCursor(new Instant(rows.GetInt64(6)), rows.GetInt64(0)),
                Kind = (EntryKind)rows.GetInt32(1),
                Reason = rows.GetString(2),
                Service = rows.GetString(3),
                Consumer = ConsumerDetail.Find(rows.GetString(4)),
                Period = rows.GetInt32(5),
                RecordedAt = new Instant(rows.GetInt64(7)),
                ReversesSeq = rows.IsDBNull(8) ? null : rows.GetInt64(8),
                Hash = Hash256.FromBytes((byte[])rows.GetValue(9)),
            });
        }

        return lines;
    }

    private static async Task<ILookup<long, (AccountKey Account, long Amount)>> PostingsAsync(
        DbConnection connection, OrganizationId organization, IEnumerable<long> numbers, CancellationToken cancel)
    {
        var list = string.Join(", ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));
        await using var command = LedgerQueries.Command(connection,
            $"""
            SELECT p.seq, p.account, p.amount FROM account a JOIN posting p ON p.organization_id = a.organization_id AND p.account = a.account
            WHERE {Customers} AND p.seq IN ({list}) ORDER BY p.seq, p.account
            """, ("o", organization.Value));
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var postings = new List<(long Seq, AccountKey Account, long Amount)>();
        while (await rows.ReadAsync(cancel))
        {
            postings.Add((rows.GetInt64(0), new AccountKey(rows.GetInt32(1)), rows.GetInt64(2)));
        }

        return postings.ToLookup(posting => posting.Seq, posting => (posting.Account, posting.Amount));
    }

    private static string OnTime(DbConnection connection) => connection is SqliteConnection ? "late = 0" : "NOT late";

    private static string Late(DbConnection connection) => connection is SqliteConnection ? "late = 1" : "late";
}
