using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Plans;
using BillingPortal.Store;
using BillingPortal.Store.Plans;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.ChangingPlans;

/// <summary>
/// Changes a subscription for a person or a program: makes the command, commits it, and where a fee is due charges the card at once, so that the answer
/// says what became of it. Preview is the writer's, of the same command.
/// </summary>
public sealed class ChangingPlan(IDbContextFactory<BillingStore> stores, JournalWriter writer, PlanFeeCollection fees) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageBilling;

    /// <summary>The command of what <paramref name="caller"/> wishes, with who pays as it is now; or why they may not.</summary>
    public async Task<Outcome<ChangeSubscription>> CommandAsync(Caller caller, OrganizationId organization, SubscriptionWish wish, string key, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == organization.Value, cancel);
        return access.Reach(found, Permission).Then<ChangeSubscription>(reached => new Outcome<ChangeSubscription>.Done(Command(caller, access, reached, wish, key)));
    }

    /// <summary>The command for an organization that was reached already.</summary>
    public static ChangeSubscription Command(Caller caller, Access access, Organization organization, SubscriptionWish wish, string key) => new(caller.Actor, key, new OrganizationId(organization.Id))
    {
        Wish = wish,
        Payer = organization.PayerId is { } payer ? new OrganizationId(payer) : null,
        ByFinance = access.MayOnPlatform(Permission),
    };

    /// <summary>
    /// Commits what was agreed to. Done: it happened, paid where something was due. Refused with <see cref="RefusalCode.PaymentDeclined"/>: nothing changed.
    /// Unknown: the provider did not answer; it is asked with the same key until it does, and asking here again with the same key tells.
    /// </summary>
    public async Task<Outcome<PlanReceipt>> CommitAsync(ChangeSubscription command, Agreement agreement, CancellationToken cancel)
    {
        var decided = await writer.RunAsync(command, agreement, cancel);
        return await decided.ThenAsync<PlanReceipt>(async receipt =>
        {
            var fee = receipt.Replayed ? await FeeOfAsync(command) : receipt.Effects.OfType<Effect.Fee>().LastOrDefault(effect => effect.Item.InFlight)?.Item;
            return fee is null || (receipt.Replayed && !fee.IsOpen && fee.State != FeeState.Declined)
                ? new Outcome<PlanReceipt>.Done(new PlanReceipt(receipt, fee))
                : Answer(receipt, receipt.Replayed ? fee : await fees.CollectAsync(command.Organization, fee));
        });
    }

    /// <summary>
    /// The same for a caller, who where another organization pays must be allowed to spend its money, too. Only to cancel needs no payer's leave: taking a
    /// cancellation back has its card charged again.
    /// </summary>
    public async Task<Outcome<PlanReceipt>> CommitAsync(Caller caller, ChangeSubscription command, Agreement agreement, CancellationToken cancel) =>
        command.Payer is { } payer && command.Wish is not SubscriptionWish.Cancel && await NotOfPayerAsync(caller, payer, cancel) is { } refusal
            ? new Outcome<PlanReceipt>.Refused(refusal)
            : await CommitAsync(command, agreement, cancel);

    private async Task<Refusal?> NotOfPayerAsync(Caller caller, OrganizationId payer, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var path = await store.Organizations.Where(o => o.Id == payer.Value).Select(o => o.Path).FirstAsync(cancel);
        return access.May(Permission, path) ? null
            : new Refusal(RefusalCode.Forbidden, $"The permission “{PermissionNames.Of(Permission)}” is missing in the organization that pays. Nothing was changed.");
    }

    /// <summary>Tries a fee that is past due at once, with the card that is on file now.</summary>
    public async Task<Outcome<PlanReceipt>> PayNowAsync(Caller caller, OrganizationId organization, string key, CancellationToken cancel)
    {
        var allowed = await CommandAsync(caller, organization, new SubscriptionWish.Resume(), key, cancel);
        return await allowed.ThenAsync<PlanReceipt>(async command =>
        {
            if (command.Payer is { } payer && await NotOfPayerAsync(caller, payer, cancel) is { } refusal)
            {
                return new Outcome<PlanReceipt>.Refused(refusal);
            }

            await using var store = await stores.CreateDbContextAsync(cancel);
            var number = await store.PlanFees.Where(fee => fee.OrganizationId == organization.Value && fee.State < 10).Select(fee => (long?)fee.Number).FirstOrDefaultAsync(cancel);
            if (number is not { } open)
            {
                return new Outcome<PlanReceipt>.Refused(new Refusal(RefusalCode.NotDue, "No fee is owed."));
            }

            var claimed = await writer.RunAsync(new SubmitFee(caller.Actor, key, organization, open) { Payer = command.Payer, Now = true }, Agreement.OfProgram, cancel);
            return await claimed.ThenAsync<PlanReceipt>(async receipt => receipt.Effects.OfType<Effect.Fee>().LastOrDefault() is { Item: var fee }
                ? Answer(receipt, await fees.CollectAsync(organization, fee))
                : new Outcome<PlanReceipt>.Done(new PlanReceipt(receipt, null)));
        });
    }

    private static Outcome<PlanReceipt> Answer(Receipt receipt, PlanFee fee) => fee.State switch
    {
        FeeState.Paid => new Outcome<PlanReceipt>.Done(new PlanReceipt(receipt, fee)),
        FeeState.Declined or FeeState.Retrying => new Outcome<PlanReceipt>.Refused(new Refusal(RefusalCode.PaymentDeclined, $"{fee.FailureMessage} Nothing changed.", "PaymentMethod")),
        _ => new Outcome<PlanReceipt>.Unknown("Whether the payment went through is not known yet. The provider is asked until it answers; nothing is charged twice."),
    };

    private async Task<PlanFee?> FeeOfAsync(ChangeSubscription command)
    {
        await using var store = await stores.CreateDbContextAsync(CancellationToken.None);
        var body = await store.PlanFees.Where(fee => fee.OrganizationId == command.Organization.Value && fee.CommandKey == command.Key).Select(fee => fee.Body).FirstOrDefaultAsync();
        return body is null ? null : PlanJson.Read<PlanFee>(body);
    }
}

/// <summary>What happened to a subscription.</summary>
/// <param name="Receipt">What the command wrote; the entries of a fee that was paid are found by its <see cref="PlanFee.SettledSeq"/> in the payer's ledger.</param>
/// <param name="Fee">The fee, where one was due, as it stands.</param>
public sealed record PlanReceipt(Receipt Receipt, PlanFee? Fee);
