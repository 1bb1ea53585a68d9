using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Overviews;

/// <summary>One organization: who it is, what it holds and owes, what happened to it, and what the caller may do there.</summary>
public sealed class GetOrganization(IDbContextFactory<BillingStore> stores, TimeProvider clock) : ICapability
{
    private const int EventsShown = 10;

    /// <inheritdoc />
    public static Permission Permission => Permission.ReadOrganizations;

    /// <summary>The organization that <paramref name="key"/> names: its number, UUID or slug.</summary>
    public async Task<Outcome<OrganizationOverview>> RunAsync(Caller caller, string key, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        switch (await OrganizationReach.FindAsync(store, caller, key, Permission, cancel))
        {
            case Outcome<(Organization Organization, Access Access)>.Done({ Organization: var organization, Access: var access }):
                return new Outcome<OrganizationOverview>.Done(await ReadAsync(store, organization, access, Instant.Now(clock), cancel));
            case var kept:
                return kept.Then<OrganizationOverview>(_ => throw new InvalidOperationException("It was reached."));
        }
    }

    private static async Task<OrganizationOverview> ReadAsync(BillingStore store, Organization organization, Access access, Instant now, CancellationToken cancel)
    {
        var id = organization.Id;
        var accounts = await store.Accounts.Where(a => a.OrganizationId == id).OrderBy(a => a.Account).ToListAsync(cancel);
        var events = await store.OrganizationEvents.AsNoTracking().Where(e => e.OrganizationId == id).OrderByDescending(e => e.Id).Take(EventsShown).ToListAsync(cancel);
        var around = await store.Heads.Where(h => h.OrganizationId == id)
            .Select(h => new { h.Seq, HasBelow = store.Organizations.Any(below => below.ParentId == id) }).FirstAsync(cancel);
        var above = organization.ParentId is { } parent
            ? await store.Organizations.Where(o => o.Id == parent).Select(o => new { o.Id, o.Name, o.Path }).FirstOrDefaultAsync(cancel)
            : null;

        // A sub-organization learns its reseller's name only where the caller may see the reseller too; never more than the name.
        var reseller = above is not null && access.May(Permission, above.Path) ? new ResellerName(above.Id, above.Name) : null;
        return new OrganizationOverview(organization, reseller, around.HasBelow, around.Seq, Customers(accounts), [.. events],
            permission => access.May(permission, organization.Path))
        {
            Limits = access.May(Permission.ReadJournal, organization.Path) ? await LimitsAsync(store, organization, now, cancel) : null,
        };
    }

    /// <summary>The rule as it acts: where somebody else pays, theirs recharges and its own cap counts all the same.</summary>
    private static async Task<OrganizationLimits> LimitsAsync(BillingStore store, Organization organization, Instant now, CancellationToken cancel)
    {
        var rule = await store.BillingRules.FirstOrDefaultAsync(row => row.OrganizationId == organization.Id, cancel);
        var card = rule?.PaymentMethodId is { } chosen ? await store.PaymentMethods.FirstOrDefaultAsync(row => row.Id == chosen, cancel) : null;
        var spent = rule is { CapEnabled: true }
            ? (await SpendReading.ReadAsync(store, [organization], new Dictionary<long, BillingRuleRow> { [organization.Id] = rule }, now, cancel))[organization.Id]
            : null;
        return new OrganizationLimits(rule, card is null ? null : CardNames.Of(card.Brand, card.Last4), spent);
    }

    private static ImmutableArray<Account> Customers(List<AccountRow> accounts) =>
    [
        .. accounts.Select(row => new Account(new AccountKey(row.Account), row.Balance, row.ExpiresAt is { } lapse ? new Instant(lapse) : null))
            .Where(account => ChartOfAccounts.IsCustomers(account.Key.Kind)),
    ];
}

/// <summary>Recharge and cap of an organization, in short.</summary>
/// <param name="Rule">What was set; null where nobody has set anything yet.</param>
/// <param name="Card">The card that recharges charge.</param>
/// <param name="Spent">The cap's open window; null where no cap is on.</param>
public sealed record OrganizationLimits(BillingRuleRow? Rule, string? Card, SpentWindow? Spent);

/// <summary>The name of the organization above.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name.</param>
public sealed record ResellerName(long Id, string Name);

/// <summary>An organization as its page shows it.</summary>
/// <param name="Organization">Who it is.</param>
/// <param name="Reseller">The organization above, where the caller may see it.</param>
/// <param name="IsReseller">True where it has sub-organizations.</param>
/// <param name="Entries">How many entries its journal has.</param>
/// <param name="Accounts">The accounts on the customer's side.</param>
/// <param name="Events">The latest events, newest first.</param>
/// <param name="May">What the caller may do there.</param>
public sealed record OrganizationOverview(
    Organization Organization, ResellerName? Reseller, bool IsReseller, long Entries, ImmutableArray<Account> Accounts,
    ImmutableArray<OrganizationEvent> Events, Predicate<Permission> May)
{
    /// <summary>What recharges it and what stops it; null where the caller may not see that.</summary>
    public OrganizationLimits? Limits { get; init; }

    /// <summary>True where its parent's balance pays for it.</summary>
    public bool IsPaidFor => Organization.PayerId is not null;

    /// <summary>A kind's balance over all its lots.</summary>
    public Money BalanceOf(params IEnumerable<AccountKind> kinds) =>
        new(Accounts.Where(account => kinds.Contains(account.Key.Kind)).Sum(account => account.Balance), Organization.Money);

    /// <summary>Cash + bonus + overdraft (rules §4).</summary>
    public Money Balance => BalanceOf(AccountKind.Cash, AccountKind.Bonus, AccountKind.Overdraft);

    /// <summary>All buckets, overdraft included.</summary>
    public Money Held => BalanceOf(ChartOfAccounts.Buckets);

    /// <summary>Unbilled and invoiced receivable.</summary>
    public Money Owed => BalanceOf(AccountKind.UnbilledReceivable, AccountKind.InvoicedReceivable);

    /// <summary>Whether it can be charged.</summary>
    public OrganizationState State => Organization switch
    {
        { Disabled: true } => OrganizationState.Disabled,
        { BlockedCause: not null } => OrganizationState.Blocked,
        _ => OrganizationState.Active,
    };
}
