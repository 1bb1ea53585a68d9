using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Payments;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.PaymentMethods;

/// <summary>
/// Adds a card: the person types it on the provider's page, so that its number never passes here, and comes back with the setup's id. Coming back twice
/// adds it once.
/// </summary>
public sealed class AddingCard(IDbContextFactory<BillingStore> stores, JournalWriter writer, IPaymentGateway gateway) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageBilling;

    /// <summary>Begins: the address of the provider's page, which comes back to <paramref name="returnTo"/>.</summary>
    public async Task<Outcome<Uri>> BeginAsync(Caller caller, OrganizationId id, Uri returnTo, CancellationToken cancel) =>
        await (await ReachAsync(caller, id, cancel)).ThenAsync(organization => AskingAsync<Uri>(async () =>
        {
            var customer = await CustomerAsync(organization, cancel);
            var setup = await gateway.BeginSetupAsync(customer, returnTo, "setup:" + Guid.NewGuid().ToString("N"), cancel);
            return new Outcome<Uri>.Done(setup.Page);
        }));

    /// <summary>
    /// Finishes: enters the card that <paramref name="setup"/> yielded. Whoever typed a card agreed to it there, so it is entered without another question;
    /// where <paramref name="choose"/>, recharges charge it from now on in any case.
    /// </summary>
    public async Task<Outcome<AddedCard>> FinishAsync(Caller caller, OrganizationId id, string? setup, bool choose, CancellationToken cancel) =>
        await (await ReachAsync(caller, id, cancel)).ThenAsync(organization => AskingAsync<AddedCard>(async () =>
        {
            var customer = await FindCustomerAsync(organization, cancel);
            if (string.IsNullOrEmpty(setup) || customer is null || await gateway.FindCardAsync(customer, setup, cancel) is not { } card)
            {
                return new Outcome<AddedCard>.Refused(new Refusal(RefusalCode.Cancelled, "The provider's page was left before a card was taken there."));
            }

            if (await IsOnFileAsync(organization, card.Method, cancel) is { } charged)
            {
                return new Outcome<AddedCard>.Done(new AddedCard(CardNames.Of(card.Brand, card.Last4), charged, GoesOn: false));
            }

            var entered = new NewCard(gateway.Provider, customer, card.Method, card.Brand, card.Last4, card.ExpiryMonth, card.ExpiryYear);
            var command = new AddCard(caller.Actor, "card:" + setup, id, entered) { Choose = choose };
            var outcome = await writer.RunAsync(command, Agreement.OfProgram, cancel);
            return outcome.Then<AddedCard>(receipt => new Outcome<AddedCard>.Done(new AddedCard(
                CardNames.Of(card.Brand, card.Last4), CardEffects.Charges(receipt.Effects), CardEffects.GoesOn(receipt.Effects))));
        }));

    /// <summary>What the provider will not or cannot do is a refusal, in its words.</summary>
    internal static async Task<Outcome<T>> AskingAsync<T>(Func<Task<Outcome<T>>> ask)
    {
        try
        {
            return await ask();
        }
        catch (PaymentGatewayException refused)
        {
            return new Outcome<T>.Refused(new Refusal(RefusalCode.ProviderFailed, refused.Message));
        }
    }

    private async Task<Outcome<Organization>> ReachAsync(Caller caller, OrganizationId id, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        return access.Reach(await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel), Permission);
    }

    private async Task<string?> FindCustomerAsync(Organization organization, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await store.PaymentCustomers.AsNoTracking().Where(c => c.OrganizationId == organization.Id && c.Provider == gateway.Provider)
            .Select(c => c.Customer).FirstOrDefaultAsync(cancel);
    }

    /// <summary>Whether recharges charge it, where it is on file: somebody came back twice.</summary>
    private async Task<bool?> IsOnFileAsync(Organization organization, string method, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await store.PaymentMethods.Where(m => m.OrganizationId == organization.Id && m.Provider == gateway.Provider && m.Method == method && m.RemovedAt == null)
            .Select(m => (bool?)store.BillingRules.Any(r => r.OrganizationId == organization.Id && r.PaymentMethodId == m.Id)).FirstOrDefaultAsync(cancel);
    }

    /// <summary>The organization's id at the provider. Two who begin at once may enter it twice there; the first row written here counts.</summary>
    internal async Task<string> CustomerAsync(Organization organization, CancellationToken cancel)
    {
        if (await FindCustomerAsync(organization, cancel) is { } known)
        {
            return known;
        }

        var key = string.Create(CultureInfo.InvariantCulture, $"customer:{organization.Id}:{Guid.NewGuid():N}");
        var entered = await gateway.EnterCustomerAsync(new OrganizationId(organization.Id), organization.Name, key, cancel);
        await using var store = await stores.CreateDbContextAsync(cancel);
        await store.Database.ExecuteSqlAsync(
            $"INSERT INTO payment_customer (organization_id, provider, customer) VALUES ({organization.Id}, {gateway.Provider}, {entered}) ON CONFLICT DO NOTHING", cancel);
        return (await FindCustomerAsync(organization, cancel))!;
    }
}

/// <summary>A card that was added.</summary>
/// <param name="Name">As in "Visa ·4242".</param>
/// <param name="IsCharged">True where recharges charge it from now on.</param>
/// <param name="GoesOn">True where a recharge that waited goes on with it, or one begins.</param>
public sealed record AddedCard(string Name, bool IsCharged, bool GoesOn);
