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

    /// <summary>Contract 2's removal, by the provider's id of the card, for the organization that the token speaks for.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="slug">Which organization, where the token does not say.</param>
    /// <param name="method">The provider's id of the card.</param>
    /// <param name="key">The <c>Idempotency-Key</c>; null where none was sent.</param>
    /// <param name="hash">SHA-256 of route and body.</param>
    /// <param name="render">The contract's answer.</param>
    /// <param name="cancel">Counts until it begins.</param>
    public async Task<ApiAnswer> RemoveOwnAsync(Caller caller, string? slug, string method, string? key, Hash256 hash, Func<Outcome<Receipt>, ApiAnswer> render, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var found = await OwnOrganization.FindAsync(store, caller, slug, Permission, cancel);
        if (found is not Outcome<(Access, Organization)>.Done { Value: var (_, organization) })
        {
            return render(found.Then<Receipt>(_ => throw new InvalidOperationException("It was found.")));
        }

        // One that was removed is looked for too: the same key is answered as it was the first time.
        var card = method.Contains('\0') ? null : await store.PaymentMethods.Where(m => m.OrganizationId == organization.Id && m.Method == method).Select(m => (long?)m.Id).FirstOrDefaultAsync(cancel);
        var wish = new ApiWish<long>(organization.Uuid, card is { } number ? new Outcome<long>.Done(number) : new Outcome<long>.NotFound("There is no such payment method."), key, hash,
            (outcome, _, _) => render(outcome));
        var answer = await wish.RunAsync(writer, organization, caller.Actor, (removed, journalKey) => new RemoveCard(caller.Actor, journalKey, new OrganizationId(organization.Id), removed), cancel);
        if (answer.Status == StatusCodes.Status204NoContent)
        {
            await ForgetAsync(card!.Value, CancellationToken.None);
        }

        return answer;
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
