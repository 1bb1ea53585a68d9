using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Charging;

/// <summary>What an organization holds and whether it may be charged: what a program looks at before it offers something for money.</summary>
public sealed class GetBalances(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ReadOrganizations;

    /// <summary>Reads it.</summary>
    public async Task<Outcome<BalancesAnswer>> RunAsync(Caller caller, Guid uuid, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var reached = access.Reach(await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Uuid == uuid, cancel), Permission);
        if (reached is not Outcome<Domain.Organizations.Organization>.Done { Value: var organization })
        {
            return reached.Then<BalancesAnswer>(_ => throw new InvalidOperationException("Reached."));
        }

        // One statement, so that the buckets are of one moment.
        var balances = await store.Accounts.Where(account => account.OrganizationId == organization.Id)
            .GroupBy(account => account.Kind).Select(kind => new { Kind = kind.Key, Balance = kind.Sum(account => account.Balance) })
            .ToDictionaryAsync(kind => (AccountKind)kind.Kind, kind => kind.Balance, cancel);
        long Of(AccountKind kind) => balances.GetValueOrDefault(kind);
        var currency = organization.Money;
        return new Outcome<BalancesAnswer>.Done(new BalancesAnswer(
            organization.Uuid, currency.Code, organization.ChargingModel == ChargingModel.Prepaid ? "prepaid" : "postpaid",
            new Money(Of(AccountKind.Cash) + Of(AccountKind.Bonus) + Of(AccountKind.Overdraft), currency).ToDecimalString(),
            new Money(ChartOfAccounts.DrawOrder.Sum(Of), currency).ToDecimalString(),
            BucketBalances.Of(currency, Of), organization.BlockedCause is not null, organization.Disabled));
    }
}

/// <summary>What an organization holds.</summary>
/// <param name="Organization">The organization's UUID.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="ChargingModel">prepaid or postpaid: whether a charge beyond what is held is refused or owed.</param>
/// <param name="Balance">Cash + bonus + overdraft, as pages call it.</param>
/// <param name="ValueHeld">Everything a charge can draw on: monthly + promotional + cash + bonus.</param>
/// <param name="Balances">Each bucket.</param>
/// <param name="Blocked">True while requests are refused because an overdraft is not funded.</param>
/// <param name="Disabled">True while a person has switched the organization off.</param>
public sealed record BalancesAnswer(
    Guid Organization, string Currency, string ChargingModel, string Balance, string ValueHeld, BucketBalances Balances, bool Blocked, bool Disabled);
