using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.ReadingJournal;

/// <summary>What of the journals a caller may read, and about whom they ask.</summary>
/// <param name="Access">What the caller may do.</param>
/// <param name="Organization">The one organization asked about; null for all within reach.</param>
/// <param name="Scope">Whose entries that are.</param>
internal sealed record JournalReach(Access Access, Organization? Organization, JournalScope Scope)
{
    public static async Task<Outcome<JournalReach>> OfAsync(BillingStore store, Caller caller, OrganizationId? organization, CancellationToken cancel)
    {
        var access = await Access.ReadAsync(store, caller, cancel);
        if (organization is not { } id)
        {
            return access.MaySomewhere(Permission.ReadJournal)
                ? new Outcome<JournalReach>.Done(new JournalReach(access, null, JournalScope.Reachable(access, Permission.ReadJournal)))
                : new Outcome<JournalReach>.Refused(Access.Missing(Permission.ReadJournal));
        }

        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel);
        return access.Reach(found, Permission.ReadJournal).Then<JournalReach>(reached =>
            new Outcome<JournalReach>.Done(new JournalReach(access, reached, new JournalScope.Of(id))));
    }

    public async Task<(JournalFilter Filter, ImmutableArray<FieldError> Errors)> FilterAsync(
        BillingStore store, JournalForm form, TimeZoneInfo elsewhere, CancellationToken cancel)
    {
        var (filter, errors) = form.Read(Organization?.Zone ?? elsewhere);
        return (form.Actor is { } actor ? filter with { Actors = await ActorNames.FindAsync(store, actor, cancel) } : filter, errors);
    }
}
