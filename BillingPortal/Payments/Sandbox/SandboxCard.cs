using System.Collections.Immutable;

namespace BillingPortal.Payments.Sandbox;

/// <summary>
/// A test number that the sandbox takes. The first are the ones Stripe publishes for its own test mode and behave as there; the last are the sandbox's
/// own: their check digit is wrong, so that no bank can have given them to anybody.
/// </summary>
/// <param name="Number">The number. It stands here and nowhere else: not in the store, not in a log.</param>
/// <param name="Brand">As in <c>visa</c>.</param>
/// <param name="Meaning">What it does, for people.</param>
/// <param name="Behaviour">What is kept in its place.</param>
/// <param name="RefusedAtSetup">True where its bank refuses it at once, so that it is never added.</param>
internal sealed record SandboxCard(string Number, string Brand, string Meaning, SandboxBehaviour Behaviour, bool RefusedAtSetup = false)
{
    /// <summary>Every number it takes.</summary>
    public static readonly ImmutableArray<SandboxCard> All =
    [
        new("4242424242424242", "visa", "Visa, is charged", SandboxBehaviour.Pays),
        new("5555555555554444", "mastercard", "Mastercard, is charged", SandboxBehaviour.Pays),
        new("378282246310005", "amex", "American Express, is charged", SandboxBehaviour.Pays),
        new("4000000000000341", "visa", "Can be added, declines every charge", SandboxBehaviour.Of("generic_decline")),
        new("4000002500003155", "visa", "Wants its holder to confirm each charge made in their absence", SandboxBehaviour.Of("authentication_required")),
        new("4000002760003184", "visa", "Wants its holder to confirm every charge", SandboxBehaviour.Of("authentication_required")),
        new("4000000000000259", "visa", "Is charged, then disputed", SandboxBehaviour.Of("disputed")),
        new("4000000000000002", "visa", "Refused: declined", SandboxBehaviour.Of("generic_decline"), RefusedAtSetup: true),
        new("4000000000009995", "visa", "Refused: insufficient funds", SandboxBehaviour.Of("insufficient_funds"), RefusedAtSetup: true),
        new("4000000000009987", "visa", "Refused: lost", SandboxBehaviour.Of("lost_card"), RefusedAtSetup: true),
        new("4000000000009979", "visa", "Refused: stolen", SandboxBehaviour.Of("stolen_card"), RefusedAtSetup: true),
        new("4000000000000069", "visa", "Refused: expired", SandboxBehaviour.Of("expired_card"), RefusedAtSetup: true),
        new("4000000000000127", "visa", "Refused: wrong security code", SandboxBehaviour.Of("incorrect_cvc"), RefusedAtSetup: true),
        new("4000000000000119", "visa", "Refused: processing error", SandboxBehaviour.Of("processing_error"), RefusedAtSetup: true),
        new("4000000000009900", "visa", "Ours: is charged, but the answer is lost on the way (time-out after charging)", SandboxBehaviour.Of("answer_lost")),
        new("4000000000009901", "visa", "Ours: the order is lost on the way (time-out, nothing charged); asking again charges", SandboxBehaviour.Of("order_lost")),
        new("4000000000009902", "visa", "Ours: can be added, declines every charge for insufficient funds", SandboxBehaviour.Of("insufficient_funds")),
        new("4000000000009903", "visa", "Ours: can be added, fails every charge with a processing error", SandboxBehaviour.Of("processing_error")),
        new("4000000000009905", "visa", "Ours: is charged, and the webhook that says so comes twice", SandboxBehaviour.Of("told_twice")),
    ];

    /// <summary>In groups, as people read it.</summary>
    public string Grouped => Brand == "amex" ? $"{Number[..4]} {Number[4..10]} {Number[10..]}" : string.Join(' ', Number.Chunk(4).Select(four => new string(four)));

    /// <summary>All that may be kept of the number.</summary>
    public string Last4 => Number[^4..];

    /// <summary>The card of a typed number, spaces and dashes aside; null where it is no test number.</summary>
    public static SandboxCard? Find(string typed)
    {
        var number = typed.Replace(" ", "").Replace("-", "");
        return All.FirstOrDefault(card => card.Number == number);
    }
}
