using BillingPortal.Web.Api;

namespace BillingPortal.Capabilities.Rates;

// What the OpenAPI document says, what was decided where the contract is silent included.
internal static partial class RateEndpoints
{
    private const string RateExample =
        """
        { "id": 7, "tariff": { "id": 1 }, "ratezone": "Europe", "volume": 0, "rate": 0.00875, "service": "data", "currency": { "code": "EUR" },
          "start_date": "2026-11-01T00:00:00Z", "end_date": null, "status": { "id": 0, "description": "Active" } }
        """;

    private const string VolumeExample =
        """
        { "id": 4, "service": "data", "ratezone": null, "volume": 100, "start_date": "2026-11-01T00:00:00Z", "end_date": "2027-03-31T23:59:59Z" }
        """;

    private static readonly ApiDescription ListDescription = new("listCustomRates", "List an organization's custom rates",
        "The prices that it was given instead of its tariff's, those that expired included. Deleted ones are gone.", "journal:read")
    {
        AnswerExample = $"[ {RateExample} ]",
        Sorts = ["id", "service", "start_date"],
        Criteria = ["service"],
        Also = [422],
    };

    private static readonly ApiDescription AddDescription = new("createCustomRate", "Create a custom rate for an organization",
        """
        From the 1st of this month where no `start_date` is sent, open-ended without an `end_date`. An older rate for the same service, ratezone, volume and tariff that overlaps ends the month before; where it began in
        the same month or later it is never used.

        Decided here: `service` and `ratezone` are names, as reports of usage have them; no `ratezone` means everywhere that has no rate of its own. `volume` is how much is used in a month before the rate holds,
        so that several rates make steps. `rate` is from 0 with at most eleven decimals, a JSON number or a decimal string. `start_date` is the first and `end_date` the last day of a month; times are taken off; a
        closed month is 1404. A `tariff` or `currency` that is not the organization's is 1401; the same rate for the same months is 1405. Rates are given from above: an organization's own people are answered 1104.
        """, "billing:write")
    {
        RequestType = typeof(CustomRateRequest),
        RequestExample = """{ "service": "data", "ratezone": "Europe", "rate": 0.00875, "tariff": { "id": 1 }, "currency": { "code": "EUR" }, "start_date": "2026-11-01" }""",
        KeyRequired = false,
        AnswerExample = RateExample,
        Also = [409, 422],
    };

    private static readonly ApiDescription RemoveDescription = new("deleteCustomRate", "Delete an organization's custom rate",
        """
        A rate that has begun is marked as expired: what was reported before keeps it, what is reported from now on does not. One that has not begun is deleted. One that ended or expired before is 1407.

        Decided here: only those above delete a rate (1104 for the organization's own people).
        """, "billing:write")
    {
        KeyRequired = false,
        AnswerExample = "{}",
        Also = [409],
    };

    private static readonly ApiDescription ActiveDescription = new("listActiveInclusiveVolumes", "List an organization's active inclusive volumes",
        "Those that hold in the month that runs; neither ended ones nor those of a later month.", "journal:read")
    {
        AnswerExample = $"[ {VolumeExample} ]",
        Sorts = ["id", "service", "start_date"],
        Criteria = ["service"],
        Also = [422],
    };

    private static readonly ApiDescription AssignDescription = new("assignInclusiveVolume", "Assign an inclusive volume to an organization",
        """
        So much of a service costs nothing each month. From the first day of a month to the last of one; the current month or a later one (1404). From this month where no `start_date` is sent, open-ended without an
        `end_date`.

        Decided here: volumes are given from above: an organization's own people are answered 1104. The same volume for the same months is 1405; others add up. A volume can be given to a prepaid organization; while one is
        active, a postpaid one is not switched to prepaid (1406).
        """, "billing:write")
    {
        RequestType = typeof(InclusiveVolumeRequest),
        RequestExample = """{ "service": "data", "volume": 100, "start_date": "2026-11-01", "end_date": "2027-03-31" }""",
        KeyRequired = false,
        AnswerExample = VolumeExample,
        Also = [409, 422],
    };

    private static readonly ApiDescription EndDescription = new("deleteInclusiveVolume", "Delete an organization's inclusive volume",
        """
        Deleted by the organization itself it ends with the month; by those above at once: what was used of it stays included, what is reported from now on is charged. One that has ended, or that ends with this month as it
        is, is 1407.
        """, "billing:write")
    {
        KeyRequired = false,
        AnswerExample = "{}",
        Also = [409],
    };
}
