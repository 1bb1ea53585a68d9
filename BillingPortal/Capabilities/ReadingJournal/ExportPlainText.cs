using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.ReadingJournal;

/// <summary>Whole journals as a plain-text accounting journal, which hledger and ledger read (<see cref="PlainTextJournal"/>).</summary>
public sealed class ExportPlainText(IDbContextFactory<BillingStore> stores, TimeProvider clock) : ICapability
{
    private const int OrganizationsAtOnce = 200;
    private const int EntriesAtOnce = 500;

    /// <inheritdoc />
    public static Permission Permission => Permission.ReadJournal;

    /// <summary>What writes the journal of one organization, or of all that the caller may read, to a stream.</summary>
    public async Task<Outcome<Func<TextWriter, CancellationToken, Task>>> RunAsync(Caller caller, OrganizationId? organization, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var reached = await JournalReach.OfAsync(store, caller, organization, cancel);
        return reached.Then<Func<TextWriter, CancellationToken, Task>>(reach =>
            new Outcome<Func<TextWriter, CancellationToken, Task>>.Done((output, stop) => WriteAsync(reach, output, stop)));
    }

    private async Task WriteAsync(JournalReach reach, TextWriter output, CancellationToken cancel)
    {
        var journal = new PlainTextJournal(output);
        await journal.BeginAsync(Instant.Now(clock));
        var after = 0L;
        while (true)
        {
            var organizations = reach.Organization is { } only ? [only] : await NextAsync(reach.Scope, after, cancel);
            foreach (var organization in organizations)
            {
                await WriteAsync(journal, organization, cancel);
            }

            if (reach.Organization is not null || organizations.Count < OrganizationsAtOnce)
            {
                return;
            }

            after = organizations[^1].Id;
        }
    }

    private async Task WriteAsync(PlainTextJournal journal, Organization organization, CancellationToken cancel)
    {
        var (after, pages) = (0L, ImmutableArray<Domain.Ledger.JournalEntry>.Empty);
        do
        {
            await using (var store = await stores.CreateDbContextAsync(cancel))
            {
                pages = await EntryReading.FollowingAsync(store, new OrganizationId(organization.Id), after, EntriesAtOnce, cancel);
            }

            foreach (var entry in pages)
            {
                await journal.WriteAsync(organization, entry);
                after = entry.Seq;
            }
        }
        while (pages.Length == EntriesAtOnce);
        await journal.EndAsync(organization);
    }

    private async Task<List<Organization>> NextAsync(JournalScope scope, long after, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var organizations = store.Organizations.AsNoTracking().Where(o => o.Id > after);
        if (scope is JournalScope.Trees(var ranges))
        {
            // Each range of paths is walked by the path's index; the union keeps them apart.
#pragma warning disable CA1309 // translated to SQL, where the path's collation is binary
            organizations = ranges.Select(range => organizations.Where(o => string.Compare(o.Path, range.From) >= 0 && string.Compare(o.Path, range.Until) < 0))
                .Aggregate(organizations.Where(o => false), (all, tree) => all.Union(tree));
#pragma warning restore CA1309
        }

        return await organizations.OrderBy(o => o.Id).Take(OrganizationsAtOnce).ToListAsync(cancel);
    }
}
