using BillingPortal.Domain;

namespace BillingPortal.Payments.Stripe;

/// <summary>Amounts as Stripe counts them: minor units, but for the króna, which Stripe keeps with two decimals that must be zero.</summary>
internal static class StripeAmount
{
    /// <summary>What is sent.</summary>
    /// <exception cref="ArgumentException">It is not above zero and whole.</exception>
    public static long Of(Money amount)
    {
        MinorUnits.Of(amount, amount.Currency.MinorUnit);
        return amount.Micros / UnitOf(amount.Currency);
    }

    /// <summary>What was sent back; null for a currency in which the portal keeps no accounts.</summary>
    public static Money? Read(long? amount, string? currency) =>
        amount is { } count && Currency.TryOf(currency?.ToUpperInvariant(), out var known) ? new Money(count * UnitOf(known), known) : null;

    private static long UnitOf(Currency currency) => currency.Code == "ISK" ? Money.Unit / 100 : currency.MinorUnit;
}
