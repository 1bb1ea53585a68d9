using BillingPortal.Web.Api;

namespace BillingPortal.Capabilities.BillingDetails;

// What the OpenAPI document says, what was decided where the contract is silent included.
internal static partial class BillingInformationEndpoints
{
    private const string AnswerJson =
        """
        {
          "name": "Acme Robotics GmbH", "phone": "+49 30 1234567",
          "address": { "street1": "Musterstraße 1", "street2": null, "city": "Berlin", "state": null, "zip": "10115", "country": "DE" }
        }
        """;

    private const string Whose =
        """
        Decided here: the organization is the one that the token's owner belongs to; of several under each other the uppermost. Where they belong to several others, and for staff of the platform, the header
        `X-Org-Slug` names it. Name and address are the billing details of contract 3.
        """;

    private static readonly ApiDescription ReadDescription = new("getPaymentInformationForOrg", "Read the billing information", "404 where nothing is known yet.\n\n" + Whose, "organizations:read")
    {
        AnswerExample = AnswerJson,
    };

    private static readonly ApiDescription CreateDescription = new("createPaymentInformationForOrg", "Enter the billing information", "409 where there is some already: PUT changes it.\n\n" + Whose, "billing:write")
    {
        RequestType = typeof(BillingInformationRequest),
        RequestExample = AnswerJson,
        KeyRequired = false,
        AnswerExample = AnswerJson,
        Also = [409],
        Errors = new Dictionary<int, string> { [409] = "`taken`: there is billing information already." },
    };

    private static readonly ApiDescription ChangeDescription = new("updatePaymentInformationForOrg", "Change the billing information",
        "What is absent stays, within the address too; null clears, for `address` all of it. Where nothing was known, it is entered.\n\n" + Whose, "billing:write")
    {
        RequestType = typeof(BillingInformationRequest),
        RequestExample = """{ "phone": "+49 30 1234567", "address": { "zip": "10117" } }""",
        KeyRequired = false,
        AnswerExample = AnswerJson,
    };

    private static readonly ApiDescription DeleteDescription = new("deletePaymentInformationForOrg", "Clear the billing information",
        "Clears name, telephone and address; tax number, email and cards stay. Clearing again is 204 too.\n\n" + Whose, "billing:write")
    {
        KeyRequired = false,
        AnswerExample = "null",
        Also = [422, 503],
    };

    private static readonly ApiDescription TaxDescription = new("validateTaxInformationForOrg", "Check the tax information",
        """
        204 where tax can be reckoned: street, town and country are known, and the tax number, where there is one, has its type's form and check digits and is not unknown to the register. Otherwise 400, naming what
        is missing. A register that could not be asked is no fault.
        """ + "\n\n" + Whose, "organizations:read")
    {
        AnswerExample = "null",
        Errors = new Dictionary<int, string> { [400] = "`invalid_request`: what is missing or not valid, or which organization is meant." },
    };

    /// <summary>Billing information; what is absent stays.</summary>
    /// <param name="Name">The name invoices are made out to, at most 255 characters.</param>
    /// <param name="Phone">Telephone, at most 32 characters.</param>
    /// <param name="Address">Address.</param>
    private sealed record BillingInformationRequest(string? Name = null, string? Phone = null, BillingAddressRequest? Address = null);

    /// <summary>An address; what is absent stays.</summary>
    /// <param name="Street1">At most 255 characters.</param>
    /// <param name="Street2">At most 255 characters.</param>
    /// <param name="City">At most 128 characters.</param>
    /// <param name="State">At most 128 characters.</param>
    /// <param name="Zip">At most 32 characters.</param>
    /// <param name="Country">ISO 3166-1 alpha-2.</param>
    private sealed record BillingAddressRequest(string? Street1 = null, string? Street2 = null, string? City = null, string? State = null, string? Zip = null, string? Country = null);
}
