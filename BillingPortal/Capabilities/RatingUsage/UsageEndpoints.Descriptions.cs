using BillingPortal.Web.Api;

namespace BillingPortal.Capabilities.RatingUsage;

// What the OpenAPI document says, what was decided where nothing else settles it included.
internal static partial class UsageEndpoints
{
    private const string Example =
        """
        {
          "number": 12, "href": "/organizations/6075f6e9-c871-4f0f-930b-439bb777cd26/usage/12", "organization": "6075f6e9-c871-4f0f-930b-439bb777cd26",
          "service": "data", "ratezone": "Europe", "quantity": "120.5", "unit": "MB", "occurred_at": "2026-03-18T12:00:00.000000Z", "period": "2026-03",
          "included": "100", "charged": "20.5",
          "parts": [
            { "by": "inclusive_volume", "id": 4, "quantity": "100", "rate": "0", "amount": "0" },
            { "by": "custom_rate", "id": 7, "quantity": "20.5", "rate": "0.00875", "amount": "0.179375" }
          ],
          "amount": "0.179375", "currency": "EUR", "carried_out": "0", "entry": "10007/31", "supersedes": null
        }
        """;

    private static readonly ApiDescription ReportDescription = new("reportUsage", "Report usage",
        """
        Usage in quantities is rated and charged: by the tariff, then by a custom rate, then a data package or an inclusive volume takes off what it covers. Usage is a fact: it is
        not refused for balance, cap or block. What an organization's service comes to below a millionth of the currency is carried to its next report.

        Decided here: `quantity` is above zero with at most eleven decimals, a JSON number or a decimal string, in the unit of the service's rate. `ratezone` may be left out: then only
        rates that hold everywhere count. `occurred_at` is ISO 8601 with its offset, now where absent, at most two minutes ahead of our clock; the month in which it lies in the
        organization's zone decides the rates. Usage of a closed period is charged in the next open one. An `Idempotency-Key` is needed. A service for which there is no rate is refused
        with 422 `no_rate`, and nothing is kept of it. Fields with errors are answered 400.
        """, "charges:write")
    {
        RequestType = typeof(UsageReport),
        RequestExample = """{ "service": "data", "ratezone": "Europe", "quantity": "120.5", "occurred_at": "2026-03-18T12:00:00Z" }""",
        KeyRequired = true,
        AnswerExample = Example,
        Errors = new Dictionary<int, string>
        {
            [400] = "A field, the id, the key or the body cannot be meant; `errors` names each field.",
            [403] = "The organization is known to the caller; the permission or the token's scope is missing.",
            [404] = "No such organization, or none the caller may know of.",
            [422] = "The answer is no: `no_rate`, `in_future`, `key_reused`.",
        },
    };

    private static readonly ApiDescription ReadDescription = new("getUsage", "Read rated usage",
        "One report as it was rated, or as it was rated again. Whoever may report usage may read it, with the same scope.", "charges:write")
    {
        AnswerExample = Example,
        Errors = new Dictionary<int, string>
        {
            [400] = "The id is no UUID.",
            [403] = "The organization is known to the caller; the permission or the token's scope is missing.",
            [404] = "No such organization or usage, or none the caller may know of.",
        },
    };
}
