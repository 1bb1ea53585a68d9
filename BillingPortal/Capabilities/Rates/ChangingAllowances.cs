using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Rating;
using BillingPortal.Store;
using BillingPortal.Store.Rating;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Rates;

/// <summary>
/// Gives an organization an inclusive volume or a data package, and ends it. They are given from above; the organization's own people may end a volume,
/// with the month, those above end it at once.
/// </summary>
public sealed class ChangingAllowances(IDbContextFactory<BillingStore> stores, OrganizationWriter writer) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageBilling;

    /// <summary>Adds one.</summary>
    public async Task<Outcome<Allowance>> AddAsync(Caller caller, OrganizationId id, AllowanceKind kind, AllowanceWish wish, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        return await access.ReachFromAbove(await FindAsync(store, id, cancel), Permission)
            .ThenAsync(found => writer.RunAsync([id.Value], edits => AddAsync(edits, caller, access, found, kind, wish), cancel));
    }

    /// <summary>Contract 4's POST of a volume.</summary>
    public async Task<ApiAnswer> AddAsync(Caller caller, OrganizationId id, NumberedWish<AllowanceWish, Allowance> wish, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        return await wish.RunAsync(writer, access.ReachFromAbove(await FindAsync(store, id, cancel), Permission),
            (edits, found, form) => AddAsync(edits, caller, access, found, AllowanceKind.Volume, form), cancel);
    }

    /// <summary>Ends one: at once from above, with the month by the organization's own people.</summary>
    public async Task<Outcome<Allowance>> EndAsync(Caller caller, OrganizationId id, AllowanceKind kind, long number, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        return await Reach(access, await FindAsync(store, id, cancel), kind)
            .ThenAsync(found => writer.RunAsync([id.Value], edits => EndAsync(edits, caller, access, found, kind, number), cancel));
    }

    /// <summary>Contract 4's DELETE of a volume.</summary>
    public async Task<ApiAnswer> EndAsync(Caller caller, OrganizationId id, NumberedWish<long, Acknowledged> wish, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        return await wish.RunAsync(writer, Reach(access, await FindAsync(store, id, cancel), AllowanceKind.Volume), async (edits, found, number) =>
            (await EndAsync(edits, caller, access, found, AllowanceKind.Volume, number)).Then<Acknowledged>(_ => new Outcome<Acknowledged>.Done(Acknowledged.It)), cancel);
    }

    private static Task<Organization?> FindAsync(BillingStore store, OrganizationId id, CancellationToken cancel) =>
        store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel);

    /// <summary>A package is paid for: only those who gave it end it. A volume its own people may end, too.</summary>
    private static Outcome<Organization> Reach(Access access, Organization? organization, AllowanceKind kind) =>
        kind == AllowanceKind.Package || (organization is not null && access.MayFromAbove(organization, Permission))
            ? access.ReachFromAbove(organization, Permission)
            : access.Reach(organization, Permission);

    private static async Task<Outcome<Allowance>> AddAsync(OrganizationEdits edits, Caller caller, Access access, Organization found, AllowanceKind kind, AllowanceWish wish)
    {
        var register = new RateRegister(edits, found.Id, caller.UserId);
        return await Allowances.Add(wish, kind, await register.AllowancesAsync(), BillingPeriod.Of(edits.Now, found.Zone)).ThenAsync<Allowance>(async made =>
            new Outcome<Allowance>.Done(await register.AddAsync(made, wish.Price, found.Money, access.PlatformRole is null ? found.ParentId : null)));
    }

    private static async Task<Outcome<Allowance>> EndAsync(OrganizationEdits edits, Caller caller, Access access, Organization found, AllowanceKind kind, long number)
    {
        var register = new RateRegister(edits, found.Id, caller.UserId);
        if ((await register.AllowancesAsync()).FirstOrDefault(allowance => allowance.Kind == kind && allowance.Id == number) is not { } standing)
        {
            return new Outcome<Allowance>.NotFound(kind == AllowanceKind.Package ? "There is no such data package." : "There is no such inclusive volume.");
        }

        return await Allowances.End(standing, access.MayFromAbove(found, Permission), BillingPeriod.Of(edits.Now, found.Zone), edits.Now).ThenAsync<Allowance>(async left =>
        {
            await register.EndAsync(left);
            return new Outcome<Allowance>.Done(left);
        });
    }
}
