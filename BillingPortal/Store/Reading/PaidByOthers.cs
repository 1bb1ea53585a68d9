using System.Data.Common;
using System.Text.Json;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store.Writing;
using Microsoft.Data.Sqlite;

namespace BillingPortal.Store.Reading;

/// <summary>Whose ledgers paid for what organizations used (rules §1): now, or before they were handed to another parent.</summary>
internal static class PaidByOthers
{
    /// <summary>The account that a payer keeps for a consumer, as a condition on <c>p</c>; the literal parts are the index's.</summary>
    public const string Tagged = "p.account = 20 + 100 * {0} AND p.account > 1000000 AND p.account % 100 = 20";

    private const string Sqlite = "(SELECT value AS id FROM json_each(@ids)) c";

    private const string Postgres = "unnest(@ids) AS c(id)";

    /// <summary>The payers of each of <paramref name="consumers"/>, none for most: the index is asked for the next payer, not for every charge.</summary>
    public static async Task<ILookup<long, long>> FindAsync(DbConnection connection, IReadOnlyCollection<long> consumers, CancellationToken cancel)
    {
        var found = new List<(long Consumer, long Payer)>();
        if (consumers.Count > 0)
        {
            await using var command = Command(connection, consumers);
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel))
            {
                found.Add((rows.GetInt64(0), rows.GetInt64(1)));
            }
        }

        return found.ToLookup(pair => pair.Consumer, pair => pair.Payer);
    }

    /// <summary>What they paid in these windows: about which place in the list, and how much.</summary>
    public static async Task<List<(long About, long Amount)>> SpentAsync(
        BillingStore store, IReadOnlyList<(long Consumer, long Low, long High)> windows, CancellationToken cancel)
    {
        var connection = await JournalReading.OpenAsync(store, cancel);
        var payers = await FindAsync(connection, [.. windows.Select(window => window.Consumer).Distinct()], cancel);
        var asked = windows.SelectMany((window, at) => payers[window.Consumer].Select(payer => new AccountWindow(at, payer, AccountOf(window.Consumer), window.Low, window.High)));
        return await SpendReading.ReckonAsync(store, [.. asked], cancel);
    }

    /// <summary>The revenue account that a payer keeps for a consumer.</summary>
    public static int AccountOf(long consumer) => AccountKey.RevenueFrom(new(consumer)).Value;

    internal static DbCommand Command(DbConnection connection, IReadOnlyCollection<long> consumers) => connection is SqliteConnection
        ? LedgerQueries.Command(connection, Statement(Sqlite), ("ids", JsonSerializer.Serialize(consumers)))
        : LedgerQueries.Command(connection, Statement(Postgres), ("ids", consumers.ToArray()));

    private static string Statement(string consumers) =>
        $"""
        WITH RECURSIVE f(consumer, payer) AS (
          SELECT c.id, (SELECT MIN(p.organization_id) FROM posting p WHERE {Of("c.id")}) FROM {consumers}
          UNION ALL
          SELECT f.consumer, (SELECT MIN(p.organization_id) FROM posting p WHERE {Of("f.consumer")} AND p.organization_id > f.payer) FROM f WHERE f.payer IS NOT NULL)
        SELECT consumer, payer FROM f WHERE payer IS NOT NULL
        """;

    private static string Of(string consumer) => Tagged.Replace("{0}", consumer, StringComparison.Ordinal);
}

/// <summary>One account of a ledger and the time whose change is asked for.</summary>
/// <param name="About">What it is asked about, in the asker's own numbers.</param>
/// <param name="Ledger">Whose.</param>
/// <param name="Account">Which.</param>
/// <param name="Low">UTC microseconds.</param>
/// <param name="High">UTC microseconds, not included.</param>
internal sealed record AccountWindow(long About, long Ledger, int Account, long Low, long High);
