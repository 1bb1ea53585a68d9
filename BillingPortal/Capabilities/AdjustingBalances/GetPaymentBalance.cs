using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store;
using BillingPortal.Store.Plans;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.AdjustingBalances;

/// <summary>Contract 2's GET: an organization's payment balance, for platform staff.</summary>
public sealed class GetPaymentBalance(IDbContextFactory<BillingStore> stores, TimeProvider clock) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ReadOrganizations;

    /// <summary>Reads it.</summary>
    public async Task<Outcome<PaymentBalance>> RunAsync(Caller caller, Guid uuid, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var reached = await PaymentBalanceAccess.ReachAsync(store, caller, uuid, Permission, cancel);
        if (reached is not Outcome<Domain.Organizations.Organization>.Done { Value: var organization })
        {
            return reached.Then<PaymentBalance>(_ => throw new InvalidOperationException("Reached."));
        }

        if (PaymentBalanceAccess.Unsupported(organization) is { } unsupported)
        {
            return new Outcome<PaymentBalance>.Refused(unsupported);
        }

        // One statement, so that buckets and time are of one moment.
        var accounts = await store.Heads.Where(head => head.OrganizationId == organization.Id)
            .SelectMany(
                head => store.Accounts.Where(account => account.OrganizationId == head.OrganizationId).DefaultIfEmpty(),
                (head, account) => new { head.LastRecordedAt, Kind = account == null ? 0 : account.Kind, Balance = account == null ? 0 : account.Balance })
            .ToListAsync(cancel);
        return new Outcome<PaymentBalance>.Done(PaymentBalance.Of(
            organization,
            await PlanReading.ReadAsync(store, organization, Instant.Now(clock), cancel),
            kind => accounts.Where(account => account.Kind == (int)kind).Sum(account => account.Balance),
            new Instant(accounts.Select(account => account.LastRecordedAt).FirstOrDefault())));
    }
}
