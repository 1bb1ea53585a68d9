using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Overviews;

/// <summary>How a bucket came to hold what it holds: its last postings, over all its lots.</summary>
public sealed class GetAccountStory(IDbContextFactory<BillingStore> stores) : ICapability
{
    private const int Shown = 5;

    /// <inheritdoc />
    public static Permission Permission => Permission.ReadJournal;

    /// <summary>The last postings of <paramref name="kind"/>, oldest first, adding up to what it holds now.</summary>
    public async Task<Outcome<AccountStory>> RunAsync(Caller caller, OrganizationId organization, AccountKind kind, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        switch (await OrganizationReach.FindAsync(store, caller, organization.ToString(), Permission, cancel))
        {
            case Outcome<(Organization Organization, Access Access)>.Done({ Organization: var found }):
                return new Outcome<AccountStory>.Done(await ReadAsync(store, found, kind, cancel));
            case var kept:
                return kept.Then<AccountStory>(_ => throw new InvalidOperationException("It was reached."));
        }
    }

    private static async Task<AccountStory> ReadAsync(BillingStore store, Organization organization, AccountKind kind, CancellationToken cancel)
    {
        var accounts = await store.Accounts.Where(a => a.OrganizationId == organization.Id && a.Kind == (int)kind).Select(a => new { a.Account, a.Balance }).ToListAsync(cancel);
        var keys = accounts.ConvertAll(a => a.Account);
        var postings = await store.Postings.Where(p => p.OrganizationId == organization.Id && keys.Contains(p.Account))
            .OrderByDescending(p => p.Seq).ThenByDescending(p => p.Account).Take(Shown)
            .Join(store.Entries, p => new { p.OrganizationId, p.Seq }, e => new { e.OrganizationId, e.Seq }, (p, e) => new { p.Seq, p.Account, p.Amount, e.Kind, e.Service, e.EffectiveAt })
            .OrderBy(p => p.Seq).ThenBy(p => p.Account).ToListAsync(cancel);
        var now = accounts.Sum(a => a.Balance);
        return new AccountStory(
            new Money(now - postings.Sum(p => p.Amount), organization.Money),
            [.. postings.Select(p => new AccountPosting(
                p.Seq, p.Service.Length > 0 ? p.Service : EntryKinds.NameOf((EntryKind)p.Kind), new Instant(p.EffectiveAt), new Money(p.Amount, organization.Money)))],
            new Money(now, organization.Money));
    }
}

/// <summary>A bucket's last postings.</summary>
/// <param name="Before">What it held before them.</param>
/// <param name="Postings">Oldest first.</param>
/// <param name="After">What it holds now.</param>
public sealed record AccountStory(Money Before, ImmutableArray<AccountPosting> Postings, Money After);

/// <summary>One posting to a bucket.</summary>
/// <param name="Seq">The entry's number.</param>
/// <param name="What">The service or the kind of entry.</param>
/// <param name="EffectiveAt">When it took effect.</param>
/// <param name="Amount">What it changed.</param>
public sealed record AccountPosting(long Seq, string What, Instant EffectiveAt, Money Amount);
