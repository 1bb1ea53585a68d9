using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Capabilities.AdjustingBalances;

/// <summary>The sentences of an adjustment: the button says the act, the receipt that it happened.</summary>
public static class AdjustmentWords
{
    /// <summary>Buckets as they are offered, with what kind of value they are.</summary>
    public static string OptionOf(AccountKind bucket) => bucket switch
    {
        AccountKind.Cash => "Cash (pre-pay, refundable)",
        AccountKind.Bonus => "Bonus (pre-pay, not refundable)",
        AccountKind.Overdraft => "Overdraft (forgive what was overdrawn)",
        _ => ChartOfAccounts.NameOf(bucket),
    };

    /// <summary>The act, as in "Add $250.00 pre-pay cash to Acme Robotics".</summary>
    public static string Act(AdjustBalanceForm form, Currency currency, string organization) => Say(form, currency, organization, ("Add", "Take", "Set", "Forgive"));

    /// <summary>What happened, as in "Added $250.00 pre-pay cash to Acme Robotics".</summary>
    public static string Done(AdjustBalanceForm form, Currency currency, string organization) => Say(form, currency, organization, ("Added", "Took", "Set", "Forgave"));

    private static string Say(AdjustBalanceForm form, Currency currency, string organization, (string Add, string Take, string Set, string Forgive) verbs)
    {
        var amount = Money.Of(form.Amount ?? 0, currency).ToString(CultureInfo.CurrentCulture);
        return (form.Direction, form.Bucket) switch
        {
            (AdjustmentDirection.Add, AccountKind.Overdraft) => $"{verbs.Forgive} {amount} of {organization}’s overdraft",
            (AdjustmentDirection.Add, var bucket) => $"{verbs.Add} {amount} {NameOf(bucket)} to {organization}",
            (AdjustmentDirection.TakeAway, var bucket) => $"{verbs.Take} {amount} {NameOf(bucket)} from {organization}",
            (_, var bucket) => $"{verbs.Set} {NameOf(bucket)} of {organization} to {amount}",
        };
    }

    private static string NameOf(AccountKind? bucket) => bucket switch
    {
        AccountKind.Monthly => "monthly credits",
        AccountKind.Promotional => "promotional credits",
        AccountKind.Cash => "pre-pay cash",
        AccountKind.Bonus => "pre-pay bonus",
        AccountKind.Overdraft => "the overdraft",
        _ => "",
    };
}
