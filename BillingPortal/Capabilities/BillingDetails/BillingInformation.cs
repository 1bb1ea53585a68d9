using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.TaxNumbers;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.BillingDetails;

/// <summary>Contract 2's billing information: name, telephone and address of <see cref="OrganizationDetails"/>. Null where nothing is known.</summary>
/// <param name="Name">The name invoices are made out to.</param>
/// <param name="Phone">Telephone.</param>
/// <param name="Address">Address.</param>
public sealed record BillingInformation(string? Name, string? Phone, BillingAddress Address)
{
    /// <summary>The fields of which it consists, each with contract 2's name.</summary>
    internal static readonly (string Code, DetailField Field)[] Own = [("name", DetailField.Company), ("phone", DetailField.Phone)];

    /// <summary>Those of the address.</summary>
    internal static readonly (string Code, DetailField Field)[] OfAddress =
    [
        ("street1", DetailField.Line1), ("street2", DetailField.Line2), ("city", DetailField.City), ("state", DetailField.State), ("zip", DetailField.PostalCode), ("country", DetailField.Country),
    ];

    /// <summary>From what stands.</summary>
    public static BillingInformation Of(OrganizationDetails details) =>
        new(details.Company, details.Phone, new(details.Line1, details.Line2, details.City, details.State, details.PostalCode, details.Country));

    /// <summary>True where anything of it is known.</summary>
    public static bool IsThere(OrganizationDetails details) => Own.Concat(OfAddress).Any(named => named.Field.Of(details) is not null);
}

/// <summary>Contract 2's address.</summary>
/// <param name="Street1">Street and house.</param>
/// <param name="Street2">More of the address.</param>
/// <param name="City">Town.</param>
/// <param name="State">State, province or county.</param>
/// <param name="Zip">Postal code.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
public sealed record BillingAddress(string? Street1, string? Street2, string? City, string? State, string? Zip, string? Country);

/// <summary>Reads contract 2's billing information, and whether its tax information is valid.</summary>
public sealed class GetBillingInformation(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ReadOrganizations;

    /// <summary>What stands for the caller's own organization; not found where nothing is known.</summary>
    public async Task<Outcome<BillingInformation>> RunAsync(Caller caller, string? slug, CancellationToken cancel) =>
        (await ReadAsync(caller, slug, cancel)).Then<BillingInformation>(stored => BillingInformation.IsThere(stored.Details)
            ? new Outcome<BillingInformation>.Done(BillingInformation.Of(stored.Details))
            : new Outcome<BillingInformation>.NotFound("There is no billing information yet."));

    /// <summary>
    /// Done where tax can be reckoned from what stands: the country is known, with it town and street, and the tax number, where there is one, has its type's form and check
    /// digits and is not unknown to the register. What is missing is named.
    /// </summary>
    public async Task<Outcome<bool>> ValidateTaxAsync(Caller caller, string? slug, CancellationToken cancel) => (await ReadAsync(caller, slug, cancel)).Then<bool>(stored =>
    {
        var details = stored.Details;
        var errors = new[] { DetailField.Country, DetailField.City, DetailField.Line1 }.Where(field => field.Of(details) is null)
            .Select(field => new FieldError("address." + BillingInformation.OfAddress.First(named => named.Field == field).Code, "required", "is missing.")).ToList();
        if (details.TaxId is { } number && Fault(number, details.TaxIdType, stored.Tax) is { } fault)
        {
            errors.Add(new FieldError("tax_id", "invalid", fault));
        }

        return errors.Count > 0 ? new Outcome<bool>.Invalid([.. errors]) : new Outcome<bool>.Done(true);
    });

    private static string? Fault(string number, string? type, TaxStanding standing) =>
        type is null ? "is of no known type."
        : TaxNumber.Read(number, TaxIdType.Find(type)).Reason is { } reason ? reason
        : DetailsChange.CanBeVerified(number, type) && standing.Status == TaxStatus.Unverified ? "is not known to the register."
        : null;

    private async Task<Outcome<StoredDetails>> ReadAsync(Caller caller, string? slug, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await (await OwnOrganization.FindAsync(store, caller, slug, Permission, cancel)).ThenAsync<StoredDetails>(async own =>
            new Outcome<StoredDetails>.Done(await StoredDetails.ReadAsync(store, own.Organization, cancel)));
    }
}
