using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Charging;

/// <summary>Charges usage as a request: it asks first, and is refused where it would overdraw (rules §2).</summary>
public sealed class RequestCharge(IDbContextFactory<BillingStore> stores, JournalWriter writer) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.Charge;

    /// <summary>Decides, commits and answers.</summary>
    public async Task<ApiAnswer> RunAsync(Caller caller, ApiWish<ChargeForm> wish, CancellationToken cancel)
    {
        var reached = await ReachAsync(caller, wish.Organization, cancel);
        return reached is Outcome<Organization>.Done { Value: var organization }
            ? await wish.RunAsync(writer, organization, caller.Actor, (form, key) => new ChargeUsage(caller.Actor, key, new OrganizationId(organization.Id))
            {
                Service = form.Service,
                Amount = form.Micros,
                OccurredAt = form.OccurredAt,
            }, cancel)
            : wish.Answer(reached);
    }

    private async Task<Outcome<Organization>> ReachAsync(Caller caller, Guid organization, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        return access.Reach(await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Uuid == organization, cancel), Permission);
    }
}
