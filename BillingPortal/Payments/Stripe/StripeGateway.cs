using System.Globalization;
using System.Text.Json;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Payments.Stripe;

/// <summary>
/// Stripe, by its public REST API. Cards are typed on Stripe's hosted page (a Checkout Session in setup mode) and charged off-session by payment intents,
/// confirmed at once. Ids that come from outside are escaped into paths.
/// </summary>
public sealed partial class StripeGateway : IPaymentGateway
{
    private const string Intents = "v1/payment_intents", Sessions = "v1/checkout/sessions";
    private readonly StripeWire _wire;
    private readonly string _webhookSecret;

    internal StripeGateway(HttpClient client, StripeOptions options) => (_wire, _webhookSecret) = (new StripeWire(client, options), options.WebhookSecret);

    /// <inheritdoc />
    public string Provider => PaymentOptions.OfStripe;

    /// <inheritdoc />
    public async Task<string> EnterCustomerAsync(OrganizationId organization, string name, string key, CancellationToken cancel) =>
        IdIn(await _wire.NeedAsync(HttpMethod.Post, "v1/customers", new Dictionary<string, string>
        {
            ["name"] = name,
            [$"metadata[{StripePayment.Organization}]"] = organization.Value.ToString(CultureInfo.InvariantCulture),
        }, key, cancel));

    /// <inheritdoc />
    public async Task<CardSetup> BeginSetupAsync(string customer, Uri returnTo, string key, CancellationToken cancel)
    {
        var back = returnTo.ToString();
        var session = await _wire.NeedAsync(HttpMethod.Post, Sessions, new Dictionary<string, string>
        {
            ["mode"] = "setup",
            ["customer"] = customer,
            ["payment_method_types[0]"] = "card",

            // Stripe puts the session's id in the place of the word in braces.
            ["success_url"] = back + (back.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "setup={CHECKOUT_SESSION_ID}",
            ["cancel_url"] = back,
        }, key, cancel);
        return new CardSetup(IdIn(session), session.Text("url") is { } url ? new Uri(url) : throw Odd());
    }

    /// <inheritdoc />
    public async Task<Card?> FindCardAsync(string customer, string setup, CancellationToken cancel)
    {
        var session = await _wire.NeedAsync(HttpMethod.Get, $"{Sessions}/{Uri.EscapeDataString(setup)}?expand[]=setup_intent.payment_method", form: null, key: null, cancel);
        if (session.IdOf("customer") != customer)
        {
            throw new PaymentGatewayException("There is no such setup for this customer.");
        }

        return session.Member("setup_intent") is { ValueKind: JsonValueKind.Object } intent && intent.Text("status") == "succeeded"
            && intent.Member("payment_method") is { } method && method.IdOf("customer") == customer && method.Text("id") is { } id && method.Member("card") is { } card
            ? new Card(id, card.Text("brand") ?? "card", card.Text("last4") ?? "", (int)(card.Whole("exp_month") ?? 0), (int)(card.Whole("exp_year") ?? 0))
            : null;
    }

    /// <inheritdoc />
    public async Task<PaymentResult> ChargeAsync(PaymentOrder order, CancellationToken cancel)
    {
        var form = new Dictionary<string, string>
        {
            ["amount"] = StripeAmount.Of(order.Amount).ToString(CultureInfo.InvariantCulture),
            ["currency"] = order.Amount.Currency.Code.ToLowerInvariant(),
            ["customer"] = order.Customer,
            ["payment_method"] = order.Method,
            ["payment_method_types[0]"] = "card",
            ["confirm"] = "true",
            ["description"] = order.Description,
            [$"metadata[{StripePayment.Organization}]"] = order.Organization.Value.ToString(CultureInfo.InvariantCulture),
            [$"metadata[{StripePayment.NumberOf(order.For)}]"] = order.Recharge.ToString(CultureInfo.InvariantCulture),
            [$"metadata[{StripePayment.Attempt}]"] = order.Attempt.ToString(CultureInfo.InvariantCulture),
        };

        // Where its holder is present the bank may ask them something; where nobody is, the provider says so to the bank.
        form[order.ReturnTo is null ? "off_session" : "return_url"] = order.ReturnTo?.AbsoluteUri ?? "true";
        var reply = await _wire.SendAsync(HttpMethod.Post, Intents, form, order.Key, cancel);
        return reply.IsKeyReused ? throw new PaymentGatewayException("The key was used for another order.") : StripePayment.Of(reply);
    }

    /// <summary>
    /// Asks for the payment by its id. Where that is not known, looks through the customer's newest payments first: Stripe forgets keys after a day or more,
    /// and a key that it forgot would pay a second time.
    /// </summary>
    public async Task<PaymentResult> AskAsync(PaymentOrder order, string? paymentId, CancellationToken cancel)
    {
        StripeAmount.Of(order.Amount);
        if (paymentId is not null)
        {
            return Answer(await _wire.SendAsync(HttpMethod.Get, PathOf(paymentId), form: null, key: null, cancel), paymentId);
        }

        var recent = await _wire.SendAsync(HttpMethod.Get, $"{Intents}?customer={Uri.EscapeDataString(order.Customer)}&limit=100", form: null, key: null, cancel);
        if (!recent.IsDone || recent.Body.Member("data") is not { ValueKind: JsonValueKind.Array } payments)
        {
            return Answer(recent with { Status = recent.IsDone ? 0 : recent.Status }, id: null);
        }

        foreach (var payment in payments.EnumerateArray())
        {
            if (StripePayment.Found(payment) is { } found && found.Organization == order.Organization && found.Recharge == order.Recharge && found.For == order.For && found.Attempt == order.Attempt)
            {
                return found.Result;
            }
        }

        return await ChargeAsync(order, cancel);
    }

    /// <inheritdoc />
    public async Task<FoundCharge?> FindChargeAsync(string paymentId, CancellationToken cancel)
    {
        var reply = await _wire.SendAsync(HttpMethod.Get, PathOf(paymentId), form: null, key: null, cancel);
        return reply.IsDone ? StripePayment.Found(reply.Body) : reply.Status == StatusCodes.Status404NotFound ? null : throw reply.ToException();
    }

    /// <inheritdoc />
    public async Task<PaymentResult> CancelAsync(PaymentOrder order, string paymentId, CancellationToken cancel)
    {
        var reply = await _wire.SendAsync(HttpMethod.Post, PathOf(paymentId) + "/cancel", [], key: null, cancel);

        // Cancelling twice is cancelling once, so it needs no key. What has ended cannot be taken back; how it ended is asked.
        return reply.IsDone ? StripePayment.Of(reply.Body) : await AskAsync(order, paymentId, cancel);
    }

    /// <inheritdoc />
    public async Task RemoveCardAsync(string method, CancellationToken cancel)
    {
        var path = "v1/payment_methods/" + Uri.EscapeDataString(method);
        var reply = await _wire.SendAsync(HttpMethod.Post, path + "/detach", [], key: null, cancel);
        if (!reply.IsDone && reply.Status is StatusCodes.Status400BadRequest or StatusCodes.Status404NotFound)
        {
            // Detaching what is detached is refused; what counts is that no customer has it.
            var asked = await _wire.SendAsync(HttpMethod.Get, path, form: null, key: null, cancel);
            if (asked.Status == StatusCodes.Status404NotFound || (asked.IsDone && asked.Body.IdOf("customer") is null))
            {
                return;
            }
        }

        if (!reply.IsDone)
        {
            throw reply.ToException();
        }
    }

    /// <inheritdoc />
    public PaymentNews? Read(string body, string? signature, Instant now) =>
        WebhookSignature.Holds(body, signature, _webhookSecret, now) ? StripeNews.Of(body) : null;

    /// <summary>What a question says: only a payment says what became of it. A question that fails leaves it as unknown as it was.</summary>
    private static PaymentResult Answer(StripeReply reply, string? id) => reply.IsDone
        ? StripePayment.Of(reply.Body)
        : new PaymentResult.Unknown(id, reply.ToException().Message);

    private static string PathOf(string payment) => $"{Intents}/{Uri.EscapeDataString(payment)}";

    private static string IdIn(JsonElement made) => made.Text("id") ?? throw Odd();

    private static PaymentGatewayException Odd() => new("The payment provider's answer cannot be read.");
}
