using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.AdjustingBalances;

/// <summary>What the page says about an organization whose balance is adjusted.</summary>
/// <param name="Organization">Which.</param>
/// <param name="Ledger">What it holds.</param>
/// <param name="Role">The caller's role there.</param>
/// <param name="MayRaiseCash">Whether the caller may raise cash.</param>
/// <param name="CallerName">The caller's own name, as receipts show it.</param>
/// <param name="Median">The median size of its recent entries, not counting usage where there are enough others; null where there are too few.</param>
public sealed record AdjustedOrganization(
    Organization Organization, LedgerState Ledger, Role Role, bool MayRaiseCash, string CallerName, Money? Median)
{
    /// <summary>Its number.</summary>
    public OrganizationId Id => Ledger.Organization;

    /// <summary>What the caller may move alone in a day.</summary>
    public Money Limit => new(Role.DailyLimit * Money.Unit, Ledger.Currency);

    /// <summary>True where <paramref name="preview"/> moves so much that it is asked about.</summary>
    public bool IsUnusual(Preview preview) =>
        UnusualSize.Is(preview.Effects.OfType<Effect.Post>().Sum(post => post.Entry.Size), Median?.Micros);
}

/// <summary>Reads it.</summary>
public sealed class GetAdjustedOrganization(IDbContextFactory<BillingStore> stores) : ICapability
{
    private const int Recent = 200;

    /// <inheritdoc />
    public static Permission Permission => Permission.AdjustBalances;

    /// <summary>The organization with this number, or what keeps the caller from adjusting it.</summary>
    public async Task<Outcome<AdjustedOrganization>> RunAsync(Caller caller, OrganizationId id, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel);
        return await access.Reach(found, Permission).ThenAsync<AdjustedOrganization>(async organization =>
        {
            var name = await store.Users.Where(u => u.Id == caller.UserId).Select(u => u.DisplayName).FirstOrDefaultAsync(cancel);
            return new Outcome<AdjustedOrganization>.Done(new AdjustedOrganization(
                organization,
                await LedgerAsync(store, organization, cancel),
                access.RoleAt(organization.Path)!,
                access.May(Permission.RaiseCash, organization.Path),
                string.IsNullOrEmpty(name) ? "you" : name,
                await MedianAsync(store, organization, cancel)));
        });
    }

    /// <summary>True where something was posted under <paramref name="key"/>: whether a submit whose answer was lost had reached the ledger.</summary>
    public async Task<bool> IsPostedAsync(Caller caller, OrganizationId id, string key, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel);
        return access.Reach(found, Permission) is Outcome<Organization>.Done
            && await store.Entries.AnyAsync(e => e.OrganizationId == id.Value && e.IdempotencyKey == key, cancel);
    }

    private static async Task<LedgerState> LedgerAsync(BillingStore store, Organization organization, CancellationToken cancel)
    {
        var accounts = await store.Accounts.Where(a => a.OrganizationId == organization.Id).ToListAsync(cancel);
        return new LedgerState
        {
            Organization = new OrganizationId(organization.Id),
            Currency = organization.Money,
            ChargingModel = organization.ChargingModel,
            AllowOverdraft = organization.AllowOverdraft,
            Disabled = organization.Disabled,
            Blocked = organization.BlockedCause,
            ClosedUntil = new Instant(organization.ClosedUntil ?? long.MinValue),
            TimeZone = organization.TimeZone,
            Accounts = accounts.ToImmutableSortedDictionary(
                a => new AccountKey(a.Account), a => new Account(new AccountKey(a.Account), a.Balance, a.ExpiresAt is { } at ? new Instant(at) : null)),
        };
    }

    private static async Task<Money?> MedianAsync(BillingStore store, Organization organization, CancellationToken cancel)
    {
        var latest = await store.Entries.Where(e => e.OrganizationId == organization.Id).OrderByDescending(e => e.Seq).Take(Recent)
            .Select(e => new { Kind = (EntryKind)e.Kind, e.NetAmount }).ToListAsync(cancel);
        var median = UnusualSize.Median(latest.Where(entry => !IsUsage(entry.Kind)).Select(entry => Math.Abs(entry.NetAmount)))
            ?? UnusualSize.Median(latest.Select(entry => Math.Abs(entry.NetAmount)));
        return median is { } micros ? new Money(micros, organization.Money) : null;
    }

    /// <summary>Charges are many and small; they say little about what is ordinary by hand.</summary>
    private static bool IsUsage(EntryKind kind) => kind is EntryKind.Charge or EntryKind.ChargeCredit;
}
