using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store.Auditing;

namespace BillingPortal.Store.Reading;

/// <summary>What one kind of account did in a month, over the whole platform, in millionths with the customer's sign.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Currency">The currency.</param>
/// <param name="Opening">Everything booked in the months before.</param>
/// <param name="Debits">What the month's postings took, positive.</param>
/// <param name="Credits">What they gave, positive.</param>
public sealed record PeriodSum(AccountKind Kind, Currency Currency, long Opening, long Debits, long Credits)
{
    /// <summary>Everything booked up to the month's end.</summary>
    public long Closing => Opening + Credits - Debits;
}

/// <summary>
/// The journal summed by kind of account and currency for a month. It begins from the accounts' balances and takes away what later months booked, so that
/// what it closes with is the trial balance less exactly that, and the trial balance itself for the last month.
/// </summary>
public static class PeriodSums
{
    private const string Months =
        """
        SELECT a.kind, a.currency,
          CAST(SUM(CASE WHEN e.period = @p AND p.amount < 0 THEN -p.amount ELSE 0 END) AS bigint),
          CAST(SUM(CASE WHEN e.period = @p AND p.amount > 0 THEN p.amount ELSE 0 END) AS bigint),
          CAST(SUM(p.amount) AS bigint)
        FROM journal_entry e JOIN account a ON a.organization_id = e.organization_id
        JOIN posting p ON p.organization_id = e.organization_id AND p.account = a.account AND p.seq = e.seq
        WHERE e.period >= @p GROUP BY a.kind, a.currency
        """;

    /// <summary>The sums, of one consistent picture of the journal; kinds and currencies in the trial balance's order.</summary>
    public static async Task<ImmutableArray<PeriodSum>> ReadAsync(DatabaseOptions options, BillingPeriod period, CancellationToken cancel)
    {
        await using var ledger = await LedgerConnection.OpenAsync(options, cancel);
        await using var picture = await ledger.PictureAsync(cancel);
        var balances = await ledger.ReadAsync("SELECT kind, currency, CAST(SUM(balance) AS bigint) FROM account GROUP BY kind, currency",
            row => (Key: (Kind: row.GetInt32(0), Currency: row.GetString(1)), Sum: row.GetInt64(2)), cancel);
        var months = (await ledger.ReadAsync(Months, row => (Key: (Kind: row.GetInt32(0), Currency: row.GetString(1)), Debits: row.GetInt64(2), Credits: row.GetInt64(3), Since: row.GetInt64(4)),
            cancel, ("p", period.Number))).ToDictionary(month => month.Key);
        return
        [
            .. balances.Select(balance => months.TryGetValue(balance.Key, out var month)
                    ? new PeriodSum((AccountKind)balance.Key.Kind, Currency.Of(balance.Key.Currency), balance.Sum - month.Since, month.Debits, month.Credits)
                    : new PeriodSum((AccountKind)balance.Key.Kind, Currency.Of(balance.Key.Currency), balance.Sum, 0, 0))
                .OrderBy(sum => sum.Currency.Code, StringComparer.Ordinal).ThenBy(sum => ChartOfAccounts.All.ToList().IndexOf(sum.Kind)),
        ];
    }
}
