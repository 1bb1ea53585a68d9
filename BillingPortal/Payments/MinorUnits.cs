using BillingPortal.Domain;

namespace BillingPortal.Payments;

/// <summary>Amounts as providers count them: whole minor units of the currency.</summary>
internal static class MinorUnits
{
    /// <summary>How many of <paramref name="minorUnit"/> millionths <paramref name="amount"/> is.</summary>
    /// <exception cref="ArgumentException">It is not above zero, or not whole.</exception>
    public static long Of(Money amount, long minorUnit) => amount.Micros > 0 && amount.Micros % minorUnit == 0
        ? amount.Micros / minorUnit
        : throw new ArgumentException($"A card is charged whole minor units above zero, not {amount}.", nameof(amount));
}
