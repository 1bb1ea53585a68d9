using BillingPortal.Web.Api;

namespace BillingPortal.Capabilities.BillingConfigurations;

// What the OpenAPI document says, what was decided where the contract is silent included.
internal static partial class BillingConfigEndpoints
{
    private static readonly ApiDescription ReadDescription = new("getBillingConfig", "Read an organization's billing configuration",
        "How it is billed. `vatin` is one value with contract 3's `billing_tax_id`. `payment_term` is the default where none was chosen; `vat_rate` is null where none was chosen and the law says it.", "journal:read")
    {
        AnswerExample =
            """
            { "id": 10007, "vatin": "DE136695976", "invoice_issuer_info": null, "charging_model": { "id": 1, "description": "Prepaid" }, "payment_term": { "id": 1, "description": "30 days" },
              "payment_data": { "iban": "DE02120300000000202051" }, "vat_rate": { "id": 603, "description": "DE standard 19 %", "rate": 19, "country": "DE", "valid_from": "2021-01-01", "valid_until": null } }
            """,
    };

    private static readonly ApiDescription ChangeDescription = new("updateBillingConfig", "Update an organization's billing configuration",
        """
        What is absent stays; `invoice_issuer_info` null clears, null elsewhere is refused; unknown fields are ignored. All of it happens or nothing. A change of the charging model counts for later charges: what is unbilled is
        still invoiced, and a switch to postpaid switches auto-recharge off. A switch to prepaid is refused (400, 1406) while a data package or an inclusive volume is active; the message says which one and until when.
        The event "Billing configuration updated" says what changed.

        Decided here: an organization's own people do not change it (403): the organization above does, at the top the platform; `vat_rate` is the platform's alone. A `vatin` of unknown form is kept as unverified, never refused; blank
        clears it. `payment_data` is any object of at most 2,000 characters, put in place of what stands; `{}` clears it. An `id` that is not the organization's own is 1401.
        """, "billing:write")
    {
        RequestType = typeof(ConfigRequest),
        RequestExample = """{ "vatin": "12345678901", "charging_model": { "id": 1 }, "payment_term": { "id": 1 } }""",
        KeyRequired = false,
        AnswerExample = "{}",
        Also = [409],
    };

    private static readonly ApiDescription ModelsDescription = new("listChargingModels", "List charging models", "What `charging_model.id` can be.", "organizations:read")
    {
        AnswerExample = """[ { "id": 0, "description": "Postpaid" }, { "id": 1, "description": "Prepaid" } ]""",
    };

    private static readonly ApiDescription TermsDescription = new("listPaymentTerms", "List payment terms", "What `payment_term.id` can be.", "organizations:read")
    {
        AnswerExample = """[ { "id": 1, "description": "30 days" }, { "id": 2, "description": "14 days" } ]""",
    };

    private static readonly ApiDescription RatesDescription = new("listVatRates", "List VAT rates",
        "What `vat_rate.id` can be, with the days on which each holds. A rate that was chosen follows the law: where it has ended, the rate of the same country and name that holds on the day counts.", "organizations:read")
    {
        AnswerExample = """[ { "id": 2101, "description": "NL standard 21 %", "rate": 21, "country": "NL", "valid_from": "2012-10-01", "valid_until": null } ]""",
    };

    private static readonly ApiDescription PeriodsDescription = new("listBillingPeriods", "List billing periods",
        "Months of the organization's calendar, from its first usage or from when it was entered to the one that runs, newest first.", "journal:read")
    {
        AnswerExample = """[ { "id": 201811, "description": "November 2018" }, { "id": 201810, "description": "October 2018" } ]""",
        Sorts = ["id"],
        Also = [422],
    };
}
