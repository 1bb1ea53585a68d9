using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.BillingConfigurations;

/// <summary>Contract 4's look-up tables: charging models, payment terms, VAT rates. The same for everybody who may see the organization.</summary>
public sealed class LookUp(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ReadOrganizations;

    /// <summary>The charging models.</summary>
    public static IReadOnlyList<NamedNumber> Models { get; } =
        [.. new[] { ChargingModel.Postpaid, ChargingModel.Prepaid }.Select(model => new NamedNumber((long)model, ChargingModels.NameOf(model)))];

    /// <summary>The payment terms.</summary>
    public static IReadOnlyList<NamedNumber> Terms { get; } = [.. PaymentTerm.All.Select(term => new NamedNumber(term.Id, term.Name))];

    /// <summary>The VAT rates, those that ended included.</summary>
    public static IReadOnlyList<RateJson> Rates { get; } = [.. VatRates.All.Select(RateJson.Of)];

    /// <summary>A table, for one who may see the organization.</summary>
    public async Task<Outcome<IReadOnlyList<T>>> RunAsync<T>(Caller caller, OrganizationId id, IReadOnlyList<T> table, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel);
        return access.Reach(found, Permission).Then<IReadOnlyList<T>>(_ => new Outcome<IReadOnlyList<T>>.Done(table));
    }
}
