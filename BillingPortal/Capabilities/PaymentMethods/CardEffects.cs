using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Capabilities.PaymentMethods;

/// <summary>What a decision about cards comes to, as far as a person is told.</summary>
internal static class CardEffects
{
    /// <summary>True where recharges charge a card from now on.</summary>
    public static bool Charges(IEnumerable<Effect> effects) => effects.OfType<Effect.SetRule>().Any(effect => effect.Rule.Card is not null);

    /// <summary>True where recharges have no card any more.</summary>
    public static bool Leaves(IEnumerable<Effect> effects) => effects.OfType<Effect.SetRule>().Any(effect => effect.Rule.Card is null);

    /// <summary>True where a recharge begins or goes on at once.</summary>
    public static bool GoesOn(IEnumerable<Effect> effects) => effects.OfType<Effect.Recharge>().Any(effect => effect.Intent.InFlight);

    /// <summary>True where a recharge that waited is cancelled.</summary>
    public static bool Cancels(IEnumerable<Effect> effects) => effects.OfType<Effect.Recharge>().Any(effect => effect.Intent.State == RechargeState.Cancelled);
}
