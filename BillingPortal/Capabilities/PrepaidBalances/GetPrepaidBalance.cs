using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.PrepaidBalances;

/// <summary>A prepaid balance: what is there to spend, and what was added last.</summary>
/// <param name="Organization">Whose.</param>
/// <param name="Cash">Paid in.</param>
/// <param name="Bonus">Given on top.</param>
/// <param name="Overdraft">Used beyond it; zero or below.</param>
/// <param name="Last">What was added or reset last; null where nothing was.</param>
public sealed record PrepaidBalance(Organization Organization, Money Cash, Money Bonus, Money Overdraft, BalanceTransaction? Last)
{
    /// <summary>Contract 4's amount: cash, bonus and overdraft (rules §4).</summary>
    public Money Amount => Cash + Bonus + Overdraft;
}

/// <summary>A prepaid balance as its page shows it.</summary>
/// <param name="Organization">Whose.</param>
/// <param name="Balance">The balance; null where it is postpaid.</param>
/// <param name="MayAdd">True where the caller may add to it.</param>
/// <param name="MayReset">True where the caller may reset it.</param>
/// <param name="CallerName">The caller's own name, as receipts show it.</param>
public sealed record PrepaidBalanceView(Organization Organization, PrepaidBalance? Balance, bool MayAdd, bool MayReset, string CallerName)
{
    /// <summary>Its number.</summary>
    public OrganizationId Id => new(Organization.Id);
}

/// <summary>Reads it.</summary>
public sealed class GetPrepaidBalance(IDbContextFactory<BillingStore> stores) : ICapability
{
    private static readonly int[] Kinds = [(int)AccountKind.Cash, (int)AccountKind.Bonus, (int)AccountKind.Overdraft];

    /// <inheritdoc />
    public static Permission Permission => Permission.ReadOrganizations;

    /// <summary>For a program: refused where there is none.</summary>
    public async Task<Outcome<PrepaidBalance>> RunAsync(Caller caller, OrganizationId id, CancellationToken cancel) =>
        (await ViewAsync(caller, id, cancel)).Then<PrepaidBalance>(view => view.Balance is { } balance ? new Outcome<PrepaidBalance>.Done(balance)
            : new Outcome<PrepaidBalance>.Refused(new Refusal(RefusalCode.NotForPostpaid, $"{view.Organization.Name} is postpaid: it has no prepaid balance.")));

    /// <summary>For a page.</summary>
    public async Task<Outcome<PrepaidBalanceView>> ViewAsync(Caller caller, OrganizationId id, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel);
        return await access.Reach(found, Permission).ThenAsync<PrepaidBalanceView>(async organization =>
        {
            var name = await store.Users.Where(u => u.Id == caller.UserId).Select(u => u.DisplayName).FirstOrDefaultAsync(cancel);
            return new Outcome<PrepaidBalanceView>.Done(new PrepaidBalanceView(organization,
                organization.ChargingModel == ChargingModel.Prepaid ? await BalanceAsync(store, organization, cancel) : null,
                access.May(AddingToBalance.Permission, organization.Path), access.MayFromAbove(organization, ResettingBalance.Permission), string.IsNullOrEmpty(name) ? "you" : name));
        });
    }

    private static async Task<PrepaidBalance> BalanceAsync(BillingStore store, Organization organization, CancellationToken cancel)
    {
        var held = await store.Accounts.Where(account => account.OrganizationId == organization.Id && Kinds.Contains(account.Kind))
            .GroupBy(account => account.Kind).Select(kind => new { kind.Key, Sum = kind.Sum(account => account.Balance) }).ToDictionaryAsync(kind => kind.Key, kind => kind.Sum, cancel);
        var last = await BalanceTransactions.ReadAsync(store, organization,
            new BalanceTransactionsAsked([PrepaidTransactions.TopUp, PrepaidTransactions.CreditNote, PrepaidTransactions.Reset], ByAmount: false, Descending: true, Skip: 0, Rows: 1), cancel);
        return new PrepaidBalance(organization, Of(AccountKind.Cash), Of(AccountKind.Bonus), Of(AccountKind.Overdraft), last.Count > 0 ? last[0] : null);

        Money Of(AccountKind kind) => new(held.GetValueOrDefault((int)kind), organization.Money);
    }
}
