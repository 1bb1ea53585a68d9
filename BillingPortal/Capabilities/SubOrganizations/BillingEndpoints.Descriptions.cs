using BillingPortal.Web.Api;

namespace BillingPortal.Capabilities.SubOrganizations;

// What the OpenAPI document says, what was decided where the contract is silent included.
internal static partial class BillingEndpoints
{
    private static readonly ApiDescription SetDescription = new("updateSubOrganizationBilling", "Set a sub-organization's recharge and spending cap",
        """
        `auto_recharge` is required; what is absent, in it and beside it, stays as it is. Amounts are JSON numbers with at most six decimals in the organization's currency: threshold and amount 5 to 500, the cap 0 to 100 000,
        bounds included. `reset_at` anchors the cap's windows, past or future; the answer's `reset_at` is the next start. Caps set here are hard as long as the portal does not make them soft; a soft cap and a monthly recharge
        limit, which only the portal's pages set, survive. Saving may cause a recharge at once, and a cap below what is spent stops the next charge.

        Decided here: an explicit null is 422, as is `enabled` without amounts sent or stored, a currency without decimals, and auto-recharge for an organization that pays afterwards. What was never set and is not nullable
        in the contract is left out of the answer. `spending_cap_used` counts charges net of corrections in the open window, of the calendar month in the organization's zone where no `reset_at` was set. `balance` is cash,
        bonus and overdraft; `promo_balance` monthly and promotional credits, `promo_balance_reset_at` the last monthly grant. Platform staff whose limit a rule's worst month would pass are answered 403, `approval_required`.
        A sub-organization that is not directly below `org_id`, and every organization that the caller may not know of, is 404.
        """, "billing:write")
    {
        RequestType = typeof(BillingRequest),
        RequestExample =
            """
            { "auto_recharge": { "enabled": true, "recharge_threshold": 252.5, "recharge_amount": 252.5 }, "spending_cap": { "enabled": true, "amount": 50000, "reset_at": "2023-11-07T05:31:56Z" } }
            """,
        KeyRequired = false,
        AnswerExample =
            """
            {
              "id": "6075f6e9-c871-4f0f-930b-439bb777cd26", "name": "Acme East", "verified": true, "disabled": false, "type": "TEAM", "plan": "free", "balance": 80.5, "promo_balance": 10,
              "promo_balance_reset_at": "2026-03-01T00:00:00Z",
              "billing": {
                "auto_recharge": { "enabled": true, "recharge_threshold": 252.5, "recharge_amount": 252.5 },
                "spending_cap": { "enabled": true, "amount": 50000, "reset_at": "2026-04-07T05:31:56Z" },
                "payment_method": { "type": "card", "payment_method_id": "pm_1", "brand": "visa", "last4": "4242", "inactive": false }
              },
              "logo_url": null, "deleted": false, "created_at": "2026-01-05T09:30:00Z", "spending_cap_used": 17.25, "updated_at": "2026-03-18T12:00:00Z", "role": "ADMIN",
              "features": { "enterprise": false, "allow_overdraft": false, "workflows": true, "broadcasts": false, "enable_japifon": false, "custom_domain": false, "slack_access": true },
              "parent_org": {
                "id": "0f1d2c3b-4a59-4687-9a0b-1c2d3e4f5a6b", "name": "Acme Robotics", "verified": true, "logo_url": null, "plan": "business",
                "features": { "enterprise": true, "allow_overdraft": false, "workflows": true, "broadcasts": true, "enable_japifon": false, "custom_domain": true, "slack_access": true }
              }
            }
            """,
        Errors = new Dictionary<int, string>
        {
            [400] = "An id is no UUID, the key cannot be used, or the body is no JSON object (`malformed_json`).",
            [403] = "The organization is known to the caller; the permission or the token's scope is missing; or `approval_required`.",
            [404] = "No such organization, none the caller may know of, or a sub-organization that does not stand directly below.",
            [422] = "`invalid_fields`: `errors` names each field. `not_for_postpaid`, `currency_not_supported`, `key_reused`.",
        },
    };
}
