using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.TaxRegisters;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.BillingDetails;

/// <summary>“Check again”: asks the register now, in a person's name.</summary>
public sealed class CheckTaxNumber(IDbContextFactory<BillingStore> stores, TaxNumberChecks checks) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageBilling;

    /// <summary>Asks about the number that stands; gives what the register said.</summary>
    public async Task<Outcome<TaxRegisterAnswer>> RunAsync(Caller caller, OrganizationId number, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await (await DetailsReach.FindAsync(store, caller, number, [Permission], cancel)).ThenAsync<TaxRegisterAnswer>(async reached =>
        {
            var stored = await StoredDetails.ReadAsync(store, reached.Organization, cancel);
            return stored.Details.TaxId is { } tax && DetailsChange.CanBeVerified(tax, stored.Details.TaxIdType)
                ? new Outcome<TaxRegisterAnswer>.Done((await checks.AskAsync(stored.Organization, tax, stored.Tax, caller.Actor, cancel)).Answer)
                : new Outcome<TaxRegisterAnswer>.Invalid([new FieldError(DetailField.TaxId.Code, "no_register", "No register answers for numbers of this type.")]);
        });
    }
}
