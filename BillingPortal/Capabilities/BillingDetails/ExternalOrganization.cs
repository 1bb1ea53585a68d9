using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;

namespace BillingPortal.Capabilities.BillingDetails;

/// <summary>An organization as contract 3 answers it.</summary>
/// <param name="Slug">Its slug.</param>
/// <param name="Name">Its name.</param>
/// <param name="Id">Its UUID, which never changes.</param>
/// <param name="CreatedAt">When it was created, ISO 8601 with Z.</param>
/// <param name="BillingEmail">Where invoices are sent.</param>
/// <param name="BillingDetails">Whom they are made out to.</param>
public record ExternalOrganization(string Slug, string Name, string Id, string CreatedAt, string? BillingEmail, ExternalBillingDetails BillingDetails)
{
    /// <summary>From what stands.</summary>
    public static ExternalOrganization Of(StoredDetails stored) => new(
        stored.Details.Slug!, stored.Details.Name!, stored.Uuid.ToString("D"), TimeOf(stored), stored.Details.Email, ExternalBillingDetails.Of(stored.Details));

    /// <summary>Milliseconds and Z.</summary>
    internal static string TimeOf(StoredDetails stored) => new Instant(stored.CreatedAt).ToString()[..^4] + "Z";
}

/// <summary>The same in the list, with what the token's owner is there.</summary>
/// <param name="Slug">Its slug.</param>
/// <param name="Name">Its name.</param>
/// <param name="Id">Its UUID.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="BillingEmail">Where invoices are sent.</param>
/// <param name="BillingDetails">Whom they are made out to.</param>
/// <param name="Role">The role that counts there: ADMIN, MANAGER, DEVELOPER, STAFF; FINANCE or SUPPORT for staff of the platform.</param>
public sealed record ListedExternalOrganization(
    string Slug, string Name, string Id, string CreatedAt, string? BillingEmail, ExternalBillingDetails BillingDetails, string Role)
    : ExternalOrganization(Slug, Name, Id, CreatedAt, BillingEmail, BillingDetails)
{
    /// <summary>From what stands.</summary>
    public static ListedExternalOrganization Of(StoredDetails stored, string role) => new(
        stored.Details.Slug!, stored.Details.Name!, stored.Uuid.ToString("D"), TimeOf(stored), stored.Details.Email, ExternalBillingDetails.Of(stored.Details), role);
}

/// <summary>Contract 3's <c>OrgBillingDetails</c>; null where nothing is known.</summary>
/// <param name="BillingCompanyName">The name the invoice is made out to.</param>
/// <param name="BillingAddressLine1">Street and house.</param>
/// <param name="BillingAddressLine2">More of the address.</param>
/// <param name="BillingCity">Town.</param>
/// <param name="BillingState">State, province or county.</param>
/// <param name="BillingPostalCode">Postal code.</param>
/// <param name="BillingCountry">ISO 3166-1 alpha-2.</param>
/// <param name="BillingTaxId">Tax number, without spaces, dots and hyphens.</param>
/// <param name="BillingTaxIdType">Its type.</param>
public sealed record ExternalBillingDetails(
    string? BillingCompanyName, string? BillingAddressLine1, string? BillingAddressLine2, string? BillingCity, string? BillingState, string? BillingPostalCode, string? BillingCountry,
    string? BillingTaxId, string? BillingTaxIdType)
{
    /// <summary>From what stands.</summary>
    public static ExternalBillingDetails Of(OrganizationDetails details) => new(
        details.Company, details.Line1, details.Line2, details.City, details.State, details.PostalCode, details.Country, details.TaxId, details.TaxIdType);
}
