using BillingPortal.Web.Api;

namespace BillingPortal.Capabilities.Transferring;

// What the OpenAPI document says, what was decided where rules are silent included.
internal static partial class TransfersEndpoints
{
    private const string Example =
        """
        {
          "entries": [
            { "id": "10001/14", "organization_number": 10001, "seq": 14, "kind": "transfer", "reason": "transfer", "recorded_at": "2026-03-18T12:00:00.000000Z",
              "postings": [{ "account": "cash", "amount": "-50.00", "balance_after": "150.00" }] },
            { "id": "10007/3", "organization_number": 10007, "seq": 3, "kind": "transfer", "reason": "transfer", "recorded_at": "2026-03-18T12:00:00.000000Z",
              "postings": [{ "account": "cash", "amount": "50.00", "balance_after": "50.00" }] }
          ],
          "currency": "USD"
        }
        """;

    private static readonly Dictionary<int, string> Failures = new()
    {
        [400] = "A field, the id, the key or the body cannot be meant; `errors` names each field. `to` that is nowhere, or that the caller may not know of, is one of them.",
        [403] = "The organization is known to the caller; the permission is missing there or at the other one, or the token's scope is.",
        [404] = "No such organization or transfer, or none the caller may know of.",
        [422] = "The answer is no: `insufficient_balance`, `not_related`, `currency_not_supported`, `already_reversed`, `below_floor`, `key_reused`.",
    };

    private static readonly ApiDescription TransferDescription = new("transferBalance", "Transfer balance",
        """
        Moves value from the organization in the route to its own parent, or to one directly below it: two linked entries in one transaction. The bucket stays what it is; cash that arrives repays
        an overdraft first, and credits that lapse keep their day. The permission is needed at both organizations.

        Decided here: `bucket` is `cash`, `bonus` or `promotional`; monthly credits belong to a plan and stay. `amount` is above zero with at most six decimals. Cash moves as far as it can be refunded.
        Nothing is moved to an organization that uses its parent's balance. An `Idempotency-Key` is needed. Fields with errors are answered 400, refusals 422.
        """, "balance:transfer")
    {
        RequestType = typeof(TransferRequest),
        RequestExample = """{ "to": "6075f6e9-c871-4f0f-930b-439bb777cd26", "bucket": "cash", "amount": "50.00", "comment": "for March" }""",
        KeyRequired = true,
        AnswerExample = Example,
        Errors = Failures,
    };

    private static readonly ApiDescription UndoDescription = new("undoTransfer", "Undo a transfer",
        """
        Reverses both entries of a transfer, which either of them names. Refused with 422 where who received does not hold it any more (`below_floor`) or it was undone before (`already_reversed`).
        The permission is needed at both organizations. An `Idempotency-Key` is needed; the body is an object, which may be empty.
        """, "balance:transfer")
    {
        RequestType = typeof(UndoRequest),
        RequestExample = """{ "comment": "the wrong one" }""",
        KeyRequired = true,
        AnswerExample = Example.Replace("\"kind\": \"transfer\", \"reason\": \"transfer\"", "\"kind\": \"reversal\", \"reason\": \"undone\"", StringComparison.Ordinal),
        Errors = Failures,
    };
}
