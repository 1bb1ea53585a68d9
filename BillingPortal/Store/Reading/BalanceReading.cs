using System.Collections.Immutable;
using System.Data.Common;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Writing;
using Microsoft.Data.Sqlite;

namespace BillingPortal.Store.Reading;

/// <summary>An organization's accounts as they stood at an instant.</summary>
/// <param name="At">The instant.</param>
/// <param name="By">Which time is meant.</param>
/// <param name="Seq">The last entry counted whole, 0 before the first: everything up to it counts, and late entries after it that took effect by then.</param>
/// <param name="Balances">Every account, in millionths; an account that was not there yet stands at 0.</param>
public sealed record BalancesAsOf(Instant At, EntryTime By, long Seq, ImmutableSortedDictionary<AccountKey, long> Balances)
{
    /// <summary>Value held less what is owed, in millionths.</summary>
    public long Net => Balances.Where(pair => ChartOfAccounts.IsCustomers(pair.Key.Kind)).Sum(pair => pair.Value);

    /// <summary>An account's balance in millionths.</summary>
    public long Of(AccountKey account) => Balances.GetValueOrDefault(account);
}

/// <summary>
/// Balances at any past instant (ledger.md, "As of"). By recorded time: the last entry recorded by then, and each account's balance
/// after it. By effective time: the same with the last entry on time, and on top the late entries written after it that took effect by
/// then. Exact, and nothing stored is ever edited.
/// </summary>
public static class BalanceReading
{
    /// <summary>The accounts of <paramref name="organization"/> at <paramref name="at"/>, in one statement of index lookups.</summary>
    public static async Task<BalancesAsOf> AsOfAsync(BillingStore store, OrganizationId organization, Instant at, EntryTime by, CancellationToken cancel)
    {
        var connection = await JournalReading.OpenAsync(store, cancel);
        await using var command = Command(connection, organization, at, by);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var balances = ImmutableSortedDictionary.CreateBuilder<AccountKey, long>();
        var seq = 0L;
        while (await rows.ReadAsync(cancel))
        {
            seq = rows.GetInt64(0);
            balances[new AccountKey(rows.GetInt32(1))] = rows.GetInt64(2);
        }

        return new BalancesAsOf(at, by, seq, balances.ToImmutable());
    }

    internal static DbCommand Command(DbConnection connection, OrganizationId organization, Instant at, EntryTime by) =>
        LedgerQueries.Command(connection, (by, connection is SqliteConnection) switch
        {
            (EntryTime.Recorded, _) => Recorded,
            (_, true) => Effective("late = 0", "late = 1"),
            _ => Effective("NOT late", "late"),
        }, ("o", organization.Value), ("at", at.Micros));

    private const string Last =
        """
        COALESCE((SELECT p.balance_after FROM posting p
          WHERE p.organization_id = @o AND p.account = a.account AND p.seq <= s.seq ORDER BY p.seq DESC LIMIT 1), 0)
        """;

    private const string Recorded =
        $"""
        SELECT s.seq, a.account, {Last} FROM account a CROSS JOIN (SELECT COALESCE((SELECT seq FROM journal_entry
          WHERE organization_id = @o AND recorded_at <= @at ORDER BY recorded_at DESC, seq DESC LIMIT 1), 0) AS seq) s
        WHERE a.organization_id = @o
        """;

    /// <summary>
    /// No late entry took effect further back than the greatest delay of any, counted from the last entry on time: the sum walks that
    /// stretch alone, however many late entries lie before it.
    /// </summary>
    private static string Effective(string onTime, string late) =>
        $"""
        SELECT s.seq, a.account, {Last} + CAST(COALESCE((SELECT SUM(p.amount) FROM posting p
          WHERE p.organization_id = @o AND p.account = a.account AND p.{late} AND p.effective_at BETWEEN s.since AND @at AND p.seq > s.seq), 0) AS bigint)
        FROM account a CROSS JOIN (
          SELECT COALESCE(l.seq, 0) AS seq, COALESCE(l.recorded_at - (SELECT recorded_at - effective_at FROM journal_entry
            WHERE organization_id = @o AND {late} ORDER BY recorded_at - effective_at DESC LIMIT 1), {long.MinValue + 1}) AS since
          FROM (SELECT 1) one LEFT JOIN (SELECT seq, recorded_at FROM journal_entry
            WHERE organization_id = @o AND {onTime} AND effective_at <= @at ORDER BY effective_at DESC, seq DESC LIMIT 1) l ON 1 = 1) s
        WHERE a.organization_id = @o
        """;
}
