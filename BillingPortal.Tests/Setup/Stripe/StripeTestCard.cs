namespace BillingPortal.Tests.Setup.Stripe;

/// <summary>A card of Stripe's test mode, by what its documentation says; the last ones are the portal's own, for faults of the wire.</summary>
/// <param name="Number">The number.</param>
/// <param name="Brand">As in <c>visa</c>.</param>
/// <param name="Code">The error's <c>code</c> where it is declined.</param>
/// <param name="DeclineCode">Its <c>decline_code</c>.</param>
/// <param name="Message">Its words.</param>
/// <param name="AtSetup">True where it is refused when it is added.</param>
/// <param name="Fault">What goes wrong on the wire when it is charged.</param>
internal sealed record StripeTestCard(string Number, string Brand, string? Code = null, string? DeclineCode = null, string Message = "", bool AtSetup = false, StripeFault Fault = StripeFault.None)
{
    private const string Declined = "Your card was declined.";

    public static readonly IReadOnlyList<StripeTestCard> All =
    [
        new("4242424242424242", "visa"),
        new("5555555555554444", "mastercard"),
        new("378282246310005", "amex"),
        new("4000000000000341", "visa", "card_declined", "generic_decline", Declined),
        new("4000002500003155", "visa", "authentication_required", "authentication_required", "Your card was declined. This transaction requires authentication."),
        new("4000002760003184", "visa", "authentication_required", "authentication_required", "Your card was declined. This transaction requires authentication."),
        new("4000000000000259", "visa"),
        new("4000000000000002", "visa", "card_declined", "generic_decline", Declined, AtSetup: true),
        new("4000000000009995", "visa", "card_declined", "insufficient_funds", "Your card has insufficient funds.", AtSetup: true),
        new("4000000000009987", "visa", "card_declined", "lost_card", Declined, AtSetup: true),
        new("4000000000009979", "visa", "card_declined", "stolen_card", Declined, AtSetup: true),
        new("4000000000000069", "visa", "expired_card", null, "Your card has expired.", AtSetup: true),
        new("4000000000000127", "visa", "incorrect_cvc", null, "Your card's security code is incorrect.", AtSetup: true),
        new("4000000000000119", "visa", "processing_error", null, "An error occurred while processing your card. Try again in a little bit.", AtSetup: true),
        new("4000000000009900", "visa", Fault: StripeFault.AnswerLost),
        new("4000000000009901", "visa", Fault: StripeFault.OrderLost),
        new("4000000000009902", "visa", "card_declined", "insufficient_funds", "Your card has insufficient funds."),
        new("4000000000009903", "visa", "processing_error", null, "An error occurred while processing your card. Try again in a little bit."),
    ];
}

/// <summary>What goes wrong with a request. All but the first happen once, then the wire is well again.</summary>
internal enum StripeFault
{
    None,

    /// <summary>The connection breaks before anything was done.</summary>
    OrderLost,

    /// <summary>Everything was done, and the connection breaks before the answer.</summary>
    AnswerLost,

    /// <summary>Everything was done, and the answer never comes: the caller's time-out ends it.</summary>
    Silence,

    /// <summary>500 before anything was done.</summary>
    ServerError,

    /// <summary>500 after everything was done.</summary>
    ServerErrorAfterwards,

    /// <summary>429.</summary>
    RateLimit,
}
