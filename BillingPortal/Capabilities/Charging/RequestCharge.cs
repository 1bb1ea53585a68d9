using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Charging;

/// <summary>Charges usage as a request: it asks first, and is refused where it would overdraw (rules §2).</summary>
public sealed class RequestCharge(IDbContextFactory<BillingStore> stores, JournalWriter writer) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.Charge;

    /// <summary>How often it is asked again where who pays changes between asking and deciding.</summary>
    private const int Attempts = 3;

    /// <summary>Decides, commits and answers.</summary>
    public async Task<ApiAnswer> RunAsync(Caller caller, ApiWish<ChargeForm> wish, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var reached = await ReachAsync(caller, wish.Organization, cancel);
            if (reached is not Outcome<Organization>.Done { Value: var organization })
            {
                return wish.Answer(reached);
            }

            var asked = (ChargeUsage?)null;
            var answer = await wish.RunAsync(writer, organization, caller.Actor, (form, key) => asked = Charge(caller, organization, form, key), cancel);
            if (attempt == Attempts || asked is null || answer.Status != PayerChangedStatus || await PayerOfAsync(organization.Id, cancel) == asked.Payer?.Value)
            {
                return answer;
            }
        }
    }

    /// <summary>The status under which "who pays changed" is answered: such an answer is not kept under the key.</summary>
    private const int PayerChangedStatus = 503;

    private static ChargeUsage Charge(Caller caller, Organization organization, ChargeForm form, string key) =>
        new(caller.Actor, PayersLedger.KeyOf(organization, key), new OrganizationId(organization.Id))
        {
            Payer = organization.PayerId is { } payer ? new OrganizationId(payer) : null,
            Service = form.Service,
            Amount = form.Micros,
            OccurredAt = form.OccurredAt,
        };

    private async Task<long?> PayerOfAsync(long organization, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await store.Organizations.Where(o => o.Id == organization).Select(o => o.PayerId).FirstOrDefaultAsync(cancel);
    }

    private async Task<Outcome<Organization>> ReachAsync(Caller caller, Guid organization, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        return access.Reach(await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Uuid == organization, cancel), Permission);
    }
}
