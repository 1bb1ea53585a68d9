using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Writing;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.BuyingCredits;

/// <summary>A purchase as its page shows it.</summary>
/// <param name="Organization">For whom.</param>
/// <param name="Checkout">The purchase.</param>
/// <param name="Cards">What can be charged: the usual one first, then the newest.</param>
/// <param name="Expired">True where nobody can begin to pay it any more.</param>
/// <param name="Steps">What happened to it, oldest first.</param>
public sealed record CheckoutFile(
    Organization Organization, Checkout Checkout, ImmutableArray<CheckoutCard> Cards, bool Expired, ImmutableArray<(Instant At, string Message)> Steps)
{
    /// <summary>What it costs.</summary>
    public Money Amount => new(Checkout.Amount, Organization.Money);
}

/// <summary>A card that can be charged.</summary>
/// <param name="Id">Its number in the store.</param>
/// <param name="Name">As in "Visa ·4242".</param>
/// <param name="Expires">As in 12/2034.</param>
/// <param name="IsUsual">True for the one that recharges charge.</param>
public sealed record CheckoutCard(long Id, string Name, string Expires, bool IsUsual);

/// <summary>Reads a purchase for whoever may pay it.</summary>
public sealed class GetCheckout(IDbContextFactory<BillingStore> stores, TimeProvider clock) : ICapability
{
    private const int MostCards = 20;

    /// <inheritdoc />
    public static Permission Permission => Permission.ManageBilling;

    /// <summary>The purchase of that organization with that id.</summary>
    public async Task<Outcome<CheckoutFile>> RunAsync(Caller caller, OrganizationId id, string session, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var access = await Access.ReadAsync(store, caller, cancel);
        var found = await store.Organizations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id.Value, cancel);
        return await access.Reach(found, Permission).ThenAsync<CheckoutFile>(async organization =>
        {
            if (await FindAsync(store, id, session, cancel) is not { } checkout)
            {
                return new Outcome<CheckoutFile>.NotFound("There is no such purchase.");
            }

            var usual = await store.BillingRules.Where(rule => rule.OrganizationId == id.Value).Select(rule => rule.PaymentMethodId).FirstOrDefaultAsync(cancel);
            var now = Instant.Now(clock);
            var today = TimeZoneInfo.ConvertTime(now.ToUtc(), organization.Zone);
            var month = (today.Year * 12) + today.Month;
            var cards = await store.PaymentMethods.Where(m => m.OrganizationId == id.Value && m.RemovedAt == null && !m.Inactive && (m.ExpiryYear * 12) + m.ExpiryMonth >= month)
                .OrderByDescending(m => m.AddedAt).ThenBy(m => m.Id).Take(MostCards).ToListAsync(cancel);
            var steps = await store.CheckoutSteps.Where(step => step.OrganizationId == id.Value && step.Number == checkout.Number).OrderBy(step => step.Step).ToListAsync(cancel);
            return new Outcome<CheckoutFile>.Done(new CheckoutFile(
                organization,
                checkout,
                [.. cards.Select(card => new CheckoutCard(card.Id, new CardOnFile(card.Id, card.Brand, card.Last4, Inactive: false).ToString(),
                    $"{card.ExpiryMonth:00}/{card.ExpiryYear}", card.Id == usual)).OrderByDescending(card => card.IsUsual)],
                checkout.HasExpired(now),
                [.. steps.Select(step => (new Instant(step.At), step.Message))]));
        });
    }

    /// <summary>The purchase as it stands; null where there is none.</summary>
    internal static async Task<Checkout?> FindAsync(BillingStore store, OrganizationId organization, string session, CancellationToken cancel) =>
        !session.Contains('\0') && await store.Checkouts.Where(checkout => checkout.OrganizationId == organization.Value && checkout.Id == session).Select(checkout => checkout.Body).FirstOrDefaultAsync(cancel) is { } body
            ? CheckoutJson.Read(body)
            : null;
}
