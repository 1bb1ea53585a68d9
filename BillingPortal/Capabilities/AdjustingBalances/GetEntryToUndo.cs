using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.AdjustingBalances;

/// <summary>An entry that somebody wants to undo, as it stands.</summary>
/// <param name="Organization">Whose.</param>
/// <param name="Entry">The entry.</param>
/// <param name="ActorName">Who made it, for people.</param>
/// <param name="CallerName">Who would undo it.</param>
/// <param name="ReversedBy">The entry that undid it; null while it stands.</param>
/// <param name="Short">The bucket that no longer holds what the entry added, and what it still holds; null where none does.</param>
public sealed record EntryToUndo(
    Organization Organization, EntryRow Entry, string ActorName, string CallerName, long? ReversedBy, (AccountKind Bucket, Money Left)? Short)
{
    /// <summary>What it changed on the customer's side.</summary>
    public Money Net => new(Entry.NetAmount, Organization.Money);

    /// <summary>As people name it.</summary>
    public string Name => $"{Entry.OrganizationId}/{Entry.Seq}";
}

/// <summary>Reads it.</summary>
public sealed class GetEntryToUndo(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.AdjustBalances;

    /// <summary>The entry, or what keeps the caller from undoing it.</summary>
    public async Task<Outcome<EntryToUndo>> RunAsync(Caller caller, OrganizationId id, long seq, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel);
        return await access.Reach(found, Permission).ThenAsync<EntryToUndo>(async organization =>
        {
            var entry = await store.Entries.FirstOrDefaultAsync(e => e.OrganizationId == id.Value && e.Seq == seq, cancel);
            return entry is null
                ? new Outcome<EntryToUndo>.NotFound("There is no such entry.")
                : new Outcome<EntryToUndo>.Done(await AboutAsync(store, caller, organization, entry, cancel));
        });
    }

    private static async Task<EntryToUndo> AboutAsync(BillingStore store, Caller caller, Organization organization, EntryRow entry, CancellationToken cancel)
    {
        var actor = new Actor(entry.Actor, entry.Via).UserId;
        var names = await store.Users.Where(u => u.Id == caller.UserId || u.Id == actor).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancel);
        var by = await store.Entries.Where(e => e.OrganizationId == entry.OrganizationId && e.ReversesSeq == entry.Seq).Select(e => (long?)e.Seq).FirstOrDefaultAsync(cancel);
        var added = await store.Accounts.Where(a => a.OrganizationId == entry.OrganizationId)
            .Join(store.Postings.Where(p => p.Seq == entry.Seq), a => new { a.OrganizationId, a.Account }, p => new { p.OrganizationId, p.Account }, (a, p) => new { a.Account, a.Balance, p.Amount })
            .ToListAsync(cancel);
        var lacking = added.Where(line => line.Amount > 0 && line.Balance < line.Amount)
            .Select(line => (Kind: new AccountKey(line.Account).Kind, line.Balance))
            .Where(line => ChartOfAccounts.GroupOf(line.Kind) == AccountGroup.Value)
            .Select(line => ((AccountKind, Money)?)(line.Kind, new Money(Math.Max(0, line.Balance), organization.Money)))
            .FirstOrDefault();
        return new EntryToUndo(
            organization, entry, actor is null ? "the portal" : names.GetValueOrDefault(actor, actor), names.GetValueOrDefault(caller.UserId, "you"), by, lacking);
    }
}
