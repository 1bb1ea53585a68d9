using System.Collections.Frozen;

namespace BillingPortal.Payments.Sandbox;

/// <summary>What the sandbox does when a card is charged.</summary>
internal enum SandboxAct
{
    /// <summary>Charges it.</summary>
    Pay,

    /// <summary>Declines.</summary>
    Decline,

    /// <summary>Wants its holder to confirm.</summary>
    Authenticate,

    /// <summary>Charges it, and the answer is lost on the way.</summary>
    LoseAnswer,

    /// <summary>Loses the order on the way: nothing is charged until it is asked for again.</summary>
    LoseOrder,

    /// <summary>Charges it; the holder disputes the payment at once.</summary>
    Dispute,

    /// <summary>Charges it, and tells so by webhook twice.</summary>
    TellTwice,
}

/// <summary>How a card behaves: all that the sandbox keeps in place of its number.</summary>
/// <param name="Word">The stored word; the provider's code where it declines.</param>
/// <param name="Act">What happens when it is charged.</param>
/// <param name="Message">What the provider says of it.</param>
internal sealed record SandboxBehaviour(string Word, SandboxAct Act, string Message = "")
{
    /// <summary>The code of an authentication that its holder did not pass.</summary>
    public const string NotAuthenticated = "payment_intent_authentication_failure";

    /// <summary>The provider's words for it.</summary>
    public const string NotAuthenticatedMessage = "The provided payment method has failed authentication.";

    private const string Declined = "Your card was declined.";

    /// <summary>Charged without further ado.</summary>
    public static readonly SandboxBehaviour Pays = new("pays", SandboxAct.Pay);

    private static readonly FrozenDictionary<string, SandboxBehaviour> All = new SandboxBehaviour[]
    {
        Pays,
        new("generic_decline", SandboxAct.Decline, Declined),
        new("insufficient_funds", SandboxAct.Decline, "Your card has insufficient funds."),
        new("lost_card", SandboxAct.Decline, Declined),
        new("stolen_card", SandboxAct.Decline, Declined),
        new("expired_card", SandboxAct.Decline, "Your card has expired."),
        new("incorrect_cvc", SandboxAct.Decline, "Your card's security code is incorrect."),
        new("processing_error", SandboxAct.Decline, "An error occurred while processing your card. Try again in a little bit."),
        new("authentication_required", SandboxAct.Authenticate, "Your card was declined. This transaction requires authentication."),
        new("answer_lost", SandboxAct.LoseAnswer),
        new("order_lost", SandboxAct.LoseOrder),
        new("disputed", SandboxAct.Dispute),
        new("told_twice", SandboxAct.TellTwice),
    }.ToFrozenDictionary(behaviour => behaviour.Word, StringComparer.Ordinal);

    /// <summary>The behaviour of that word.</summary>
    public static SandboxBehaviour Of(string word) => All[word];
}
