using BillingPortal.Web.Api;

namespace BillingPortal.Capabilities.BuyingCredits;

// What the OpenAPI document says, what was decided where the contract is silent included.
internal static partial class CheckoutEndpoints
{
    private static readonly ApiDescription BeginDescription = new("createCheckoutSession", "Begin a purchase of credits",
        """
        Begins a purchase for the organization that the token speaks for, named by its slug in `X-Org-Slug`, and answers the page of this portal where it is paid. Nothing is charged by this call: a person who is signed in
        and may change the organization's billing settings pays there with a card, and is then led to `success_url`, or without paying to `cancel_url`.

        Decided here: one credit is one unit of the organization's currency; `credits_amount` is a JSON number from 1 to 100000 with at most the currency's decimals. The credits are pre-pay cash, without a bonus, and are in
        the balance once the payment is; they are booked once, whatever is reloaded or told twice. A purchase can be paid for 24 hours; a payment whose answer comes later is booked all the same. Both addresses are https, or http of
        localhost, at most 2000 characters, without a user's name; the page shows their host before anybody leaves. `{CHECKOUT_SESSION_ID}` in them is replaced by the id. Billing details are copied to the payment provider's
        customer when it is paid. An organization that uses another's balance, or is disabled, cannot buy.
        """, "billing:write")
    {
        RequestType = typeof(NewCheckout),
        RequestExample = """{ "credits_amount": 50, "success_url": "https://shop.example/thanks?session={CHECKOUT_SESSION_ID}", "cancel_url": "https://shop.example/credits" }""",
        KeyRequired = false,
        AnswerExample = """{ "checkout_url": "https://billing.example/organizations/10001/checkout/cs_4f1c2a9be07d5c3386a1f0b9d2e47c55", "session_id": "cs_4f1c2a9be07d5c3386a1f0b9d2e47c55" }""",
        Errors = new Dictionary<int, string>
        {
            [422] = "Each field that cannot be accepted, with `loc` and `type`: `missing`, `not_a_number`, `string_type`, `string_too_short`, `string_too_long`, `value_error`, `too_fine`, `too_large`. `disabled`: the organization is disabled. "
                + "`not_related`: it uses another organization's balance. `key_reused`: the Idempotency-Key was used for another request.",
        },
    };

    /// <summary>What is bought.</summary>
    /// <param name="CreditsAmount">1 to 100000, in units of the organization's currency.</param>
    /// <param name="SuccessUrl">Where the person goes once it is paid.</param>
    /// <param name="CancelUrl">Where the person goes without paying.</param>
    private sealed record NewCheckout(decimal CreditsAmount, string SuccessUrl, string CancelUrl);
}
