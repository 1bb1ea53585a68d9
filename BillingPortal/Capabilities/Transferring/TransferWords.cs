using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Capabilities.Transferring;

/// <summary>The sentences of a transfer: the button says the act, the receipt that it happened.</summary>
public static class TransferWords
{
    /// <summary>Buckets as they are offered, with what kind of value they are.</summary>
    public static string OptionOf(AccountKind bucket) => bucket switch
    {
        AccountKind.Cash => "Cash (refundable)",
        AccountKind.Bonus => "Bonus (not refundable)",
        _ => ChartOfAccounts.NameOf(bucket),
    };

    /// <summary>The act, as in "Move $50.00 cash to Acme West".</summary>
    public static string Act(TransferForm form, Currency currency, string giver, string receiver, bool receives) => Say("Move", form, currency, giver, receiver, receives);

    /// <summary>What happened, as in "Moved $50.00 cash to Acme West".</summary>
    public static string Done(TransferForm form, Currency currency, string giver, string receiver, bool receives) => Say("Moved", form, currency, giver, receiver, receives);

    /// <summary>One side is the organization whose page it is, and goes without saying.</summary>
    private static string Say(string verb, TransferForm form, Currency currency, string giver, string receiver, bool receives) =>
        $"{verb} {Money.Of(form.Amount ?? 0, currency).ToString(CultureInfo.CurrentCulture)} {NameOf(form.Bucket)} {(receives ? $"from {giver}" : $"to {receiver}")}";

    private static string NameOf(AccountKind bucket) => bucket switch
    {
        AccountKind.Cash => "cash",
        AccountKind.Bonus => "bonus",
        _ => "promotional credits",
    };
}
