using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.ReadingJournal;

/// <summary>One entry, with what stands beside it.</summary>
public sealed class GetEntry(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ReadJournal;

    /// <summary>Reads it.</summary>
    public async Task<Outcome<EntryView>> RunAsync(Caller caller, OrganizationId organization, long seq, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var reached = await JournalReach.OfAsync(store, caller, organization, cancel);
        if (reached is not Outcome<JournalReach>.Done { Value: { Organization: { } found, Access: var access } })
        {
            return reached.Then<EntryView>(_ => throw new InvalidOperationException("Only what is not done goes on."));
        }

        return await EntryReading.FindAsync(store, organization, seq, cancel) is { } entry
            ? new Outcome<EntryView>.Done(new EntryView(found, entry, access.May(EntryUndo.Needs(entry), found.Path)))
            : new Outcome<EntryView>.NotFound("There is no such entry.");
    }
}

/// <summary>An entry as its page shows it.</summary>
/// <param name="Organization">Whose.</param>
/// <param name="Chain">The entry in its chain.</param>
/// <param name="MayUndo">True where the caller holds the permission to undo.</param>
public sealed record EntryView(Organization Organization, EntryInChain Chain, bool MayUndo);
