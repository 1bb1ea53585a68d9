using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.BillingConfigurations;

/// <summary>How an organization is billed, and what the caller may change of it.</summary>
/// <param name="Organization">Which.</param>
/// <param name="Config">What is set.</param>
/// <param name="Vatin">Its tax number; null for none.</param>
/// <param name="MayChange">True where the caller may change it: from above.</param>
/// <param name="MaySetVatRate">True where the caller may choose the VAT rate: for the platform, which issues the invoices.</param>
/// <param name="CallerName">The caller's own name, as receipts show it.</param>
public sealed record BillingConfiguration(Organization Organization, BillingConfig Config, string? Vatin, bool MayChange, bool MaySetVatRate, string CallerName)
{
    /// <summary>Its number.</summary>
    public OrganizationId Id => new(Organization.Id);
}

/// <summary>Reads it.</summary>
public sealed class GetBillingConfiguration(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ReadJournal;

    /// <summary>The configuration of the organization with this number, or what keeps the caller from it.</summary>
    public async Task<Outcome<BillingConfiguration>> RunAsync(Caller caller, OrganizationId id, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel);
        return await access.Reach(found, Permission).ThenAsync<BillingConfiguration>(async organization =>
        {
            var row = await store.BillingConfigs.FirstOrDefaultAsync(config => config.OrganizationId == id.Value, cancel);
            var vatin = await store.BillingDetails.Where(details => details.OrganizationId == id.Value).Select(details => details.TaxId).FirstOrDefaultAsync(cancel);
            var name = await store.Users.Where(u => u.Id == caller.UserId).Select(u => u.DisplayName).FirstOrDefaultAsync(cancel);
            var config = row is null ? BillingConfig.None : new BillingConfig
            {
                Version = row.Version, IssuerInfo = row.IssuerInfo, PaymentTerm = row.PaymentTerm, VatRate = row.VatRate, PaymentData = row.PaymentData,
            };
            return new Outcome<BillingConfiguration>.Done(new BillingConfiguration(organization, config, vatin,
                access.MayFromAbove(organization, ConfiguringBilling.Permission), access.MayOnPlatform(ConfiguringBilling.Permission), string.IsNullOrEmpty(name) ? "you" : name));
        });
    }
}
