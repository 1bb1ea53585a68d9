using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.ReadingJournal;

/// <summary>What an organization used that its parent's balance paid for: service, amount and time, and nothing of the payer's ledger (rules §1).</summary>
public sealed class GetPaidCharges(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ReadJournal;

    /// <summary>A page of them, newest first.</summary>
    public async Task<Outcome<PaidChargesView>> RunAsync(Caller caller, OrganizationId organization, JournalPlace place, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var reached = await JournalReach.OfAsync(store, caller, organization, cancel);
        return await reached.ThenAsync<PaidChargesView>(async reach =>
            new Outcome<PaidChargesView>.Done(new PaidChargesView(reach.Organization!, await PaidCharges.PageAsync(store, reach.Organization!, place, cancel))));
    }

    /// <summary>All of them, to be read as they are sent.</summary>
    public async Task<Outcome<IAsyncEnumerable<PaidCharge>>> AllAsync(Caller caller, OrganizationId organization, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var reached = await JournalReach.OfAsync(store, caller, organization, cancel);
        return reached.Then<IAsyncEnumerable<PaidCharge>>(reach => new Outcome<IAsyncEnumerable<PaidCharge>>.Done(PaidCharges.AllAsync(stores, reach.Organization!, cancel)));
    }
}

/// <summary>A page of charges as it is shown.</summary>
/// <param name="Organization">Who used it.</param>
/// <param name="Page">The charges.</param>
public sealed record PaidChargesView(Organization Organization, PaidChargePage Page);
