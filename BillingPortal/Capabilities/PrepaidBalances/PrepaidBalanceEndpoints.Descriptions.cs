using BillingPortal.Web.Api;

namespace BillingPortal.Capabilities.PrepaidBalances;

// What the OpenAPI document says, what was decided where the contract is silent included.
internal static partial class PrepaidBalanceEndpoints
{
    private static readonly ApiDescription ReadDescription = new("getPrepaidBalance", "Read an organization's prepaid balance",
        "`amount` is cash, bonus and overdraft: below zero while overdrawn. The other fields say what was added or reset last, and are null where nothing was. A postpaid organization has none: 400, 1406.", "organizations:read")
    {
        AnswerExample =
            """
            { "amount": 112.5, "currency": { "code": "EUR" }, "external_payment_identifier": "ee72882-183883191d-131341", "payment_option": { "id": 1, "description": "Bank transfer" },
              "type": { "id": 1, "description": "Top-up" } }
            """,
    };

    private static readonly ApiDescription AddDescription = new("updatePrepaidBalance", "Add to an organization's prepaid balance",
        """
        `amount` is always added, whatever the type. It repays an overdraft first. A balance is kept in the organization's one currency: a `currency.code` that is sent and is another is refused (400, 1406).

        Decided here: a top-up (1, also where no type is sent) is cash against payments clearing; a credit note (2) is bonus, which is not refunded; a balance reset (3) is an opening balance, cash against cash adjustments.
        `amount` has at most six decimals. An `external_payment_identifier` is booked once for each organization: again it is 409, 1405, whatever the amount. It makes value that the platform owes, so that finance
        alone may do it (403, 1104 for others, and beyond the daily limit); a reseller moves what it has: `POST /organizations/{id}/transfers`.
        """, "balance:write")
    {
        RequestType = typeof(AddRequest),
        RequestExample = """{ "amount": 12, "external_payment_identifier": "ee72882-183883191d-131341", "payment_option": { "id": 1 }, "type": { "id": 1 } }""",
        KeyRequired = false,
        AnswerExample = "{}",
        Also = [409],
    };

    private static readonly ApiDescription ResetDescription = new("resetPrepaidBalance", "Reset an organization's prepaid balance",
        """
        Sets cash, bonus and overdraft to zero; monthly and promotional credits stay. For organizations below one's own, and for finance; an organization's own people may not (403, 1104).

        Decided here: the difference is written off, and can be undone on the portal's pages. A balance that is zero already is answered alike. While a recharge is in flight it cannot be reset: 409, 1407. A postpaid
        organization has none: 400, 1406.
        """, "balance:transfer")
    {
        KeyRequired = false,
        AnswerExample = "{}",
        Also = [409, 413, 415, 422, 503],
    };

    private static readonly ApiDescription ListDescription = new("listBalanceTransactions", "List balance transactions",
        "What moved the prepaid balance, usage aside (that stands in bills and the journal), newest first. `q=type:1` asks for one type.", "journal:read")
    {
        AnswerExample =
            """
            [ { "id": 12, "date": "2026-03-18T12:00:00.000000Z", "amount": 100, "currency": { "code": "EUR" }, "type": { "id": 1, "description": "Top-up" },
                "payment_option": { "id": 1, "description": "Bank transfer" }, "external_payment_identifier": "ee72882-183883191d-131341" } ]
            """,
        Sorts = ["id", "date", "amount"],
        Criteria = ["type"],
        Also = [422],
    };

    private static readonly ApiDescription TypesDescription = new("listTransactionTypes", "List available transaction types",
        "The types of balance transactions. 1 to 3 can be added with; the others are what else moves the balance.", "organizations:read")
    {
        AnswerExample = """[ { "id": 1, "description": "Top-up" }, { "id": 2, "description": "Credit note" }, { "id": 3, "description": "Balance reset" } ]""",
    };

    private static readonly ApiDescription OptionsDescription = new("listPaymentOptions", "List payment options", "What `payment_option.id` can be.", "organizations:read")
    {
        AnswerExample = """[ { "id": 1, "description": "Bank transfer" }, { "id": 2, "description": "Card" } ]""",
    };
}
