using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Payments;

/// <summary>
/// The way to the payment provider. Every call that moves money or makes something carries a key: the same key is the same act, however
/// often it is asked. Card numbers pass between a person and the provider's own page, never through here.
/// </summary>
public interface IPaymentGateway
{
    /// <summary>The stored word for it: <c>sandbox</c> or <c>stripe</c>.</summary>
    string Provider { get; }

    /// <summary>Enters an organization at the provider and gives its id there.</summary>
    /// <exception cref="PaymentGatewayException">The provider refused or did not answer.</exception>
    Task<string> EnterCustomerAsync(OrganizationId organization, string name, string key, CancellationToken cancel);

    /// <summary>Copies billing details to a customer, so that the provider's own documents bear them; what is null is cleared there.</summary>
    /// <exception cref="PaymentGatewayException">The provider refused or did not answer.</exception>
    Task UpdateCustomerAsync(string customer, CustomerDetails details, CancellationToken cancel);

    /// <summary>Begins to add a card: a page of the provider's, where its number is typed, that returns to <paramref name="returnTo"/> with <c>?setup=ID</c>.</summary>
    /// <exception cref="PaymentGatewayException">The provider refused or did not answer.</exception>
    Task<CardSetup> BeginSetupAsync(string customer, Uri returnTo, string key, CancellationToken cancel);

    /// <summary>The card that a setup yielded; null while it is not finished, and where the card was removed since.</summary>
    /// <exception cref="PaymentGatewayException">The provider refused or did not answer, or the setup is another customer's.</exception>
    Task<Card?> FindCardAsync(string customer, string setup, CancellationToken cancel);

    /// <summary>Begins to enter a card that is typed elsewhere than on a page the portal leads to: a secret for the provider's script. Once it is taken, a webhook tells.</summary>
    /// <exception cref="PaymentGatewayException">The provider refused or did not answer.</exception>
    Task<CardIntent> BeginIntentAsync(string customer, OrganizationId organization, string key, CancellationToken cancel);

    /// <summary>The card of that id; null where this customer has none.</summary>
    /// <exception cref="PaymentGatewayException">The provider refused or did not answer.</exception>
    Task<Card?> FindMethodAsync(string customer, string method, CancellationToken cancel);

    /// <summary>
    /// Charges a card, while nobody is present unless the order says where its holder waits. Asking again with the same order answers the first result. Never throws for what the provider
    /// says of the payment: every such answer is a result, and none at all is <see cref="PaymentResult.Unknown"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The amount is not above zero and whole in minor units.</exception>
    /// <exception cref="PaymentGatewayException">The key was used for another order: a mistake of the caller's, nothing was charged for this one.</exception>
    Task<PaymentResult> ChargeAsync(PaymentOrder order, CancellationToken cancel);

    /// <summary>
    /// What became of a charge whose result is not known, or that waits for its holder: asks, and never pays anew where the first charge
    /// arrived. Where it never arrived, it is made now, under its own key.
    /// </summary>
    /// <exception cref="ArgumentException">As for <see cref="ChargeAsync"/>.</exception>
    /// <exception cref="PaymentGatewayException">As for <see cref="ChargeAsync"/>.</exception>
    Task<PaymentResult> AskAsync(PaymentOrder order, string? paymentId, CancellationToken cancel);

    /// <summary>Which charge of ours a payment is and what became of it; null where it is none of ours. Disputes name nothing but the payment.</summary>
    /// <exception cref="PaymentGatewayException">The provider refused or did not answer.</exception>
    Task<FoundCharge?> FindChargeAsync(string paymentId, CancellationToken cancel);

    /// <summary>
    /// Takes back a charge that waits for its holder: succeeded where it went through meanwhile, declined with the code <c>canceled</c> where it
    /// can be confirmed no more.
    /// </summary>
    Task<PaymentResult> CancelAsync(PaymentOrder order, string paymentId, CancellationToken cancel);

    /// <summary>
    /// Pays a charge back, whole or in part, to the card that paid it. Asking again with the same order answers the first result; none at all, and a refund
    /// that the provider has not ended, is <see cref="PaymentResult.Unknown"/>.
    /// </summary>
    /// <exception cref="PaymentGatewayException">The key was used for another order: a mistake of the caller's, nothing was refunded for this one.</exception>
    Task<PaymentResult> RefundAsync(RefundOrder order, CancellationToken cancel);

    /// <summary>What became of a refund whose result is not known: asks, and never refunds anew where the first order arrived. Where it never did, it is made now.</summary>
    /// <exception cref="PaymentGatewayException">As for <see cref="RefundAsync"/>.</exception>
    Task<PaymentResult> AskRefundAsync(RefundOrder order, string? refundId, CancellationToken cancel);

    /// <summary>Forgets a card. One that is forgotten already stays so.</summary>
    /// <exception cref="PaymentGatewayException">The provider refused or did not answer.</exception>
    Task RemoveCardAsync(string method, CancellationToken cancel);

    /// <summary>Reads a webhook; null where its signature does not hold or is older than five minutes.</summary>
    PaymentNews? Read(string body, string? signature, Instant now);
}

/// <summary>A setup that was begun.</summary>
/// <param name="Id">The provider's id of it.</param>
/// <param name="Page">Where the person goes to type the card.</param>
public sealed record CardSetup(string Id, Uri Page);

/// <summary>A card that is being entered elsewhere.</summary>
/// <param name="Id">The provider's id of it.</param>
/// <param name="ClientSecret">For the provider's script; whoever has it may type a card, and do nothing else.</param>
public sealed record CardIntent(string Id, string ClientSecret);

/// <summary>What may be known of a card.</summary>
/// <param name="Method">The provider's id.</param>
/// <param name="Brand">As in <c>visa</c>.</param>
/// <param name="Last4">Four digits.</param>
/// <param name="ExpiryMonth">1 to 12.</param>
/// <param name="ExpiryYear">Four digits.</param>
public sealed record Card(string Method, string Brand, string Last4, int ExpiryMonth, int ExpiryYear);

/// <summary>A charge.</summary>
/// <param name="Key">Its idempotency key, of one attempt.</param>
/// <param name="Organization">Who pays; travels as metadata, so that webhooks find it.</param>
/// <param name="Recharge">Which recharge of it, likewise.</param>
/// <param name="Attempt">Which attempt, likewise.</param>
/// <param name="Customer">The provider's id of the customer.</param>
/// <param name="Method">The provider's id of the card.</param>
/// <param name="Amount">How much, whole minor units.</param>
/// <param name="Description">What stands on the statement.</param>
public sealed record PaymentOrder(
    string Key, OrganizationId Organization, long Recharge, int Attempt, string Customer, string Method, Money Amount, string Description)
{
    /// <summary>What <see cref="Recharge"/> numbers.</summary>
    public ChargedFor For { get; init; }

    /// <summary>Where the card's holder waits and comes back to from the provider's page; null where nobody is present.</summary>
    public Uri? ReturnTo { get; init; }
}

/// <summary>What a charge is for.</summary>
public enum ChargedFor
{
    /// <summary>A recharge.</summary>
    Recharge,

    /// <summary>A plan's fee.</summary>
    Fee,

    /// <summary>A purchase of credits.</summary>
    Checkout,
}

/// <summary>Billing details as a provider's customer has them; null where nothing is known.</summary>
/// <param name="Name">The name on documents.</param>
/// <param name="Email">Where they are sent.</param>
/// <param name="Phone">Telephone.</param>
/// <param name="Line1">Street and house.</param>
/// <param name="Line2">More of the address.</param>
/// <param name="City">Town.</param>
/// <param name="State">State, province or county.</param>
/// <param name="PostalCode">Postal code.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="TaxIdType">The tax number's type, by its published code.</param>
/// <param name="TaxId">The tax number.</param>
public sealed record CustomerDetails(
    string Name, string? Email, string? Phone, string? Line1, string? Line2, string? City, string? State, string? PostalCode, string? Country, string? TaxIdType, string? TaxId);

/// <summary>A refund.</summary>
/// <param name="Key">Its idempotency key.</param>
/// <param name="Organization">Who is paid back; travels as metadata.</param>
/// <param name="Refund">Which refund of it, likewise.</param>
/// <param name="PaymentId">The payment that is paid back.</param>
/// <param name="Amount">How much, whole minor units.</param>
public sealed record RefundOrder(string Key, OrganizationId Organization, long Refund, string PaymentId, Money Amount);

/// <summary>A charge of ours, found by its payment.</summary>
/// <param name="Organization">Who paid.</param>
/// <param name="Recharge">Which recharge of it.</param>
/// <param name="Attempt">Which attempt.</param>
/// <param name="Result">What became of it.</param>
public sealed record FoundCharge(OrganizationId Organization, long Recharge, int Attempt, PaymentResult Result)
{
    /// <summary>As <see cref="PaymentOrder.For"/>.</summary>
    public ChargedFor For { get; init; }

    /// <summary>The provider's id of the customer who paid. Several portals may share an account there; a customer belongs to one of them.</summary>
    public string? Customer { get; init; }
}

/// <summary>What the provider said. A closed set.</summary>
/// <param name="PaymentId">The provider's id of the payment, where it gave one.</param>
public abstract record PaymentResult(string? PaymentId)
{
    /// <summary>Paid.</summary>
    public sealed record Succeeded(string PaymentId) : PaymentResult(PaymentId);

    /// <summary>No: the card's bank or the provider declined. <paramref name="Code"/> is the provider's, <paramref name="Message"/> fit for the customer.</summary>
    public sealed record Declined(string? PaymentId, string Code, string Message) : PaymentResult(PaymentId);

    /// <summary>The holder must confirm at <paramref name="Page"/>, where the provider gave one.</summary>
    public sealed record AuthenticationNeeded(string PaymentId, Uri? Page) : PaymentResult(PaymentId);

    /// <summary>Nobody knows yet: no answer, an answer of 5xx, or the payment is still processing.</summary>
    public sealed record Unknown(string? PaymentId, string Reason) : PaymentResult(PaymentId);
}

/// <summary>The provider refused something that is not a payment, or did not answer; the message is fit for a person.</summary>
public sealed class PaymentGatewayException(string message, Exception? inner = null) : Exception(message, inner);
