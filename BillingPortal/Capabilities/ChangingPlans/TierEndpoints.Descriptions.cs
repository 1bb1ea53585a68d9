using BillingPortal.Store.Plans;
using BillingPortal.Web.Api;

namespace BillingPortal.Capabilities.ChangingPlans;

// What the OpenAPI document says, what was decided where the contract is silent included.
internal static partial class TierEndpoints
{
    private const string TierJsonText =
        """
        {
          "description": "For organizations.", "features": [{ "info": "Single sign-on by SAML" }], "name": "team", "pay_as_you_go_credits": "0.00",
          "price": { "interval": "month", "price": "99.00", "type": "flat" }, "support_tier": "premium", "training_data_behavior": "default_off",
          "type": { "type": "organization", "saml_sso": true }, "zoo_tools_included": ["modeling_app", "text_to_cad"]
        }
        """;

    private const string AnswerJson = """{ "modeling_app": """ + TierJsonText + " }";

    private const string Decided =
        """
        Decided here: the tier is that of the plan that may be used now, one on trial included; tiers are the catalogue's plans by name (free, pro = standard, team = advanced,
        enterprise). Money is a decimal string of US dollars; an organization that keeps another currency is answered 400, `currency_not_supported`. The organization is the
        token's own; a token whose owner belongs to several names one in `X-Org-Slug`.
        """;

    private const string Choosing =
        """
        More than now happens at once and the card is charged by whole days; less happens at the period's end, `free` is a cancellation, and a plan past due is paid first.
        `enterprise` is chosen by finance alone (403). 422: `payment_method_needed`, `payment_declined` (nothing changed), `payment_under_way`, `fee_unpaid`. Whether a payment went
        through may not be known: 503, `outcome_unknown`; the same key tells later.
        """;

    private static readonly ApiDescription ReadDescription = new("getOrgSubscription", "Read the organization's subscription", Decided, "organizations:read") { AnswerExample = AnswerJson };

    private static readonly ApiDescription CreateDescription = new("createOrgSubscription", "Subscribe", Choosing + "\n\n" + Decided, "billing:write")
    { RequestType = typeof(TierRequest), RequestExample = """{ "modeling_app": "team" }""", KeyRequired = false, AnswerExample = AnswerJson };

    private static readonly ApiDescription ChangeDescription = new("updateOrgSubscription", "Change the subscription", Choosing + "\n\n" + Decided, "billing:write")
    { RequestType = typeof(TierRequest), RequestExample = """{ "modeling_app": "pro" }""", KeyRequired = false, AnswerExample = AnswerJson };

    private static readonly ApiDescription CatalogueDescription = new("getPricingSubscriptions", "List what is sold",
        "Every tier that new subscriptions can have today, the smallest first. Decided here: the answer names the one product; a price that is agreed is `enterprise`.", "organizations:read")
    { AnswerExample = """{ "modeling_app": [""" + TierJsonText + "] }" };

    private static readonly ApiDescription AgreeDescription = new("updateEnterprisePricingForOrg", "Agree the enterprise price",
        """
        For finance. The price union: `{type: flat|per_user, interval, price}` or `{type: enterprise}`, which collects nothing here. It holds from the next period of whoever is on
        enterprise; it moves nobody there. The answer is the subscription as it stands. An organization that keeps another currency is answered 400.
        """, "billing:write")
    {
        RequestType = typeof(PriceJson),
        RequestExample = """{ "type": "flat", "interval": "month", "price": "1200.00" }""",
        KeyRequired = false,
        AnswerExample = AnswerJson,
    };
}
