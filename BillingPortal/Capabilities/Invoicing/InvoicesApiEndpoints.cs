using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Store.Reading;
using BillingPortal.Web.Api;

namespace BillingPortal.Capabilities.Invoicing;

/// <summary>The portal's own routes for programs that read invoices.</summary>
internal static class InvoicesApiEndpoints
{
    private const int Most = 100;

    private const string Summary =
        """
        { "ordinal": 3, "kind": "invoice", "status": "open", "number": "INV-2026-0412", "period": "2026-10", "currency": "EUR", "net": "825.00", "tax": "156.75", "total": "981.75", "due": "781.75",
          "outstanding": "781.75", "issued_on": "2026-11-02", "due_on": "2026-12-02" }
        """;

    private static readonly Dictionary<int, string> Failures = new()
    {
        [400] = "The id is no UUID, or what is asked of the list cannot be meant; `errors` names each field.",
        [403] = "The organization is known to the caller; the permission is missing there, or the token's scope is.",
        [404] = "No such organization or invoice, or none the caller may know of.",
    };

    private static readonly ApiDescription ListDescription = new("listInvoices", "List invoices",
        """
        The invoices, credit notes and statements of an organization, newest first, 100 at a time; `after` takes the `next` of the page before. Filters: `status` (draft, open, paid, void, uncollectible),
        `kind` (invoice, credit_note, statement), `period` (2026-10), `overdue` (1), `q` (part of a number). Amounts are decimal strings in the invoice's currency.
        """, "invoices:read")
    {
        AnswerExample = $$"""{ "invoices": [{{Summary}}], "next": null }""",
        Errors = Failures,
    };

    private static readonly ApiDescription OneDescription = new("getInvoice", "Get an invoice",
        """
        One document whole: parties, lines by consumer with exact and rounded amounts, credits used, tax by category and rate, what was paid before, totals, the entry that booked it and its history. The same
        figures stand on its page, in its CSV, its UBL and the journal. Files: `/organizations/{number}/invoices/{ordinal}.csv`, `.xml` (UBL 2.1 after EN 16931) and `.pdf`, by the organization's number.
        """, "invoices:read")
    {
        AnswerExample =
            $$"""
            { "invoice": {{Summary}}, "from": "2026-10-01", "to": "2026-10-31", "zone": "Europe/Berlin", "term": "30 days",
              "seller": { "name": "Platform Operations B.V.", "address": ["Keizersgracht 241"], "postal_code": "1016 EA", "city": "Amsterdam", "state": "", "country": "NL", "tax_id": "NL854321098B01" },
              "buyer": { "name": "Northwind Hosting GmbH", "address": ["Torstraße 140"], "postal_code": "10119", "city": "Berlin", "state": "", "country": "DE", "tax_id": "DE811907980" },
              "lines": [{ "consumer": 10702, "consumer_name": "Fjord Werke", "kind": "usage", "description": "Compute", "detail": "", "quantity": "1918.00", "unit": "core hours", "exact": "920.193118",
                "amount": "920.19", "tax_category": "S", "tax_rate": 19 }],
              "credits": [{ "bucket": "monthly", "name": "Monthly credits", "amount": "95.19" }],
              "taxes": [{ "category": "S", "rate": 19, "base": "825.00", "amount": "156.75", "wording": "" }], "paid_before": [{ "from": "Cash", "amount": "200.00" }],
              "totals": { "gross": "920.19", "discount": "95.19", "net": "825.00", "tax": "156.75", "total": "981.75", "prepaid": "200.00", "due": "781.75", "rounding": "-0.003118" },
              "note": "", "corrects": null, "entry": 2204,
              "history": [{ "at": "2026-11-02T06:00:00.000000Z", "code": "issued", "text": "Issued, due on 2 Dec 2026.", "amount": null, "reference": "" }] }
            """,
        Errors = Failures,
    };

    /// <summary>Maps them.</summary>
    public static void MapInvoicesApi(this IEndpointRouteBuilder routes)
    {
        var invoices = routes.MapApi("/organizations/{id}/invoices", ErrorShape.ProblemDetails).WithTags("Invoices");
        invoices.MapGet("", ListAsync).Describe<InvoicesAnswer>(ListDescription, StatusCodes.Status200OK);
        invoices.MapGet("{ordinal}", ReadAsync).Describe<InvoiceAnswer>(OneDescription, StatusCodes.Status200OK);
        invoices.MapOtherMethods("", "GET");
        invoices.MapOtherMethods("{ordinal}", "GET");
    }

    private static async Task ListAsync(string id, HttpContext context, ListInvoices query, CancellationToken cancel)
    {
        if (await context.UuidAsync(id) is not { } organization)
        {
            return;
        }

        var asked = context.Request.Query;
        var after = asked["after"].FirstOrDefault();
        if (after is not null && InvoiceCursor.Parse(after) is null)
        {
            await context.WriteAsync(Problem.Of("invalid_request", "after: must be the `next` of a page before."));
            return;
        }

        var outcome = await query.RunAsync(context.Caller(), organization, new InvoiceForm(key => asked[key].FirstOrDefault()), new InvoicePlace(Most, InvoiceCursor.Parse(after)), cancel);
        await context.WriteAsync(outcome.Then<InvoicesAnswer>(list => new Outcome<InvoicesAnswer>.Done(InvoicesAnswer.Of(list))));
    }

    private static async Task ReadAsync(string id, string ordinal, HttpContext context, GetInvoice query, CancellationToken cancel)
    {
        if (await context.UuidAsync(id) is { } organization)
        {
            var number = int.TryParse(ordinal, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : 0;
            var outcome = await query.RunAsync(context.Caller(), organization, number, cancel);
            await context.WriteAsync(outcome.Then<InvoiceAnswer>(view => new Outcome<InvoiceAnswer>.Done(InvoiceAnswer.Of(view))));
        }
    }
}
