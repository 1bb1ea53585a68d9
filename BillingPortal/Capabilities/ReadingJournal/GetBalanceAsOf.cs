using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.ReadingJournal;

/// <summary>Every account of an organization at a past instant, by effective time or by what was recorded then.</summary>
public sealed class GetBalanceAsOf(IDbContextFactory<BillingStore> stores, TimeProvider clock) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ReadJournal;

    /// <summary>Reads it. An instant in the future reads as things stand.</summary>
    public async Task<Outcome<BalancesAsOf>> RunAsync(Caller caller, OrganizationId organization, Instant at, EntryTime by, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var reached = await JournalReach.OfAsync(store, caller, organization, cancel);
        return reached is Outcome<JournalReach>.Done
            ? new Outcome<BalancesAsOf>.Done(await BalanceReading.AsOfAsync(store, organization, at, by, cancel))
            : reached.Then<BalancesAsOf>(_ => throw new InvalidOperationException("Only what is not done goes on."));
    }

    /// <summary>The same by both times at once, at the moment that <paramref name="asked"/> means in the organization's zone.</summary>
    public async Task<Outcome<BothBalances>> CompareAsync(Caller caller, OrganizationId organization, string? asked, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var reached = await JournalReach.OfAsync(store, caller, organization, cancel);
        if (reached is not Outcome<JournalReach>.Done { Value.Organization: { } found })
        {
            return reached.Then<BothBalances>(_ => throw new InvalidOperationException("Only what is not done goes on."));
        }

        var moment = AskedMoment.Read(asked, found.Zone, Instant.Now(clock));
        var effective = await BalanceReading.AsOfAsync(store, organization, moment.At, EntryTime.Effective, cancel);
        var recorded = await BalanceReading.AsOfAsync(store, organization, moment.At, EntryTime.Recorded, cancel);
        var last = await store.Heads.Where(h => h.OrganizationId == organization.Value).Select(h => h.Seq).FirstOrDefaultAsync(cancel);
        return new Outcome<BothBalances>.Done(new BothBalances(found, moment, effective, recorded, last));
    }
}

/// <summary>Balances at one instant, read by both times.</summary>
/// <param name="Organization">Whose.</param>
/// <param name="Moment">Which instant, and how it was understood.</param>
/// <param name="Effective">By when entries took effect.</param>
/// <param name="Recorded">By when they were written.</param>
/// <param name="LastSeq">The journal's last entry.</param>
public sealed record BothBalances(Organization Organization, AskedMoment Moment, BalancesAsOf Effective, BalancesAsOf Recorded, long LastSeq);
