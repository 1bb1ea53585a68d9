using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Payments;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.PaymentMethods;

/// <summary>What is done with a card on file.</summary>
public enum CardAct
{
    /// <summary>Recharges charge it from now on; one that failed gets another chance.</summary>
    Choose,

    /// <summary>It is taken away, here and at the provider.</summary>
    Remove,
}

/// <summary>Chooses or removes a card, previewed like every act that can move money: choosing one may charge it at once.</summary>
public sealed partial class ChangingCard(IDbContextFactory<BillingStore> stores, JournalWriter writer, IPaymentGateway gateway, ILogger<ChangingCard> log) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageBilling;

    /// <summary>What it would come to now.</summary>
    public async Task<Outcome<Preview>> PreviewAsync(Caller caller, OrganizationId id, long card, CardAct act, string key, CancellationToken cancel) =>
        await (await CommandAsync(caller, id, card, act, key, cancel)).ThenAsync(command => writer.PreviewAsync(command, cancel));

    /// <summary>Does what a preview showed, and nothing else.</summary>
    public async Task<Outcome<Receipt>> CommitAsync(Caller caller, OrganizationId id, long card, CardAct act, Agreement agreement, string key, CancellationToken cancel)
    {
        var outcome = await (await CommandAsync(caller, id, card, act, key, cancel)).ThenAsync(command => writer.RunAsync(command, agreement, cancel));
        if (act == CardAct.Remove && outcome is Outcome<Receipt>.Done)
        {
            await ForgetAsync(card, CancellationToken.None);
        }

        return outcome;
    }

    private async Task<Outcome<MoneyCommand>> CommandAsync(Caller caller, OrganizationId id, long card, CardAct act, string key, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel);
        return access.Reach(found, Permission).Then<MoneyCommand>(_ => new Outcome<MoneyCommand>.Done(act == CardAct.Choose
            ? new ChooseCard(caller.Actor, key, id, card)
            : new RemoveCard(caller.Actor, key, id, card)));
    }

    /// <summary>The portal charges it no more, whatever the provider answers; a provider that does not answer only keeps a card that nobody uses.</summary>
    private async Task ForgetAsync(long card, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var method = await store.PaymentMethods.Where(m => m.Id == card && m.Provider == gateway.Provider).Select(m => m.Method).FirstOrDefaultAsync(cancel);
        if (method is null)
        {
            return;
        }

        try
        {
            await gateway.RemoveCardAsync(method, cancel);
        }
        catch (PaymentGatewayException refused)
        {
            NotForgotten(log, card, refused.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Card {Card} was removed here, and the provider still keeps it: {Why}")]
    private static partial void NotForgotten(ILogger log, long card, string why);
}
