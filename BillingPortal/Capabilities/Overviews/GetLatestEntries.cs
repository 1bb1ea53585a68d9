using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Overviews;

/// <summary>An organization's newest entries with their postings: enough to see what happened last.</summary>
public sealed class GetLatestEntries(IDbContextFactory<BillingStore> stores) : ICapability
{
    private const int Shown = 8;

    /// <inheritdoc />
    public static Permission Permission => Permission.ReadJournal;

    /// <summary>The newest entries, newest first.</summary>
    public async Task<Outcome<ImmutableArray<LatestEntry>>> RunAsync(Caller caller, OrganizationId organization, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        if (await OrganizationReach.FindAsync(store, caller, organization.ToString(), Permission, cancel) is var reached
            && reached is not Outcome<(Organization, Access)>.Done)
        {
            return reached.Then<ImmutableArray<LatestEntry>>(_ => throw new InvalidOperationException("It was reached."));
        }

        var lines = (await JournalReading.PageAsync(store, new JournalScope.Of(organization), JournalFilter.None, new JournalPlace(Shown), cancel)).Lines;
        var names = await ActorNames.ReadAsync(store, lines.Select(line => line.Actor), cancel);
        var seqs = lines.Select(line => line.Seq).ToArray();
        var accounts = store.Accounts.Where(a => a.OrganizationId == organization.Value);
        var postings = await accounts.Join(store.Postings, a => new { a.OrganizationId, a.Account }, p => new { p.OrganizationId, p.Account }, (_, p) => p)
            .Where(p => seqs.Contains(p.Seq)).OrderBy(p => p.Account).ToListAsync(cancel);
        var consumers = await ConsumerNames.ReadAsync(store, ((Outcome<(Organization Organization, Access Access)>.Done)reached).Value.Access, lines.Select(line => line.Consumer), cancel);
        var bySeq = postings.ToLookup(p => p.Seq, p => new Posting(new AccountKey(p.Account), p.Amount, p.BalanceAfter));
        return new Outcome<ImmutableArray<LatestEntry>>.Done([.. lines.Select(line => new LatestEntry(line, names[line.Actor], [.. bySeq[line.Seq]]) { Consumer = line.Consumer is { } who ? consumers.GetValueOrDefault(who) : null })]);
    }
}

/// <summary>One of the newest entries.</summary>
/// <param name="Line">The entry.</param>
/// <param name="Actor">Who made it.</param>
/// <param name="Postings">Its lines, by account.</param>
public sealed record LatestEntry(JournalLine Line, ActorName Actor, ImmutableArray<Posting> Postings)
{
    /// <summary>The name of who used it, where this ledger paid for somebody else and the caller may know.</summary>
    public string? Consumer { get; init; }
}
