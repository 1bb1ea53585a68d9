using System.Globalization;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Store;

/// <summary>Keys of those who use another's balance.</summary>
public static class PayersLedger
{
    /// <summary>Two consumers of one payer may choose the same key; in its ledger each stands under its own number.</summary>
    public static string KeyOf(Organization consumer, string key)
    {
        if (consumer.PayerId is null)
        {
            return key;
        }

        var prefixed = string.Create(CultureInfo.InvariantCulture, $"for:{consumer.Id}:{key}");
        return prefixed.Length <= MoneyCommand.MaxKeyLength ? prefixed : "for:" + CanonicalForm.Seal(prefixed);
    }
}
