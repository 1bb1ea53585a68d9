using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.BuyingCredits;

/// <summary>What a program wants bought, and where the person is to come back to.</summary>
/// <param name="Amount">Millionths of the organization's currency.</param>
/// <param name="SuccessUrl">Once it is paid.</param>
/// <param name="CancelUrl">Without paying.</param>
public sealed record CheckoutForm(long Amount, string SuccessUrl, string CancelUrl);

/// <summary>Contract 3's purchase: begins it for the organization that the token speaks for, and says on which page a person pays it.</summary>
public sealed class BeginningCheckout(IDbContextFactory<BillingStore> stores, JournalWriter writer) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => Permission.ManageBilling;

    /// <summary>Begins it.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="slug">Which organization, where the token does not say.</param>
    /// <param name="portal">Where this portal stands, as in <c>https://billing.example</c>.</param>
    /// <param name="form">What is wished, or why it cannot be meant.</param>
    /// <param name="key">The <c>Idempotency-Key</c>; null where none was sent.</param>
    /// <param name="hash">SHA-256 of route and body.</param>
    /// <param name="render">The contract's answer.</param>
    /// <param name="cancel">Counts until it begins.</param>
    public async Task<ApiAnswer> RunAsync(
        Caller caller, string? slug, string portal, Outcome<CheckoutForm> form, string? key, Hash256 hash, Func<Outcome<BeginCheckout>, ApiAnswer> render, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var found = await OwnOrganization.FindAsync(store, caller, slug, Permission, cancel);
        if (found is not Outcome<(Access, Organization)>.Done { Value: var (_, organization) })
        {
            return render(found.Then<BeginCheckout>(_ => throw new InvalidOperationException("It was found.")));
        }

        BeginCheckout? begun = null;
        var wish = new ApiWish<CheckoutForm>(organization.Uuid, form, key, hash, (outcome, _, _) => render(outcome.Then<BeginCheckout>(_ => new Outcome<BeginCheckout>.Done(begun!))));
        return await wish.RunAsync(writer, organization, caller.Actor, (wished, journalKey) => begun = new BeginCheckout(caller.Actor, journalKey, new OrganizationId(organization.Id))
        {
            Amount = wished.Amount,
            SuccessUrl = wished.SuccessUrl,
            CancelUrl = wished.CancelUrl,
            Pages = $"{portal}/organizations/{organization.Id}/checkout/",
        }, cancel);
    }
}
