using BillingPortal.Web.Api;

namespace BillingPortal.Capabilities.PaymentMethods;

// What the OpenAPI document says, what was decided where the contract is silent included.
internal static partial class PaymentMethodEndpoints
{
    private const string Whose = "Decided here: the organization is the one that the token speaks for, or the one whose slug stands in `X-Org-Slug`.";

    private static readonly ApiDescription ListDescription = new("listPaymentMethodsForOrg", "List your organization's payment methods",
        """
        A bare array of the cards on file, newest first, at most 100; an empty one where there is none.
        """ + "\n\n" + Whose + """
         `id` is the payment provider's. `billing_info` is the organization's billing information. The portal keeps brand, last four digits and expiry of a card and nothing more: the other fields are null, `metadata` is empty.
        """, "organizations:read")
    {
        AnswerExample =
            """
            [{ "billing_info": { "name": "Acme Robotics GmbH", "phone": "+49 30 1234567", "address": { "street1": "Musterstraße 1", "street2": null, "city": "Berlin", "state": null, "zip": "10115", "country": "DE" } },
              "card": { "brand": "visa", "checks": { "address_line1_check": null, "address_postal_code_check": null, "cvc_check": null }, "country": null, "exp_month": 12, "exp_year": 2034, "fingerprint": null, "funding": null, "last4": "4242" },
              "created_at": "2026-11-02T06:00:00.000Z", "id": "pm_1N2AbCLkdIwHu7ix", "metadata": {}, "type": "card" }]
            """,
    };

    private static readonly ApiDescription RemoveDescription = new("deletePaymentMethodForOrg", "Remove a payment method",
        """
        Takes the card away, here and at the payment provider. Where recharges charged it, they wait for another; one that waited to be tried again is cancelled.
        """ + "\n\n" + Whose + """
         A card that is being charged is not taken away: 422, until that has ended. One that was taken away already is 404.
        """, "billing:write")
    {
        KeyRequired = false,
        AnswerExample = "null",
        Also = [422, 503],
        Errors = new Dictionary<int, string> { [422] = "`not_due`: the card is being charged. `key_reused`: the Idempotency-Key was used for another request." },
    };

    private static readonly ApiDescription BeginDescription = new("createPaymentIntentForOrg", "Begin to enter a payment method",
        """
        Begins to enter a card: `client_secret` is for the payment provider's script on a page of yours, where a person types it. Its number never passes through this portal. Once the provider tells that it was taken, it is on
        file (`GET /org/payment/methods`), and recharges charge it where they have no card that works. Nothing is charged.
        """ + "\n\n" + Whose + """
         No body is needed. At Stripe it is the secret of a setup intent (`stripe.confirmCardSetup`); the sandbox provider has no script and takes the card on its page `/sandbox/setup/{client_secret}`.
        """, "billing:write")
    {
        KeyRequired = false,
        AnswerExample = """{ "client_secret": "seti_1N2AbCLkdIwHu7ix_secret_NkXyZ" }""",
        Also = [422, 503],
        Errors = new Dictionary<int, string> { [422] = "`provider_failed`: the payment provider refused or did not answer. `key_reused`: the Idempotency-Key was used for another request." },
    };
}

/// <summary>Contract 2's <c>PaymentIntent</c>.</summary>
/// <param name="ClientSecret">For the payment provider's script.</param>
public sealed record PaymentIntentJson(string ClientSecret);
