using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Plans;
using BillingPortal.Store;
using BillingPortal.Store.Plans;
using BillingPortal.Store.Writing;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.ChangingPlans;

/// <summary>A program's wish about a plan: what it wants, or why that cannot be meant, and how it is kept under its key.</summary>
/// <param name="Reach">Finds the organization, and what the caller may do.</param>
/// <param name="Wish">What is wished, where the contract's names of plans are the catalogue's.</param>
/// <param name="Key">The <c>Idempotency-Key</c>; null where none was sent.</param>
/// <param name="RequestHash">SHA-256 of route and body.</param>
public sealed record PlanCall(
    Func<BillingStore, CancellationToken, Task<Outcome<(Access Access, Organization Organization)>>> Reach, Func<PlanCatalogue, Outcome<SubscriptionWish>> Wish, string? Key, Hash256 RequestHash);

/// <summary>
/// Changes a plan for a program (contracts 2 and 5). The answer tells what became of the payment, which is known only after the wish was committed: it is kept
/// under its key then, and until it is, the same key finds what the wish did and answers from that.
/// </summary>
public sealed class ChangePlanForProgram(IDbContextFactory<BillingStore> stores, ChangingPlan changing, GetPlan plans, OrganizationWriter writer) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageBilling;

    /// <summary>Does it and answers.</summary>
    public async Task<ApiAnswer> RunAsync(Caller caller, PlanCall call, Func<Outcome<PlanFile>, ApiAnswer> render, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var reached = await call.Reach(store, cancel);
        if (reached is not Outcome<(Access Access, Organization Organization)>.Done { Value: var (access, organization) })
        {
            return render(reached.Then<PlanFile>(_ => throw new InvalidOperationException("It was not reached.")));
        }

        var kept = new KeptRequest(organization.Id, call.Key, call.RequestHash);
        if (call.Key is { } key && await ApiReceipts.FindAsync(store.Database.GetDbConnection(), organization.Id, key) is not null)
        {
            return await writer.RunAsync(Array.Empty<long>(), kept, _ => throw new InvalidOperationException("It is kept."), finish: null, render, CancellationToken.None);
        }

        var done = await call.Wish(await PlanReading.CatalogueAsync(store, cancel)).ThenAsync(wish =>
            changing.CommitAsync(caller, ChangingPlan.Command(caller, access, organization, wish, JournalKey.OfProgram(call.Key)), Agreement.OfProgram, cancel));
        var answer = await done.ThenAsync<PlanFile>(async _ =>
        {
            await using var after = await stores.CreateDbContextAsync(CancellationToken.None);
            var now = await after.Organizations.AsNoTracking().FirstAsync(o => o.Id == organization.Id, CancellationToken.None);
            return new Outcome<PlanFile>.Done(await plans.ReadAsync(after, access, now, CancellationToken.None));
        });
        return call.Key is null
            ? render(answer)
            : await writer.RunAsync(Array.Empty<long>(), kept, _ => Task.FromResult(answer), finish: null, render, CancellationToken.None);
    }
}

/// <summary>How programs name an organization.</summary>
internal static class PlanReach
{
    /// <summary>By its UUID.</summary>
    public static async Task<Outcome<(Access Access, Organization Organization)>> ByUuidAsync(
        BillingStore store, Caller caller, Guid uuid, Permission permission, bool onPlatform, CancellationToken cancel)
    {
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Uuid == uuid, cancel);
        return access.Reach(found, permission).Then<(Access, Organization)>(organization => onPlatform && !access.MayOnPlatform(permission)
            ? new Outcome<(Access, Organization)>.Refused(new Refusal(RefusalCode.Forbidden, "This route is for platform staff."))
            : new Outcome<(Access, Organization)>.Done((access, organization)));
    }
}
