using BillingPortal.Store.Reading;

namespace BillingPortal.Store.Migrations;

/// <summary>An index of what moved prepaid balances, usage aside: few entries among many, so that lists of them cost little (<see cref="BalanceTransactions"/>).</summary>
public static class PrepaidSchema
{
    /// <summary>For both databases.</summary>
    public const string Make = $"CREATE INDEX journal_entry_balance ON journal_entry (organization_id, seq) WHERE {BalanceTransactions.NotUsage};";

    /// <summary>Takes it away again.</summary>
    public const string Drop = "DROP INDEX journal_entry_balance;";
}
