using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Transferring;

/// <summary>What a person says when undoing a transfer.</summary>
public sealed record UndoTransferForm
{
    /// <summary>Why, in their own words; kept with both reversals.</summary>
    public string Comment { get; init; } = "";
}

/// <summary>Undoes a transfer on both sides, with the permission at both; either entry names it.</summary>
public sealed class UndoingTransfer(IDbContextFactory<BillingStore> stores, JournalWriter writer) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.TransferBalances;

    /// <summary>What undoing it would do now.</summary>
    public async Task<Outcome<Preview>> PreviewAsync(Caller caller, OrganizationId id, long seq, UndoTransferForm form, string key, CancellationToken cancel) =>
        await (await CommandAsync(caller, id, seq, form, key, cancel)).ThenAsync(command => writer.PreviewAsync(command, cancel));

    /// <summary>Commits what a preview showed, and nothing else.</summary>
    public async Task<Outcome<Receipt>> CommitAsync(
        Caller caller, OrganizationId id, long seq, UndoTransferForm form, Agreement agreement, string key, CancellationToken cancel) =>
        await (await CommandAsync(caller, id, seq, form, key, cancel)).ThenAsync(command => writer.RunAsync(command, agreement, cancel));

    /// <summary>A program's request about the entry <paramref name="seq"/> of the organization in its route.</summary>
    public async Task<ApiAnswer> RunAsync(Caller caller, ApiWish<UndoTransferForm> wish, long seq, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Uuid == wish.Organization, cancel);
        var reached = await access.Reach(found, Permission).ThenAsync(organization => ReachAsync(store, access, organization, seq, cancel));
        return reached is Outcome<TransferPair>.Done { Value: var pair }
            ? await wish.RunAsync(writer, found!, caller.Actor, (form, key) => Of(caller, pair, form, pair.Given.OrganizationId == found!.Id ? key : InGiversLedger(found.Id, key)), cancel)
            : wish.Answer(reached);
    }

    private async Task<Outcome<UndoTransfer>> CommandAsync(Caller caller, OrganizationId id, long seq, UndoTransferForm form, string key, CancellationToken cancel)
    {
        if (form.Comment.Length > AdjustBalance.MaxCommentLength)
        {
            return new Outcome<UndoTransfer>.Invalid([new FieldError(nameof(form.Comment), "too_long", $"At most {AdjustBalance.MaxCommentLength} characters are kept.")]);
        }

        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel);
        var pair = await access.Reach(found, Permission).ThenAsync(organization => ReachAsync(store, access, organization, seq, cancel));
        return pair.Then<UndoTransfer>(both => new Outcome<UndoTransfer>.Done(Of(caller, both, form, key)));
    }

    private static async Task<Outcome<TransferPair>> ReachAsync(BillingStore store, Access access, Organization organization, long seq, CancellationToken cancel)
    {
        if (await TransferPair.FindAsync(store, new OrganizationId(organization.Id), seq, cancel) is not { } pair)
        {
            return new Outcome<TransferPair>.NotFound("There is no such transfer.");
        }

        var there = pair.Given.OrganizationId == organization.Id ? pair.Received.OrganizationId : pair.Given.OrganizationId;
        var other = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == there, cancel);

        // Whoever may act on one side alone is told so: the transfer itself they see in their own journal.
        return access.Reach(other, Permission) is Outcome<Organization>.Done
            ? new Outcome<TransferPair>.Done(pair)
            : new Outcome<TransferPair>.Refused(new Refusal(RefusalCode.Forbidden, $"The permission “{PermissionNames.Of(Permission)}” is missing at the other organization."));
    }

    /// <summary>The giver's own programs choose keys, too; in its ledger the receiver's stand under its number.</summary>
    private static string InGiversLedger(long receiver, string key)
    {
        var prefixed = string.Create(CultureInfo.InvariantCulture, $"for:{receiver}:{key}");
        return prefixed.Length <= MoneyCommand.MaxKeyLength ? prefixed : "for:" + CanonicalForm.Seal(prefixed);
    }

    private static UndoTransfer Of(Caller caller, TransferPair pair, UndoTransferForm form, string key) => new(caller.Actor, key,
        new OrganizationId(pair.Given.OrganizationId), pair.Given.Seq, new OrganizationId(pair.Received.OrganizationId), pair.Received.Seq)
    {
        Comment = form.Comment.Trim(),
    };
}
