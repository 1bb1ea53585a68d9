using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.BuyingCredits;

/// <summary>What a person agrees to: which purchase, with which card.</summary>
/// <param name="Session">The purchase's id.</param>
/// <param name="Card">The card's number in the store.</param>
/// <param name="Page">The page as the person has it open, where a bank sends them back to.</param>
public sealed record CheckoutWish(string Session, long Card, string Page);

/// <summary>
/// Pays a purchase with a card on file, previewed: bound to amount and card as they were shown. The provider is asked at once; what it says is booked, and
/// the page shows where the purchase then stands.
/// </summary>
public sealed class PayingCheckout(IDbContextFactory<BillingStore> stores, JournalWriter writer, CheckoutCollection collection) : ICapability
{
    private const string Shown = "preview";

    /// <inheritdoc />
    public static Permission Permission => Permission.ManageBilling;

    /// <summary>What paying would come to: the claim that is agreed to, and what is booked once the provider has said yes.</summary>
    public async Task<Outcome<(Preview Claim, Preview Booked)>> PreviewAsync(Caller caller, OrganizationId id, CheckoutWish wish, string key, CancellationToken cancel) =>
        await (await CommandAsync(caller, id, wish, key, cancel)).ThenAsync(async command => await (await writer.PreviewAsync(command, cancel)).ThenAsync(async claim =>
        {
            var paid = new SettleCheckout(caller.Actor, id, command.Number, ((Effect.Purchase)claim.Effects[0]).Checkout.Attempt, new RechargeOutcome.Paid(Shown));
            return (await writer.PreviewAsync(paid, cancel)).Then<(Preview, Preview)>(booked => new Outcome<(Preview, Preview)>.Done((claim, booked)));
        }));

    /// <summary>Charges the card as agreed, and books what the provider says. Done also where it declined: the purchase says so.</summary>
    public async Task<Outcome<Receipt>> CommitAsync(Caller caller, OrganizationId id, CheckoutWish wish, Agreement agreement, string key, CancellationToken cancel) =>
        await (await CommandAsync(caller, id, wish, key, cancel)).ThenAsync(async command =>
        {
            await collection.CopyDetailsAsync(id, wish.Card, cancel);
            var outcome = await writer.RunAsync(command, agreement, cancel);
            if (outcome is Outcome<Receipt>.Done)
            {
                await collection.CollectAsync(id, command.Number, takeBack: false);
            }

            return outcome;
        });

    /// <summary>Asks the provider what became of it: the holder came back from its bank, or nobody knows yet.</summary>
    public async Task<Outcome<bool>> LookAsync(Caller caller, OrganizationId id, string session, CancellationToken cancel) =>
        await (await FindAsync(caller, id, session, cancel)).ThenAsync<bool>(async checkout =>
        {
            if (checkout.State is CheckoutState.AuthenticationNeeded or CheckoutState.Unknown)
            {
                await collection.CollectAsync(id, checkout.Number, takeBack: false);
            }

            return new Outcome<bool>.Done(true);
        });

    private async Task<Outcome<SubmitCheckout>> CommandAsync(Caller caller, OrganizationId id, CheckoutWish wish, string key, CancellationToken cancel) =>
        (await FindAsync(caller, id, wish.Session, cancel)).Then<SubmitCheckout>(checkout =>
            new Outcome<SubmitCheckout>.Done(new SubmitCheckout(caller.Actor, key, id, checkout.Number) { Card = wish.Card, Page = wish.Page }));

    private async Task<Outcome<Checkout>> FindAsync(Caller caller, OrganizationId id, string session, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel);
        return await access.Reach(found, Permission).ThenAsync<Checkout>(async _ => await GetCheckout.FindAsync(store, id, session, cancel) is { } checkout
            ? new Outcome<Checkout>.Done(checkout)
            : new Outcome<Checkout>.NotFound("There is no such purchase."));
    }
}
