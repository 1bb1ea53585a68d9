using BillingPortal.Domain.Ledger;

namespace BillingPortal.Capabilities.PaymentMethods;

/// <summary>What is said before a card is chosen or removed.</summary>
internal static class CardsPageWords
{
    /// <summary>What the act would come to.</summary>
    public static string Of(string card, CardAct act, IReadOnlyList<Effect> effects) => act == CardAct.Choose
        ? "Recharges charge it from now on." + (CardEffects.GoesOn(effects) ? $" One is due: {card} is charged at once." : "")
        : (CardEffects.Leaves(effects) ? "Auto-recharge has no card then and waits until there is another." : "Recharges do not use it.")
            + (CardEffects.Cancels(effects) ? " The recharge that waits for it is cancelled." : "") + " The provider forgets it too.";
}
