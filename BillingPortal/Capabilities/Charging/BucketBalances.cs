using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Capabilities.Charging;

/// <summary>What an organization's buckets hold, in its currency's units, with the customer's sign: what is owed is negative.</summary>
/// <param name="Monthly">Monthly credits; drawn first.</param>
/// <param name="Promotional">Promotional credits; drawn second.</param>
/// <param name="Cash">Paid in; drawn third.</param>
/// <param name="Bonus">Given on top of cash; drawn fourth.</param>
/// <param name="Overdraft">Used beyond what was held, where the organization pays before.</param>
/// <param name="UnbilledReceivable">Used and not yet invoiced, where the organization pays after.</param>
/// <param name="InvoicedReceivable">Invoiced and not yet paid.</param>
public sealed record BucketBalances(
    string Monthly, string Promotional, string Cash, string Bonus, string Overdraft, string UnbilledReceivable, string InvoicedReceivable)
{
    /// <summary>The buckets' balances, each from <paramref name="balanceOf"/> in millionths.</summary>
    public static BucketBalances Of(Currency currency, Func<AccountKind, long> balanceOf)
    {
        return new BucketBalances(
            Units(AccountKind.Monthly), Units(AccountKind.Promotional), Units(AccountKind.Cash), Units(AccountKind.Bonus),
            Units(AccountKind.Overdraft), Units(AccountKind.UnbilledReceivable), Units(AccountKind.InvoicedReceivable));

        string Units(AccountKind kind) => new Money(balanceOf(kind), currency).ToDecimalString();
    }
}
