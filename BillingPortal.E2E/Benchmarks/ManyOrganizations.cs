using BillingPortal.Store;
using BillingPortal.Store.Rows;
using BillingPortal.Tests.Setup;

namespace BillingPortal.E2E.Benchmarks;

/// <summary>
/// Fills a database with organizations by the hundred thousand, in set-based SQL: each with a payment and a charge of this month. The
/// books add up; the hashes are zeros, since nobody waits a day for a million chains.
/// </summary>
internal static class ManyOrganizations
{
    private const long First = 10_001;

    /// <summary>Whoever asks in benchmarks: finance, who sees everything.</summary>
    public static readonly Caller Finance = new("bench", "page");

    /// <summary>Enters <see cref="Finance"/>.</summary>
    public static async Task EnterFinanceAsync(TestDatabase database)
    {
        await using var store = database.Read();
        store.Users.Add(new BillingUser { Id = Finance.UserId, UserName = Finance.UserId, NormalizedUserName = "BENCH", PlatformRole = "FINANCE" });
        await store.SaveChangesAsync();
    }

    /// <summary>Adds organizations until there are <paramref name="count"/>.</summary>
    public static async Task GrowAsync(TestDatabase database, int from, int count, long now)
    {
        await using var connection = await database.ConnectAsync();
        foreach (var statement in Statements(database.Kind, First + from, First + count - 1, now))
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // numbers and constants of this class
            command.CommandText = statement;
#pragma warning restore CA2100
            command.CommandTimeout = 3_600;
            await command.ExecuteNonQueryAsync();
        }
    }

    private static IEnumerable<string> Statements(DatabaseKind kind, long first, long last, long now)
    {
        var sqlite = kind is DatabaseKind.Sqlite;
        var numbers = sqlite
            ? $"WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last}) "
            : $"WITH n AS (SELECT i FROM generate_series({first}::bigint, {last}::bigint) AS i) ";
        string Padded(string number, int width) => sqlite ? $"printf('%0{width}d', {number})" : $"lpad(({number})::text, {width}, '0')";
        var uuid = sqlite
            ? "printf('%08X-0000-4000-8000-%012X', i, i)"
            : "(lpad(to_hex(i), 8, '0') || '-0000-4000-8000-' || lpad(to_hex(i), 12, '0'))::uuid";
        var (no, hash) = sqlite ? ("0", "zeroblob(32)") : ("false", "decode(repeat('00', 32), 'hex')");

        // Names do not come in the order of numbers, as nowhere.
        var name = Padded("(i * 7919) % 10000019", 8);
        const string Paid = "(1000000 * (1 + i % 97))";
        const string Used = "(1000 + i % 9973)";
        string Into(string table, string columns, string values) =>
            sqlite ? $"{numbers}INSERT INTO {table} ({columns}) SELECT {values} FROM n" : $"INSERT INTO {table} ({columns}) {numbers}SELECT {values} FROM n";

        const string Entry = "organization_id, seq, kind, reason, comment, comment_seal, actor, actor_seal, via, service, detail, period, effective_at, "
            + "recorded_at, late, idempotency_key, request_hash, prev_hash, hash, net_amount, net_after";
        const string Posting = "organization_id, account, seq, amount, balance_after, effective_at, late";
        const string Account = "organization_id, account, kind, currency, balance";
        var (paidAt, usedAt) = ($"{now} - 1000000 * (i % 3600)", $"{now} + 1000000 - 1000000 * (i % 3600)");
        string Write(int seq, int of, string reason, string service, string at, string amount, string after) => Into("journal_entry", Entry,
            $"i, {seq}, {of}, '{reason}', '', {hash}, 'system', {hash}, 'bench', '{service}', '{{}}', 202611, {at}, {at}, {no}, 'bench-{seq}', {hash}, {hash}, {hash}, {amount}, {after}");
        string Line(int account, int seq, string amount, string after, string at) => Into("posting", Posting, $"i, {account}, {seq}, {amount}, {after}, {at}, {no}");

        return
        [
            sqlite ? "PRAGMA synchronous = OFF" : "SET synchronous_commit = off",
            "BEGIN",
            Into("organization", "id, uuid, slug, name, search_name, path, currency, charging_model, plan, time_zone, allow_overdraft, disabled, created_at, version",
                $"i, {uuid}, 'organization-' || i, 'Organization ' || {name}, 'organization ' || {name}, '/' || i || '/', 'USD', 1, 'free', 'UTC', {no}, {no}, {now}, 0"),
            Into("ledger_head", "organization_id, seq, hash, high_effective_at, last_recorded_at", $"i, 2, {hash}, {usedAt}, {usedAt}"),
            Into("account", Account, $"i, 3, 3, 'USD', {Paid} - {Used}"),
            Into("account", Account, $"i, 20, 20, 'USD', {Used}"),
            Into("account", Account, $"i, 21, 21, 'USD', -{Paid}"),
            Write(1, 5, "paid_in", "", paidAt, Paid, Paid),
            Write(2, 1, "usage_requested", "compute", usedAt, $"-{Used}", $"{Paid} - {Used}"),
            Line(3, 1, Paid, Paid, paidAt),
            Line(21, 1, $"-{Paid}", $"-{Paid}", paidAt),
            Line(3, 2, $"-{Used}", $"{Paid} - {Used}", usedAt),
            Line(20, 2, Used, Used, usedAt),
            "COMMIT",
            sqlite ? "ANALYZE" : "VACUUM ANALYZE",
        ];
    }
}
