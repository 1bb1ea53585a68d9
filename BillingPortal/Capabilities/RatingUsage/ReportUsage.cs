using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Rating;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.RatingUsage;

/// <summary>Takes a report of usage: rates it and charges it as the fact that it is (rules §2).</summary>
public sealed class ReportUsage(IDbContextFactory<BillingStore> stores, JournalWriter writer, TimeProvider clock) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.Charge;

    /// <summary>How often it is asked again where who pays changes between asking and deciding.</summary>
    private const int Attempts = 3;

    private const int PayerChangedStatus = 503;

    /// <summary>Decides, commits and answers.</summary>
    public async Task<ApiAnswer> RunAsync(Caller caller, ApiWish<UsageForm> wish, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var reached = await ReachAsync(caller, wish.Organization, cancel);
            if (reached is not Outcome<Organization>.Done { Value: var organization })
            {
                return wish.Answer(reached);
            }

            var answer = await wish.RunAsync(writer, organization, caller.Actor, (form, key) => Rate(caller, organization, form, key), cancel);
            if (attempt == Attempts || answer.Status != PayerChangedStatus)
            {
                return answer;
            }
        }
    }

    private RateUsage Rate(Caller caller, Organization organization, UsageForm form, string key) =>
        new(caller.Actor, PayersLedger.KeyOf(organization, key), new OrganizationId(organization.Id))
        {
            Payer = organization.PayerId is { } payer ? new OrganizationId(payer) : null,
            Service = form.Service,
            Ratezone = form.Ratezone,
            Quantity = form.Quantity,
            OccurredAt = form.OccurredAt,
            Period = BillingPeriod.Of(form.OccurredAt ?? Instant.Now(clock), organization.Zone),
        };

    private async Task<Outcome<Organization>> ReachAsync(Caller caller, Guid organization, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        return access.Reach(await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Uuid == organization, cancel), Permission);
    }
}
