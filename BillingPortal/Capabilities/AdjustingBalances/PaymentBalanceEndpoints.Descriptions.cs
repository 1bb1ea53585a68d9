using BillingPortal.Web.Api;

namespace BillingPortal.Capabilities.AdjustingBalances;

// What the OpenAPI document says, what was decided where the contract is silent included.
internal static partial class PaymentBalanceEndpoints
{
    private const string AnswerJson =
        """
        {
          "created_at": "2026-01-05T09:30:00.000Z", "id": "5f0f2c0a-95ce-8b1e-9b6f-0d1f3c2b4a59", "map_id": "6075f6e9-c871-4f0f-930b-439bb777cd26",
          "monthly_credits_remaining": "93.39", "pre_pay_cash_remaining": "80.74", "pre_pay_credits_remaining": "68.50", "total_due": "0.00",
          "updated_at": "2026-03-18T12:00:00.000Z", "subscription_id": "sub_6075f6e9c8714f0f930b439bb777cd26",
          "subscription_details": { "modeling_app": {
            "description": "For one team.", "features": [{ "info": "Monthly credits" }], "name": "pro", "pay_as_you_go_credits": "0.00",
            "price": { "interval": "month", "price": "20.00", "type": "flat" }, "support_tier": "standard", "training_data_behavior": "default_off",
            "type": { "type": "individual" }, "zoo_tools_included": ["modeling_app"] } }
        }
        """;

    private const string Shown =
        """
        Money is a decimal **string** of 2 to 6 places. `pre_pay_credits_remaining` is cash and bonus together; `total_due` is unbilled and invoiced usage and the
        overdraft, at least 0, not net of credits.

        Decided here: `id` is derived from the organization's UUID and never changes. `updated_at` is when the ledger last recorded an entry. `subscription_details`
        is the plan that may be used now, one on trial included; `subscription_id` is absent before the organization ever chose a plan, `modeling_app_enterprise_price` until finance agreed
        one. An organization that keeps another currency than USD is answered 400, `currency_not_supported`. An `id` that is no UUID is answered 400. An organization's own
        people are answered 403 for it, and 404 for every other.
        """;

    private static readonly ApiDescription ReadDescription = new("getPaymentBalanceForOrg", "Read an organization's payment balance", "For platform staff.\n\n" + Shown, "organizations:read")
    {
        AnswerExample = AnswerJson,
        Errors = Said(),
    };

    private static readonly ApiDescription SetDescription = new("updatePaymentBalanceForOrg", "Set an organization's payment balance",
        """
        For platform staff. Each field is optional and may be null: unchanged. A field *sets* what remains; the ledger records the difference as one entry, reason
        `balance_set_by_api`, worked out under the lock. Nothing to change makes no entry and is answered 200.

        Decided here: an amount is a JSON number or a string of digits with a decimal point (no exponent in strings), at least 0, at most six decimals; the same
        field twice is malformed. A body labelled `text/plain`, or not labelled at all, is read as JSON. Cash raised beyond credits makes the bonus smaller, below zero if need be: that is
        the contract's own sample. Support may not raise cash (403). Amounts beyond the role's limit in 24 hours need a second person: 403, `approval_required`; nothing is proposed by this route.
        An `Idempotency-Key` used for another body is answered 422, `key_reused`; a replayed error keeps the `request_id` of its first call.
        """ + "\n\n" + Shown, "balance:write")
    {
        RequestType = typeof(PaymentBalanceRequest),
        RequestExample = """{ "monthly_credits_remaining": "93.39", "pre_pay_cash_remaining": "80.74", "pre_pay_credits_remaining": "68.50" }""",
        KeyRequired = false,
        AnswerExample = AnswerJson,
        Errors = Said(),
    };

    private static Dictionary<int, string> Said() => new()
    {
        [400] = "A field, the id, the key or the body cannot be meant, or the organization keeps another currency (`currency_not_supported`).",
        [403] = "For platform staff, with the permission and the token's scope; or `approval_required`.",
        [404] = "No such organization, or none the caller may know of.",
        [422] = "`key_reused`: the Idempotency-Key was used for another request.",
    };
}
