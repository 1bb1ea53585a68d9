using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.ReadingJournal;

/// <summary>A page of one organization's journal, or of all journals that the caller may read, newest first.</summary>
public sealed class GetHistoryPage(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ReadJournal;

    /// <summary>Reads it.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="organization">Whose journal; null for every one that the caller may read.</param>
    /// <param name="form">Which entries.</param>
    /// <param name="place">Which page.</param>
    /// <param name="elsewhere">The zone in which days begin where no organization gives it.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Outcome<HistoryPage>> RunAsync(
        Caller caller, OrganizationId? organization, JournalForm form, JournalPlace place, TimeZoneInfo elsewhere, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var reached = await JournalReach.OfAsync(store, caller, organization, cancel);
        if (reached is not Outcome<JournalReach>.Done { Value: var reach })
        {
            return reached.Then<HistoryPage>(_ => throw new InvalidOperationException("Only what is not done goes on."));
        }

        var (filter, errors) = await reach.FilterAsync(store, form, elsewhere, cancel);
        var page = await JournalReading.PageAsync(store, reach.Scope, filter, place, cancel);
        var count = await JournalReading.CountAsync(store, reach.Scope, filter, HistoryPage.Enough, cancel);
        var names = await ActorNames.ReadAsync(store, page.Lines.Select(line => line.Actor), cancel);
        var consumers = await ConsumerNames.ReadAsync(store, reach.Access, page.Lines.Select(line => line.Consumer), cancel);
        return new Outcome<HistoryPage>.Done(new HistoryPage(reach.Organization, filter, errors, page, count, names) { Consumers = consumers });
    }
}

/// <summary>A page of a journal, as it is shown.</summary>
/// <param name="Organization">Whose; null for many.</param>
/// <param name="Filter">What was asked.</param>
/// <param name="Errors">What could not be meant, by name in the address; the filter leaves it out.</param>
/// <param name="Page">The entries.</param>
/// <param name="Counted">How many match, counted up to <see cref="Enough"/>.</param>
/// <param name="Names">Who made them.</param>
public sealed record HistoryPage(
    Organization? Organization, JournalFilter Filter, ImmutableArray<FieldError> Errors, JournalPageLines Page, int Counted,
    ImmutableDictionary<Actor, ActorName> Names)
{
    /// <summary>For whom entries were that paid for somebody else, as far as the caller may know.</summary>
    public ImmutableDictionary<OrganizationId, string> Consumers { get; init; } = ImmutableDictionary<OrganizationId, string>.Empty;

    /// <summary>Where counting stops.</summary>
    public const int Enough = 1_001;
}
