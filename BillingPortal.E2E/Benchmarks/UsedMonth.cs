using System.Data.Common;
using BillingPortal.Tests.Setup;

namespace BillingPortal.E2E.Benchmarks;

/// <summary>
/// A month of usage in set-based SQL: postpaid organizations, each with as many charges of ten services. The books add up; the hashes are zeros, since
/// nobody waits for a million chains.
/// </summary>
internal static class UsedMonth
{
    /// <summary>The month.</summary>
    public const int Number = 202609;

    private const long First = 10_001;

    /// <summary>When it is closed.</summary>
    public static DateTimeOffset Afterwards { get; } = new(2026, 10, 5, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Writes it: <paramref name="each"/> charges for every organization.</summary>
    public static async Task WriteAsync(TestDatabase database, int organizations, int each)
    {
        await using var connection = await database.ConnectAsync();
        foreach (var statement in Statements(database.Kind, First + organizations - 1, each))
        {
            await using var command = Command(connection, statement);
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>What each organization used of each service, summed by the database and read to the end; how many sums.</summary>
    public static async Task<long> AggregateAsync(TestDatabase database)
    {
        await using var connection = await database.ConnectAsync();
        await using var command = Command(connection,
            $"""
            SELECT e.organization_id, e.service, CAST(SUM(p.amount) AS bigint) FROM journal_entry e
            JOIN posting p ON p.organization_id = e.organization_id AND p.account = 20 AND p.seq = e.seq
            WHERE e.period = {Number} AND e.kind IN (1, 2, 4) GROUP BY e.organization_id, e.service
            """);
        await using var rows = await command.ExecuteReaderAsync();
        var (count, sum) = (0L, 0L);
        while (await rows.ReadAsync())
        {
            (count, sum) = (count + 1, sum + rows.GetInt64(2));
        }

        return sum > 0 ? count : 0;
    }

    /// <summary>True where nothing is left unbilled, and what is invoiced is what was used, with rounding and tax.</summary>
    public static async Task<bool> IsInvoicedAsync(TestDatabase database)
    {
        await using var connection = await database.ConnectAsync();
        return await Books.CountAsync(connection, "SELECT count(*) FROM account WHERE kind = 6 AND balance <> 0") == 0
            && await Books.CountAsync(connection,
                """
                SELECT (SELECT CAST(SUM(net) AS bigint) FROM invoice WHERE kind = 1) - (SELECT CAST(SUM(balance) AS bigint) FROM account WHERE kind = 20)
                  - COALESCE((SELECT CAST(SUM(balance) AS bigint) FROM account WHERE kind = 28), 0)
                """) == 0
            && await Books.CountAsync(connection,
                "SELECT (SELECT CAST(SUM(due) AS bigint) FROM invoice WHERE kind = 1) + (SELECT CAST(SUM(balance) AS bigint) FROM account WHERE kind = 7)") == 0;
    }

    private static IEnumerable<string> Statements(DatabaseKind kind, long last, int each)
    {
        var sqlite = kind is DatabaseKind.Sqlite;
        var organizations = sqlite
            ? $"WITH RECURSIVE n(i) AS (SELECT {First} UNION ALL SELECT i + 1 FROM n WHERE i < {last}) "
            : $"WITH n AS (SELECT i FROM generate_series({First}::bigint, {last}::bigint) AS i) ";
        var rows = sqlite
            ? $"WITH RECURSIVE o(i) AS (SELECT {First} UNION ALL SELECT i + 1 FROM o WHERE i < {last}), k(s) AS (SELECT 1 UNION ALL SELECT s + 1 FROM k WHERE s < {each}), n AS (SELECT i, s FROM o CROSS JOIN k) "
            : $"WITH n AS (SELECT i, s FROM generate_series({First}::bigint, {last}::bigint) AS i, generate_series(1::bigint, {each}::bigint) AS s) ";
        var uuid = sqlite ? "printf('%08X-0000-4000-8000-%012X', i, i)" : "(lpad(to_hex(i), 8, '0') || '-0000-4000-8000-' || lpad(to_hex(i), 12, '0'))::uuid";
        var (no, hash) = sqlite ? ("0", "zeroblob(32)") : ("false", "decode(repeat('00', 32), 'hex')");
        var begin = new DateTimeOffset(2026, 9, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1_000;
        const string Amount = "(10000 + i % 9973)";
        var at = $"({begin} + 1000000 * s)";
        string Into(string numbers, string table, string columns, string values) =>
            sqlite ? $"{numbers}INSERT INTO {table} ({columns}) SELECT {values} FROM n" : $"INSERT INTO {table} ({columns}) {numbers}SELECT {values} FROM n";

        const string Entry = "organization_id, seq, kind, reason, comment, comment_seal, actor, actor_seal, via, service, detail, period, effective_at, "
            + "recorded_at, late, idempotency_key, request_hash, prev_hash, hash, net_amount, net_after";
        const string Posting = "organization_id, account, seq, amount, balance_after, effective_at, late";
        const string Account = "organization_id, account, kind, currency, balance";
        return
        [
            sqlite ? "PRAGMA synchronous = OFF" : "SET synchronous_commit = off",
            "BEGIN",
            Into(organizations, "organization", "id, uuid, slug, name, search_name, path, currency, charging_model, plan, time_zone, allow_overdraft, disabled, created_at, version",
                $"i, {uuid}, 'organization-' || i, 'Organization ' || i, 'organization ' || i, '/' || i || '/', 'USD', 0, 'free', 'UTC', {no}, {no}, {begin}, 0"),
            Into(organizations, "ledger_head", "organization_id, seq, hash, high_effective_at, last_recorded_at", $"i, {each}, {hash}, {begin} + 1000000 * {each}, {begin} + 1000000 * {each}"),
            Into(organizations, "account", Account, $"i, 6, 6, 'USD', -{Amount} * {each}"),
            Into(organizations, "account", Account, $"i, 20, 20, 'USD', {Amount} * {each}"),
            Into(rows, "journal_entry", Entry, $"i, s, 1, 'usage_reported', '', {hash}, 'system', {hash}, 'bench', 'service-' || (s % 10), '{{}}', {Number}, {at}, {at}, {no}, 'bench-' || s, "
                + $"{hash}, {hash}, {hash}, -{Amount}, -{Amount} * s"),
            Into(rows, "posting", Posting, $"i, 6, s, -{Amount}, -{Amount} * s, {at}, {no}"),
            Into(rows, "posting", Posting, $"i, 20, s, {Amount}, {Amount} * s, {at}, {no}"),
            "COMMIT",
            sqlite ? "ANALYZE" : "VACUUM ANALYZE",
        ];
    }

    private static DbCommand Command(DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // numbers and constants of this class
        command.CommandText = sql;
#pragma warning restore CA2100
        command.CommandTimeout = 3_600;
        return command;
    }
}
