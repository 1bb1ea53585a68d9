using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.AdjustingBalances;

/// <summary>What a person says when undoing an entry.</summary>
public sealed record UndoForm
{
    /// <summary>Why, in their own words; kept with the reversal.</summary>
    public string Comment { get; init; } = "";
}

/// <summary>Undoes an entry by its reversal, which is previewed like any other money act.</summary>
public sealed class UndoingEntry(IDbContextFactory<BillingStore> stores, JournalWriter writer) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.AdjustBalances;

    /// <summary>What undoing the entry would do now.</summary>
    public async Task<Outcome<Preview>> PreviewAsync(Caller caller, OrganizationId id, long seq, UndoForm form, string key, CancellationToken cancel) =>
        await (await CommandAsync(caller, id, seq, form, key, cancel)).ThenAsync(command => writer.PreviewAsync(command, cancel));

    /// <summary>Commits what a preview showed, and nothing else.</summary>
    public async Task<Outcome<Receipt>> CommitAsync(
        Caller caller, OrganizationId id, long seq, UndoForm form, Agreement agreement, string key, CancellationToken cancel) =>
        await (await CommandAsync(caller, id, seq, form, key, cancel)).ThenAsync(command => writer.RunAsync(command, agreement, cancel));

    private async Task<Outcome<ReverseEntry>> CommandAsync(Caller caller, OrganizationId id, long seq, UndoForm form, string key, CancellationToken cancel)
    {
        if (form.Comment.Length > AdjustBalance.MaxCommentLength)
        {
            return new Outcome<ReverseEntry>.Invalid([new FieldError(nameof(form.Comment), "too_long", $"At most {AdjustBalance.MaxCommentLength} characters are kept.")]);
        }

        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel);
        var consumer = await store.Postings.Where(posting => posting.OrganizationId == id.Value && posting.Seq == seq && posting.Account > 100)
            .Select(posting => posting.Account).ToListAsync(cancel);
        return access.Reach(found, Permission).Then<ReverseEntry>(organization => new Outcome<ReverseEntry>.Done(new ReverseEntry(caller.Actor, key, id, seq)
        {
            Consumer = consumer.Select(account => new AccountKey(account).Consumer).FirstOrDefault(who => who is not null),
            Comment = form.Comment.Trim(),
            Limit = access.RoleAt(organization.Path)!.DailyLimit * Money.Unit,
            MayRaiseCash = access.May(Permission.RaiseCash, organization.Path),
        }));
    }
}
