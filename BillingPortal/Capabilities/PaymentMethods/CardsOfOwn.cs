using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.PaymentMethods;

/// <summary>The cards of the organization that a token speaks for, as contract 2 lists them: newest first.</summary>
public sealed class CardsOfOwn(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ReadOrganizations;

    /// <summary>Reads them.</summary>
    public async Task<Outcome<IReadOnlyList<PaymentMethodJson>>> RunAsync(Caller caller, string? slug, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await (await OwnOrganization.FindAsync(store, caller, slug, Permission, cancel)).ThenAsync<IReadOnlyList<PaymentMethodJson>>(async found =>
        {
            var rows = await store.PaymentMethods.Where(m => m.OrganizationId == found.Organization.Id && m.RemovedAt == null)
                .OrderByDescending(m => m.AddedAt).ThenBy(m => m.Id).Take(ListCards.Most).ToListAsync(cancel);
            var details = (await StoredDetails.ReadAsync(store, found.Organization, cancel)).Details;
            return new Outcome<IReadOnlyList<PaymentMethodJson>>.Done([.. rows.Select(row => PaymentMethodJson.Of(row, details))]);
        });
    }
}

/// <summary>Contract 2's <c>PaymentMethod</c>; null where nothing is known.</summary>
/// <param name="BillingInfo">The organization's billing information.</param>
/// <param name="Card">The card.</param>
/// <param name="CreatedAt">When it was entered.</param>
/// <param name="Id">The payment provider's id.</param>
/// <param name="Metadata">Always empty.</param>
/// <param name="Type">Always <c>card</c>.</param>
public sealed record PaymentMethodJson(MethodBilling BillingInfo, MethodCard Card, string CreatedAt, string Id, IReadOnlyDictionary<string, string> Metadata, string Type)
{
    /// <summary>From what stands.</summary>
    internal static PaymentMethodJson Of(PaymentMethodRow row, OrganizationDetails details) => new(
        new(details.Company, details.Phone, new(details.Line1, details.Line2, details.City, details.State, details.PostalCode, details.Country)),
        new(row.Brand, new(null, null, null), null, row.ExpiryMonth, row.ExpiryYear, null, null, row.Last4),
        new Instant(row.AddedAt).ToString()[..^4] + "Z", row.Method, ImmutableDictionary<string, string>.Empty, "card");
}

/// <summary>Contract 2's <c>BillingInfo</c>.</summary>
/// <param name="Name">The name invoices are made out to.</param>
/// <param name="Phone">Telephone.</param>
/// <param name="Address">Address.</param>
public sealed record MethodBilling(string? Name, string? Phone, MethodAddress Address);

/// <summary>Its address.</summary>
/// <param name="Street1">Street and house.</param>
/// <param name="Street2">More of the address.</param>
/// <param name="City">Town.</param>
/// <param name="State">State, province or county.</param>
/// <param name="Zip">Postal code.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
public sealed record MethodAddress(string? Street1, string? Street2, string? City, string? State, string? Zip, string? Country);

/// <summary>Contract 2's <c>CardDetails</c>. What the portal does not keep is null.</summary>
/// <param name="Brand">As in <c>visa</c>.</param>
/// <param name="Checks">What the provider checked.</param>
/// <param name="Country">Of the card's bank.</param>
/// <param name="ExpMonth">1 to 12.</param>
/// <param name="ExpYear">Four digits.</param>
/// <param name="Fingerprint">The provider's, of the number.</param>
/// <param name="Funding">As in <c>credit</c>.</param>
/// <param name="Last4">Four digits.</param>
public sealed record MethodCard(string Brand, MethodChecks Checks, string? Country, int ExpMonth, int ExpYear, string? Fingerprint, string? Funding, string Last4);

/// <summary>Contract 2's <c>PaymentMethodCardChecks</c>.</summary>
/// <param name="AddressLine1Check">Whether the street was right.</param>
/// <param name="AddressPostalCodeCheck">Whether the postal code was.</param>
/// <param name="CvcCheck">Whether the security code was.</param>
public sealed record MethodChecks(string? AddressLine1Check, string? AddressPostalCodeCheck, string? CvcCheck);
