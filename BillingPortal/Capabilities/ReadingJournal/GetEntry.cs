using System.Collections.Immutable;
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

        if (await EntryReading.FindAsync(store, organization, seq, cancel) is not { } entry)
        {
            return new Outcome<EntryView>.NotFound("There is no such entry.");
        }

        var consumer = entry.Entry.Postings.Select(posting => posting.Account.Consumer).FirstOrDefault(who => who is not null);
        var names = await ConsumerNames.ReadAsync(store, access, [consumer], cancel);
        return new Outcome<EntryView>.Done(new EntryView(found, entry, access.May(EntryUndo.Needs(entry), found.Path))
        {
            Consumer = consumer is { } who ? (who, names.GetValueOrDefault(who)) : null,
            Documents = access.May(Permission.ReadInvoices, found.Path) ? [.. (await BookedDocument.OfAsync(store, organization, [seq], cancel))[seq]] : [],
        });
    }
}

/// <summary>An entry as its page shows it.</summary>
/// <param name="Organization">Whose.</param>
/// <param name="Chain">The entry in its chain.</param>
/// <param name="MayUndo">True where the caller holds the permission to undo.</param>
public sealed record EntryView(Organization Organization, EntryInChain Chain, bool MayUndo)
{
    /// <summary>Who used it, where this ledger paid for somebody else, and the name where the caller may know it.</summary>
    public (OrganizationId Id, string? Name)? Consumer { get; init; }

    /// <summary>The invoices and credit notes in whose life it stands, where the caller may see them.</summary>
    public ImmutableArray<BookedDocument> Documents { get; init; } = [];
}
