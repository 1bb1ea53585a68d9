using BillingPortal.Web.Api;

namespace BillingPortal.Capabilities.Charging;

// What the OpenAPI document says, what was decided where the contract is silent included.
internal static partial class ChargesEndpoints
{
    private const string SevenBuckets =
        """
        { "monthly": "0.00", "promotional": "0.00", "cash": "60.00", "bonus": "20.00", "overdraft": "0.00", "unbilled_receivable": "0.00", "invoiced_receivable": "0.00" }
        """;

    private const string ChargeExample =
        """
        {
          "id": "10007/12", "href": "/organizations/6075f6e9-c871-4f0f-930b-439bb777cd26/charges/12", "organization": "6075f6e9-c871-4f0f-930b-439bb777cd26",
          "service": "Compute", "amount": "50.00", "currency": "USD", "occurred_at": "2026-03-18T12:00:00.000000Z", "recorded_at": "2026-03-18T12:00:00.000000Z",
          "period": "2026-03",
          "postings": [
            { "account": "monthly", "amount": "-10.00", "balance_after": "0.00" }, { "account": "cash", "amount": "-40.00", "balance_after": "60.00" }
          ],
          "balances":
        """ + SevenBuckets + """
        , "hash": "5d41402abc4b2a76b9719d911017c592e3b0c44298fc1c149afbf4c8996fb924" }
        """;

    private static readonly Dictionary<int, string> Reading = new()
    {
        [400] = "The id is no UUID.",
        [403] = "The organization is known to the caller; the permission or the token's scope is missing.",
        [404] = "No such organization or charge, or none the caller may know of.",
    };

    private static readonly ApiDescription RequestDescription = new("requestCharge", "Charge usage",
        """
        A request asks first: it is refused with 422, and nothing is charged, where it would overdraw (`insufficient_balance`), pass a hard cap (`cap_reached`), or where the organization is
        `blocked` or `disabled`. What is drawn first: monthly, promotional, cash, bonus; a postpaid organization owes the rest.

        Decided here: `amount` is above zero with at most six decimals, a JSON number or a decimal string, in the organization's currency. `occurred_at` is ISO 8601 with its offset, now where
        absent, at most two minutes ahead of our clock; it decides the billing period. An `Idempotency-Key` is needed. Fields with errors are answered 400, refusals 422.
        """, "charges:write")
    {
        RequestType = typeof(ChargeRequest),
        RequestExample = """{ "service": "Compute", "amount": "50.00", "occurred_at": "2026-03-18T12:00:00Z" }""",
        KeyRequired = true,
        AnswerExample = ChargeExample,
        Errors = new Dictionary<int, string>
        {
            [400] = "A field, the id, the key or the body cannot be meant; `errors` names each field.",
            [403] = Reading[403],
            [404] = Reading[404],
            [422] = "The answer is no: `insufficient_balance`, `cap_reached`, `blocked`, `disabled`, `period_closed`, `in_future`, `key_reused`.",
        },
    };

    private static readonly ApiDescription ReadDescription = new("getCharge", "Read a charge",
        "One charge as it was answered when it was made. Whoever may charge may read it, with the same scope.", "charges:write")
    {
        AnswerExample = ChargeExample,
        Errors = Reading,
    };

    private static readonly ApiDescription BalancesDescription = new("getBalances", "Read what an organization holds",
        "Every bucket with the customer's sign, all of one moment. `balance` is cash + bonus + overdraft, `value_held` all that a charge can draw on. In the organization's currency.", "organizations:read")
    {
        AnswerExample =
            """
            { "organization": "6075f6e9-c871-4f0f-930b-439bb777cd26", "currency": "USD", "charging_model": "prepaid", "balance": "80.00", "value_held": "80.00", "balances":
            """ + SevenBuckets + """
            , "blocked": false, "disabled": false }
            """,
        Errors = Reading,
    };
}
