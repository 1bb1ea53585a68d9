using System.Runtime.CompilerServices;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.ReadingJournal;

/// <summary>Every entry that a journal's page would show under the same filter, all pages, newest first.</summary>
public sealed class ExportJournal(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ReadJournal;

    /// <summary>The export, to be read as it is sent. A filter that cannot be meant is refused: a file must not hold more than was asked.</summary>
    public async Task<Outcome<JournalExport>> RunAsync(
        Caller caller, OrganizationId? organization, JournalForm form, TimeZoneInfo elsewhere, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var reached = await JournalReach.OfAsync(store, caller, organization, cancel);
        if (reached is not Outcome<JournalReach>.Done { Value: var reach })
        {
            return reached.Then<JournalExport>(_ => throw new InvalidOperationException("Only what is not done goes on."));
        }

        var (filter, errors) = await reach.FilterAsync(store, form, elsewhere, cancel);
        return errors.IsEmpty
            ? new Outcome<JournalExport>.Done(new JournalExport(reach.Organization, LinesAsync(reach.Scope, filter, cancel)))
            : new Outcome<JournalExport>.Invalid(errors);
    }

    private async IAsyncEnumerable<(JournalLine Line, ActorName Actor)> LinesAsync(
        JournalScope scope, JournalFilter filter, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var page in JournalReading.AllAsync(stores, scope, filter, cancel))
        {
            await using var store = await stores.CreateDbContextAsync(cancel);
            var names = await ActorNames.ReadAsync(store, page.Lines.Select(line => line.Actor), cancel);
            foreach (var line in page.Lines)
            {
                yield return (line, names[line.Actor]);
            }
        }
    }
}

/// <summary>An export of entries.</summary>
/// <param name="Organization">Whose; null for many.</param>
/// <param name="Lines">The entries, read as they are asked for.</param>
public sealed record JournalExport(Organization? Organization, IAsyncEnumerable<(JournalLine Line, ActorName Actor)> Lines);
