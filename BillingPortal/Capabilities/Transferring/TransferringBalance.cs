using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Transferring;

/// <summary>
/// Moves value between a reseller and a sub-organization, with the permission at both. Pages and programs are this one command. It moves what
/// they hold themselves, so approval limits of the platform's staff do not apply.
/// </summary>
public sealed class TransferringBalance(IDbContextFactory<BillingStore> stores, JournalWriter writer) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.TransferBalances;

    /// <summary>What the form would do now, on both sides.</summary>
    public async Task<Outcome<Preview>> PreviewAsync(Caller caller, TransferForm form, string key, CancellationToken cancel) =>
        await (await CommandAsync(caller, form, key, cancel)).ThenAsync(command => writer.PreviewAsync(command, cancel));

    /// <summary>Commits what a preview showed, and nothing else.</summary>
    public async Task<Outcome<Receipt>> CommitAsync(Caller caller, TransferForm form, Agreement agreement, string key, CancellationToken cancel) =>
        await (await CommandAsync(caller, form, key, cancel)).ThenAsync(command => writer.RunAsync(command, agreement, cancel));

    /// <summary>A program's request, from the organization in its route to the one that <paramref name="to"/> names.</summary>
    public async Task<ApiAnswer> RunAsync(Caller caller, ApiWish<TransferForm> wish, Guid to, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var reached = access.Reach(await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Uuid == wish.Organization, cancel), Permission);
        if (reached is not Outcome<Organization>.Done { Value: var from })
        {
            return wish.Answer(reached);
        }

        var form = wish.Form;
        if (form is Outcome<TransferForm>.Done { Value: var asked })
        {
            var other = access.Reach(await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Uuid == to, cancel), Permission);
            form = other switch
            {
                Outcome<Organization>.Done { Value: var found } => Checked(asked with { From = new OrganizationId(from.Id), To = new OrganizationId(found.Id) }),
                Outcome<Organization>.NotFound => new Outcome<TransferForm>.Invalid([new FieldError("to", "unknown", "There is no such organization.")]),
                var kept => kept.Then<TransferForm>(_ => throw new InvalidOperationException("Reached.")),
            };
        }

        return await (wish with { Form = form }).RunAsync(writer, from, caller.Actor, (given, key) => Of(caller, given, key, from), cancel);
    }

    private async Task<Outcome<TransferBalance>> CommandAsync(Caller caller, TransferForm form, string key, CancellationToken cancel)
    {
        if (Checked(form) is not Outcome<TransferForm>.Done { Value: { From: { } giver, To: { } receiver } } valid)
        {
            return Checked(form).Then<TransferBalance>(_ => throw new InvalidOperationException("Both are named."));
        }

        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var both = await store.Organizations.AsNoTracking().Where(o => o.Id == giver.Value || o.Id == receiver.Value).ToDictionaryAsync(o => o.Id, cancel);
        return access.Reach(both.GetValueOrDefault(receiver.Value), Permission)
            .Then(_ => access.Reach(both.GetValueOrDefault(giver.Value), Permission))
            .Then<TransferBalance>(from => new Outcome<TransferBalance>.Done(Of(caller, valid.Value, key, from)));
    }

    private static Outcome<TransferForm> Checked(TransferForm form) =>
        TransferFormRules.Instance.Errors(form) is { IsEmpty: false } errors ? new Outcome<TransferForm>.Invalid(errors) : new Outcome<TransferForm>.Done(form);

    private static TransferBalance Of(Caller caller, TransferForm form, string key, Organization from) => new(caller.Actor, key, form.From!.Value, form.To!.Value)
    {
        Bucket = form.Bucket,
        Amount = Money.Of(form.Amount!.Value, from.Money).Micros,
        Comment = form.Comment.Trim(),
    };
}
