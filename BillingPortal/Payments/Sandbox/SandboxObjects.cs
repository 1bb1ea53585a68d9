using System.Text.Json.Serialization;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Payments.Sandbox;

// What the sandbox keeps, as JSON in the bodies of sandbox_object.

/// <summary>A card being added.</summary>
/// <param name="ReturnTo">Where the person goes back to.</param>
/// <param name="Method">The card it yielded; null until then.</param>
/// <param name="Organization">Whose, where a program began it, and the page leads nowhere; else 0.</param>
internal sealed record SandboxSetup(string ReturnTo, string? Method, long Organization = 0);

/// <summary>A card, without its number.</summary>
internal sealed record SandboxMethod(string Brand, string Last4, int ExpiryMonth, int ExpiryYear, string Behaviour, bool Removed = false);

/// <summary>
/// A payment. Its state is <see cref="Paid"/>, <see cref="Declined"/> (with code and message) or <see cref="Waiting"/>; its dispute is <c>open</c>,
/// <c>won</c>, <c>lost</c>, or null where there is none. The amount is in millionths.
/// </summary>
internal sealed record SandboxPayment(
    long Organization, long Recharge, int Attempt, string Method, long Amount, string Currency, string Description, string State, string Code, string Message, string? Dispute, bool IsFee = false, bool IsCheckout = false, string? ReturnTo = null)
{
    public const string Paid = "succeeded";
    public const string Declined = "declined";
    public const string Waiting = "requires_action";

    /// <summary>The payment as money.</summary>
    [JsonIgnore]
    public Money Money => new(Amount, Domain.Currency.Of(Currency));

    /// <summary>What it is for.</summary>
    [JsonIgnore]
    public ChargedFor For => IsFee ? ChargedFor.Fee : IsCheckout ? ChargedFor.Checkout : ChargedFor.Recharge;

    /// <summary>What it says to who asks.</summary>
    public PaymentResult ResultOf(string id) => State switch
    {
        Paid => new PaymentResult.Succeeded(id),
        Waiting => new PaymentResult.AuthenticationNeeded(id, new Uri(SandboxPages.PaymentPath + id, UriKind.Relative)),
        _ => new PaymentResult.Declined(id, Code, Message),
    };

    /// <summary>The same as found by its id.</summary>
    public FoundCharge FoundAs(string id, string customer) => new(new OrganizationId(Organization), Recharge, Attempt, ResultOf(id)) { Customer = customer, For = For };
}

/// <summary>A webhook's body.</summary>
/// <param name="Id">The event's id.</param>
/// <param name="Kind">Its kind, in Stripe's words.</param>
/// <param name="Payment">Which payment.</param>
/// <param name="Customer">Who pays.</param>
/// <param name="State">Where the payment stood then; a later change does not rewrite what was told.</param>
/// <param name="Dispute">Which dispute of it.</param>
/// <param name="Organization">Whose card was taken.</param>
/// <param name="Method">Which card was taken.</param>
internal sealed record SandboxNews(string Id, string Kind, string Payment, string Customer, SandboxPayment? State, string? Dispute, long Organization = 0, string? Method = null);
