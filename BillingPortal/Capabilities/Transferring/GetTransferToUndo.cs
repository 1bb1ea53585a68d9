using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Transferring;

/// <summary>A transfer that somebody wants to undo, as it stands.</summary>
/// <param name="Giver">Who gave.</param>
/// <param name="Given">The giver's entry.</param>
/// <param name="Receiver">Who received.</param>
/// <param name="Received">The receiver's entry.</param>
/// <param name="ActorName">Who made it, for people.</param>
/// <param name="CallerName">Who would undo it.</param>
/// <param name="ReversedBy">The giver's entry that undid it; null while it stands.</param>
public sealed record TransferToUndo(
    Organization Giver, EntryRow Given, Organization Receiver, EntryRow Received, string ActorName, string CallerName, long? ReversedBy)
{
    /// <summary>What was moved.</summary>
    public Money Amount => new(Math.Abs(Received.NetAmount), Giver.Money);
}

/// <summary>Reads it.</summary>
public sealed class GetTransferToUndo(IDbContextFactory<BillingStore> stores) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.TransferBalances;

    /// <summary>The transfer that an entry is one side of, or what keeps the caller from undoing it.</summary>
    public async Task<Outcome<TransferToUndo>> RunAsync(Caller caller, OrganizationId id, long seq, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel);
        return await access.Reach(found, Permission).ThenAsync<TransferToUndo>(async organization =>
        {
            if (await TransferPair.FindAsync(store, id, seq, cancel) is not { } pair)
            {
                return new Outcome<TransferToUndo>.NotFound("There is no such transfer.");
            }

            var there = pair.Given.OrganizationId == id.Value ? pair.Received.OrganizationId : pair.Given.OrganizationId;
            var other = await store.Organizations.AsNoTracking().FirstAsync(o => o.Id == there, cancel);
            return access.May(Permission, other.Path)
                ? new Outcome<TransferToUndo>.Done(await AboutAsync(store, caller, organization, other, pair, cancel))
                : new Outcome<TransferToUndo>.Refused(new Refusal(RefusalCode.Forbidden, $"The permission “{PermissionNames.Of(Permission)}” is missing at the other organization."));
        });
    }

    private static async Task<TransferToUndo> AboutAsync(BillingStore store, Caller caller, Organization here, Organization there, TransferPair pair, CancellationToken cancel)
    {
        var (given, received) = (pair.Given, pair.Received);
        var actor = new Actor(given.Actor, given.Via).UserId;
        var names = await store.Users.Where(u => u.Id == caller.UserId || u.Id == actor).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancel);
        var by = await store.Entries.Where(e => e.OrganizationId == given.OrganizationId && e.ReversesSeq == given.Seq).Select(e => (long?)e.Seq).FirstOrDefaultAsync(cancel);
        var (giver, receiver) = given.OrganizationId == here.Id ? (here, there) : (there, here);
        return new TransferToUndo(giver, given, receiver, received, actor is null ? "the portal" : names.GetValueOrDefault(actor, actor), names.GetValueOrDefault(caller.UserId, "you"), by);
    }
}
