using BillingPortal.Web.Api;

namespace BillingPortal.Capabilities.BillingDetails;

// What the OpenAPI document says, what was decided where the contract is silent included.
internal static partial class ExternalOrganizationsEndpoints
{
    private const string AnswerJson =
        """
        {
          "slug": "acme", "name": "Acme Robotics", "id": "6075f6e9-c871-4f0f-930b-439bb777cd26", "created_at": "2026-01-05T09:30:00.000Z", "billing_email": "accounts@acme.example",
          "billing_details": {
            "billing_company_name": "Acme Robotics GmbH", "billing_address_line1": "Musterstraße 1", "billing_address_line2": null, "billing_city": "Berlin", "billing_state": null,
            "billing_postal_code": "10115", "billing_country": "DE", "billing_tax_id": "DE136695976", "billing_tax_id_type": "eu_vat"
          }
        }
        """;

    private const string Shown =
        """
        Decided here: every answer has every field, null where nothing is known. Errors are `{detail: [{loc, msg, type}]}` whatever failed: a body that is no JSON object is 400, 401, 403, 404 and 409 keep their
        status, all else is 422. Lengths count Unicode characters. A slug that an organization had goes on finding it, and nobody else can take it: the answer carries today's.
        """;

    private static readonly ApiDescription ListDescription = new("listExternalOrgs", "List organizations",
        """
        Every organization that the token's owner sees, sub-organizations included, in the order of their numbers, with `role`: what counts for them there. `limit` is 1 to 100, 50 where absent; the header `Link`
        with `rel="next"` leads on while there are more, its `cursor` is opaque.
        """ + "\n\n" + Shown, "organizations:read")
    {
        AnswerExample = $$"""[ {{AnswerJson.TrimEnd().TrimEnd('}')}}, "role": "ADMIN" } ]""",
        Also = [422],
    };

    private static readonly ApiDescription CreateDescription = new("createExternalOrg", "Create an organization",
        """
        `name` is required. Without `slug`, or with null, it is derived from the name, with the organization's number behind it where that is taken; a taken slug that was asked for is 409.

        Decided here: without a header the organization stands at the top and staff of the platform create it (USD, UTC). With `X-Org-Slug: <slug>` it stands below that organization, whose managers create it, and
        keeps its currency and time zone. It pays before it uses and is on the free plan.
        """ + "\n\n" + Shown, "organizations:write")
    {
        RequestType = typeof(NewExternalOrganization),
        RequestExample = """{ "name": "Acme Robotics", "slug": "acme", "billing_email": "accounts@acme.example" }""",
        KeyRequired = false,
        AnswerExample = AnswerJson,
        Also = [409],
        Errors = new Dictionary<int, string> { [409] = "`taken`: another organization has the slug, or had it." },
    };

    private static readonly ApiDescription ChangeDescription = new("updateExternalOrg", "Change an organization's details",
        """
        What is absent stays; null clears a `billing_*` field; null for `name` or `slug` is refused. `name` and `slug` need the scope `organizations:write` and the permission to change organizations; the other
        fields `billing:write` and the permission to change billing settings.

        `billing_country` is ISO 3166-1 alpha-2. `billing_tax_id_type` is one of Stripe's published types. `billing_tax_id` is kept without spaces, dots, hyphens and strokes, in capitals, and is checked against its
        type's form and, where the country publishes them, its check digits: every state's VAT of the European Union (Greece writes EL), GB, CH, NO, AU, CA, IN and more. Without a type it gets the one that its
        prefix tells; a number that tells none is kept without. It is one value with contract 4's `vatin`.

        Decided here: text is trimmed, and blank text clears as null does, but for `name`, `slug` and `billing_email`, where it is refused; control characters are refused. Where only the number is sent, it must be of
        the type that stands. Numbers of the union's VAT are then verified with the register; that is no part of this answer and never refuses anything. The details pass to the payment provider's customer at
        checkout, not here.
        """ + "\n\n" + Shown, "billing:write")
    {
        RequestType = typeof(ExternalOrganizationChange),
        RequestExample = """{ "billing_company_name": "Acme Robotics GmbH", "billing_address_line2": null, "billing_country": "DE", "billing_tax_id": "DE 136 695 976", "billing_tax_id_type": "eu_vat" }""",
        KeyRequired = false,
        AnswerExample = AnswerJson,
        Also = [409],
        Errors = new Dictionary<int, string> { [409] = "`taken`: another organization has the slug, or had it." },
    };

    /// <summary>What an organization is created with.</summary>
    /// <param name="Name">1 to 100 characters.</param>
    /// <param name="Slug">1 to 64 characters, <c>^[a-z0-9][a-z0-9-]*$</c>; derived from the name where absent.</param>
    /// <param name="BillingEmail">Where invoices are sent.</param>
    private sealed record NewExternalOrganization(string Name, string? Slug = null, string? BillingEmail = null);

    /// <summary>What is to change; what is absent stays, null clears.</summary>
    /// <param name="BillingCompanyName">At most 255 characters.</param>
    /// <param name="BillingAddressLine1">At most 255 characters.</param>
    /// <param name="BillingAddressLine2">At most 255 characters.</param>
    /// <param name="BillingCity">At most 128 characters.</param>
    /// <param name="BillingState">At most 128 characters.</param>
    /// <param name="BillingPostalCode">At most 32 characters.</param>
    /// <param name="BillingCountry">ISO 3166-1 alpha-2.</param>
    /// <param name="BillingTaxId">At most 64 characters.</param>
    /// <param name="BillingTaxIdType">One of Stripe's published types.</param>
    /// <param name="Name">1 to 100 characters.</param>
    /// <param name="Slug">1 to 64 characters, <c>^[a-z0-9][a-z0-9-]*$</c>.</param>
    /// <param name="BillingEmail">An email address.</param>
    private sealed record ExternalOrganizationChange(
        string? BillingCompanyName = null, string? BillingAddressLine1 = null, string? BillingAddressLine2 = null, string? BillingCity = null, string? BillingState = null,
        string? BillingPostalCode = null, string? BillingCountry = null, string? BillingTaxId = null, string? BillingTaxIdType = null, string? Name = null, string? Slug = null,
        string? BillingEmail = null);
}
