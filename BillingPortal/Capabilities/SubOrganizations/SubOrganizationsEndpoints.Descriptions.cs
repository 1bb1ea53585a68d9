using BillingPortal.Web.Api;

namespace BillingPortal.Capabilities.SubOrganizations;

// What the OpenAPI document says, what was decided where the contract is silent included.
internal static partial class SubOrganizationsEndpoints
{
    private const string SummaryExample =
        """
        {
          "id": "6075f6e9-c871-4f0f-930b-439bb777cd26", "name": "Acme East", "logo_url": null, "plan": "free", "balance": 80.5, "promo_balance": 10,
          "billing": {
            "auto_recharge": { "enabled": true, "recharge_threshold": 20, "recharge_amount": 100 },
            "spending_cap": { "enabled": true, "amount": 500, "reset_at": "2026-04-01T00:00:00Z" }
          },
          "members": [ {
            "id": "0b8f6c6e-5f7e-8a11-9d5e-8f1f6f1f2a3b", "name": "Ada Lovelace", "email": "ada@example.com", "avatar": null, "role": "ADMIN", "status": "ACTIVE",
            "org_id": "6075f6e9-c871-4f0f-930b-439bb777cd26", "user_id": "5e6b0a9c-0b3e-4f6e-8c0e-0c1a4e0d1b2f"
          } ],
          "spending_cap_used": 17.25, "created_at": "2026-01-05T09:30:00Z",
          "features": { "enterprise": false, "allow_overdraft": false, "workflows": true, "broadcasts": false, "enable_japifon": false, "custom_domain": false, "slack_access": true },
          "config": { "email": "billing@example.com" }
        }
        """;

    private const string Shown =
        """
        Amounts are JSON numbers, exact decimals of at most six places, in the organization's currency. `balance` is cash, bonus and overdraft; `promo_balance` monthly and promotional
        credits; `spending_cap_used` charges net of corrections in the cap's open window (the calendar month in the organization's zone where there is no cap). `spending_cap.reset_at` is the next start.

        Decided here: what was never set and is not nullable in the contract is left out. Errors are problem details; a field that cannot be accepted is 422, what is no JSON 400. A sub-organization that is not directly
        below `org_id`, and every organization that the caller may not know of, is 404.
        """;

    private static readonly ApiDescription ListDescription = new("listSubOrganizations", "List sub-organizations",
        """
        Those directly below, in the order of their numbers. `limit` is 1 to 100, 50 where absent; the header `Link` with `rel="next"` leads on while there are more, its `cursor` is opaque. Pages are not numbered:
        `page` other than 1 is refused.
        """ + "\n\n" + Shown, "organizations:read")
    {
        AnswerExample = $"[{SummaryExample}]",
        Also = [422],
        Errors = Said(),
    };

    private static readonly ApiDescription CreateDescription = new("createSubOrganization", "Create a sub-organization",
        """
        It keeps the parent's currency and time zone, pays before it uses, and pays for itself. A parent gives only features that it has itself: others are answered 422.
        """ + "\n\n" + Shown, "organizations:write")
    {
        RequestType = typeof(CreateRequest),
        RequestExample = """{ "name": "Acme East", "features": { "workflows": true }, "config": { "email": "billing@example.com" } }""",
        KeyRequired = false,
        AnswerExample = SummaryExample,
        Errors = Said(),
    };

    private static readonly ApiDescription ChangeDescription = new("updateSubOrganization", "Change a sub-organization",
        """
        What is absent stays; `config` is merged field by field, and null clears one. A parent gives only features that it has itself: others are answered 422. A feature that is taken is lost by everything below
        the sub-organization too. Unknown features are ignored.

        `billing.use_parent_balance` needs the scope `billing:write` too: true moves the sub-organization's value to the parent, switches its auto-recharge off, and draws on the parent's balance from then on; it is
        refused (422, `not_related`) where the parent itself uses another's balance or others use this one's. False lets it pay for itself again; what was moved stays with the parent.
        """ + "\n\n" + Shown, "organizations:write")
    {
        RequestType = typeof(ChangeRequest),
        RequestExample = """{ "name": "Acme East", "features": { "workflows": true, "broadcasts": false }, "config": { "terms_url": "https://example.com/terms", "address": null } }""",
        KeyRequired = false,
        AnswerExample = SummaryExample,
        Errors = Said(),
    };

    private static readonly ApiDescription JoinDescription = new("joinSubOrganization", "Join a sub-organization",
        """
        Makes the token's owner, who manages the people of `org_id`, a member of the sub-organization. There the role that is joined with counts, even where it permits less than the one above; joining again changes
        it. Staff of the platform join nothing: 403.
        """ + "\n\n" + Shown, "members:write")
    {
        RequestType = typeof(JoinRequest),
        RequestExample = """{ "role": "ADMIN" }""",
        KeyRequired = false,
        AnswerExample = SummaryExample,
        Errors = Said(),
    };

    private static Dictionary<int, string> Said() => new()
    {
        [400] = "An id is no UUID, the key cannot be used, or the body is no JSON object (`malformed_json`).",
        [403] = "The organization is known to the caller; the permission or the token's scope is missing.",
        [404] = "No such organization, none the caller may know of, or a sub-organization that does not stand directly below.",
        [422] = "`invalid_fields`: `errors` names each field. `key_reused`: the Idempotency-Key was used for another request.",
    };
}
