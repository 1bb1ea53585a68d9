using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Capabilities.PrepaidBalances;

/// <summary>What the page says of a prepaid balance.</summary>
public static class PrepaidWords
{
    /// <summary>What a type does.</summary>
    public static string HelpOf(int type) => type switch
    {
        PrepaidTransactions.TopUp => "A payment that came outside of the portal. It becomes cash, which can be refunded.",
        PrepaidTransactions.CreditNote => "Credit that is given. It becomes bonus, which is not refunded.",
        _ => "The opening balance after a reset, carried over from elsewhere. It becomes cash.",
    };

    /// <summary>The act: "Add $250.00 to Acme's balance".</summary>
    public static string Act(AddToBalanceForm form, Currency currency, string name) =>
        $"Add {Money.Of(form.Amount ?? 0, currency).ToString(CultureInfo.CurrentCulture)} to the balance of {name}";

    /// <summary>That it was done.</summary>
    public static string Done(AddToBalanceForm form, Currency currency, string name) =>
        $"Added {Money.Of(form.Amount ?? 0, currency).ToString(CultureInfo.CurrentCulture)} to the balance of {name}: {PrepaidTransactions.Find(PrepaidTransactions.Types, form.Type)?.Name.ToLowerInvariant()}";
}
