using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Rating;
using BillingPortal.Store;
using BillingPortal.Store.Rating;
using Microsoft.EntityFrameworkCore;
using System.Collections.Immutable;

namespace BillingPortal.Capabilities.RatingUsage;

/// <summary>Which month is rated again.</summary>
/// <param name="Month">The month.</param>
/// <param name="Service">Only this service; null for all.</param>
public sealed record RateAgainForm(BillingPeriod Month, string? Service = null);

/// <summary>
/// Rates a month's usage again after its rates changed: from above only, where rates are given; and where another's ledger pays or paid, by
/// those who may at that ledger, too.
/// </summary>
public sealed class RatingAgain(IDbContextFactory<BillingStore> stores, JournalWriter writer) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageBilling;

    /// <summary>What the page needs to begin.</summary>
    public async Task<Outcome<RateAgainDesk>> OpenAsync(Caller caller, OrganizationId id, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await (await ReachAsync(store, caller, id, cancel)).ThenAsync<RateAgainDesk>(async organization =>
        {
            var name = await store.Users.Where(u => u.Id == caller.UserId).Select(u => u.DisplayName).FirstOrDefaultAsync(cancel);
            return new Outcome<RateAgainDesk>.Done(new RateAgainDesk(organization, await RatedUsageReading.MonthsAsync(store, id, cancel), string.IsNullOrEmpty(name) ? "you" : name));
        });
    }

    /// <summary>What it would correct now.</summary>
    public async Task<Outcome<Preview>> PreviewAsync(Caller caller, OrganizationId id, RateAgainForm form, string key, CancellationToken cancel) =>
        await (await CommandAsync(caller, id, form, key, cancel)).ThenAsync(command => writer.PreviewAsync(command, cancel));

    /// <summary>Commits what a preview showed, and nothing else.</summary>
    public async Task<Outcome<Receipt>> CommitAsync(Caller caller, OrganizationId id, RateAgainForm form, Agreement agreement, string key, CancellationToken cancel) =>
        await (await CommandAsync(caller, id, form, key, cancel)).ThenAsync(command => writer.RunAsync(command, agreement, cancel));

    private async Task<Outcome<RateAgain>> CommandAsync(Caller caller, OrganizationId id, RateAgainForm form, string key, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await (await ReachAsync(store, caller, id, cancel)).ThenAsync<RateAgain>(async organization =>
        {
            var charged = await RatedUsageReading.LedgersAsync(store, id, form.Month, form.Service, cancel);
            var access = await Access.ReadAsync(store, caller, cancel);
            return await MayAtAsync(store, access, charged, cancel)
                ? new Outcome<RateAgain>.Done(new RateAgain(caller.Actor, key, id)
                {
                    Payer = organization.PayerId is { } payer ? new OrganizationId(payer) : null,
                    Charged = charged,
                    Period = form.Month,
                    Service = form.Service,
                    Limit = access.RoleAt(organization.Path)!.DailyLimit * Money.Unit,
                })
                : Elsewhere<RateAgain>();
        });
    }

    private static async Task<bool> MayAtAsync(BillingStore store, Access access, ImmutableArray<OrganizationId> ledgers, CancellationToken cancel)
    {
        var numbers = ledgers.Select(ledger => ledger.Value).ToList();
        return (await store.Organizations.Where(o => numbers.Contains(o.Id)).Select(o => o.Path).ToListAsync(cancel)).TrueForAll(path => access.May(Permission, path));
    }

    private static Outcome<T> Elsewhere<T>() =>
        new Outcome<T>.Refused(new Refusal(RefusalCode.Forbidden, "Another ledger pays for it, or paid for this month: those who manage billing there rate it again."));

    private static async Task<Outcome<Organization>> ReachAsync(BillingStore store, Caller caller, OrganizationId id, CancellationToken cancel)
    {
        var access = await Access.ReadAsync(store, caller, cancel);
        var reached = access.ReachFromAbove(await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel), Permission);
        return reached is Outcome<Organization>.Done { Value.PayerId: { } payer } && !await MayAtAsync(store, access, [new OrganizationId(payer)], cancel) ? Elsewhere<Organization>() : reached;
    }
}

/// <summary>What the page of rating again begins with.</summary>
/// <param name="Organization">Whose usage.</param>
/// <param name="Months">The months that have any, newest first.</param>
/// <param name="CallerName">Who acts.</param>
public sealed record RateAgainDesk(Organization Organization, ImmutableArray<BillingPeriod> Months, string CallerName);
