using BillingPortal.Web.Api;

namespace BillingPortal.Capabilities.PublishingInvoices;

// What the OpenAPI document says, what was decided where the contracts are silent included.
internal static partial class PublishingInvoicesEndpoints
{
    private static readonly ApiDescription MonthDescription = new("getBillingDetails", "List a month's billing details",
        """
        The invoice of a month with recurring charges, traffic by organization and service, other items (credits used, below zero), tax by rate, totals and parties.

        Decided here: amounts are numbers of `currency`. A month that is not closed answers what it comes to so far, by the rule that will close it, with `preliminary` true and `status` `open_month`; a month without usage
        and without a document is 404/1201, as is an id that is no month. A month of which nothing is invoiced has the status `statement`. A month whose invoice was voided
        shows it with the status `void`, nothing outstanding, until the month is opened again; what it billed stands on a later one.
        """, "invoices:read")
    {
        AnswerExample =
            """
            { "id": 201810, "description": "October 2018", "preliminary": false, "invoice_number": "INV-2018-0412", "status": "open", "currency": { "code": "EUR" },
              "parties": { "issuer": { "name": "Platform Operations B.V.", "address": ["Keizersgracht 241"], "postal_code": "1016 EA", "city": "Amsterdam", "state": "", "country": "NL", "vatin": "NL854321098B01" },
                "recipient": { "name": "Northwind Hosting GmbH", "address": ["Torstraße 140"], "postal_code": "10119", "city": "Berlin", "state": "", "country": "DE", "vatin": "DE811907980" } },
              "monthly_recurring_charges": [{ "description": "Data package 10 GB", "amount": 99 }],
              "traffic": [{ "organisation": { "id": 10702, "name": "Fjord Werke" }, "service": "Compute", "quantity": 1918, "unit": "core hours", "amount": 412.37 }],
              "items": [{ "description": "Monthly credits", "amount": -60 }], "sub_total": 451.37, "vat": [{ "rate": 0, "base": 451.37, "amount": 0, "description": "Reverse charge" }], "total": 451.37,
              "paid_before": 0, "outstanding": 451.37 }
            """,
        Also = [404],
    };

    private static readonly ApiDescription CreditsDescription = new("getBillingCredits", "Read credits",
        """
        Credits of the organization that the token speaks for, named by its slug in `X-Org-Slug`. Free credits (monthly, promotional) are spent before purchased ones (cash, bonus).

        Decided here: `available_credits` and `remaining_credits` are both what is there; `used_credits` is what usage drew in the current billing period, `total_credits_used` ever. `signup_grant_claimed_at` is when the first
        credits were granted. Amounts are numbers of the organization's currency.
        """, "journal:read")
    {
        AnswerExample =
            """{ "available_credits": 75.5, "used_credits": 24.5, "total_credits_used": 224.5, "remaining_credits": 75.5, "monthly_free_credits": 5.5, "purchased_credits": 70, "signup_grant_claimed_at": "2026-09-21T00:05:00Z" }""",
        Also = [422],
    };

    private static readonly ApiDescription ExternalDescription = new("listBillingInvoices", "List invoices",
        """
        Invoices of the organization that the token speaks for (`X-Org-Slug`), newest first; `limit` 1 to 100, by itself 10, `offset` from 0.

        Decided here: credit notes and statements are not listed. `amount` is with tax; `credits` is what credits took off it; both are numbers of the organization's currency. The two addresses are pages of this portal and
        want a person who is signed in. `payment_intent_id` is the reference of the last payment.
        """, "invoices:read")
    {
        AnswerExample =
            """
            { "invoices": [{ "id": "10700-3", "created_at": "2026-11-02T06:00:00Z", "amount": 981.75, "credits": 95.19, "status": "open", "invoice_pdf": "https://billing.example/organizations/10700/invoices/3.pdf",
              "receipt_url": "https://billing.example/organizations/10700/invoices/3", "payment_intent_id": null }], "total_invoices": 1 }
            """,
        Also = [422],
    };

    private static readonly ApiDescription OwnDescription = new("listOrgInvoices", "List your organization's invoices",
        """
        A bare array of the invoices of the organization that the token speaks for, newest first, at most 1,000. Credit notes and statements are not listed. Money is a decimal string; `currency` says of what.
        """, "invoices:read")
    {
        AnswerExample =
            """
            [{ "id": "10700-3", "number": "INV-2026-0412", "status": "open", "created_at": "2026-11-02T06:00:00Z", "currency": "USD", "description": "1 Oct 2026 to 31 Oct 2026", "customer_email": "ap@nwh.example",
              "lines": [{ "description": "Compute", "amount": "412.37" }], "subtotal": "825.00", "tax": "156.75", "total": "981.75", "amount_due": "781.75", "amount_paid": "200.00", "amount_remaining": "781.75", "paid": false,
              "pdf": "https://billing.example/organizations/10700/invoices/3.pdf", "url": "https://billing.example/organizations/10700/invoices/3" }]
            """,
        Also = [400],
    };
}
