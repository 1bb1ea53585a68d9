using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Store.Reading;

namespace BillingPortal.Capabilities.PrepaidBalances;

/// <summary>A line of a look-up table.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Description">Its name.</param>
public sealed record PrepaidWordJson(int Id, string Description)
{
    /// <summary>As programs read it.</summary>
    public static PrepaidWordJson Of(PrepaidWord word) => new(word.Id, word.Name);

    /// <summary>The same where there may be none.</summary>
    public static PrepaidWordJson? OfAny(PrepaidWord? word) => word is null ? null : Of(word);
}

/// <summary>A currency.</summary>
/// <param name="Code">ISO 4217.</param>
public sealed record CurrencyJson(string Code);

/// <summary>Contract 4's prepaid balance.</summary>
/// <param name="Amount">Cash, bonus and overdraft; below zero while overdrawn.</param>
/// <param name="Currency">The organization's.</param>
/// <param name="ExternalPaymentIdentifier">Of what was added or reset last.</param>
/// <param name="PaymentOption">How that was paid.</param>
/// <param name="Type">Which type that was.</param>
public sealed record PrepaidBalanceJson(decimal Amount, CurrencyJson Currency, string? ExternalPaymentIdentifier, PrepaidWordJson? PaymentOption, PrepaidWordJson? Type)
{
    /// <summary>As programs read it.</summary>
    public static PrepaidBalanceJson Of(PrepaidBalance balance) => new(balance.Amount.Units, new CurrencyJson(balance.Amount.Currency.Code), balance.Last?.Reference,
        PrepaidWordJson.OfAny(balance.Last?.PaymentOption), PrepaidWordJson.OfAny(balance.Last?.Type));
}

/// <summary>One transaction of it.</summary>
/// <param name="Id">The journal entry's number.</param>
/// <param name="Date">When it was recorded.</param>
/// <param name="Amount">By how much it moved the balance; below zero where it took.</param>
/// <param name="Currency">The organization's.</param>
/// <param name="Type">Which type.</param>
/// <param name="PaymentOption">How it was paid; null where that is not known.</param>
/// <param name="ExternalPaymentIdentifier">The payment's identifier elsewhere; null for none.</param>
public sealed record BalanceTransactionJson(
    long Id, string Date, decimal Amount, CurrencyJson Currency, PrepaidWordJson Type, PrepaidWordJson? PaymentOption, string? ExternalPaymentIdentifier)
{
    /// <summary>As programs read it.</summary>
    public static BalanceTransactionJson Of(BalanceTransaction transaction) => new(transaction.Seq, transaction.At.ToString(), transaction.Amount.Units,
        new CurrencyJson(transaction.Amount.Currency.Code), PrepaidWordJson.Of(transaction.Type), PrepaidWordJson.OfAny(transaction.PaymentOption), transaction.Reference);
}
