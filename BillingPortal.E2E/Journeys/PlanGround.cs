using System.Collections.Immutable;
using BillingPortal.Capabilities.ChangingPlans;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Plans;
using BillingPortal.Payments;
using BillingPortal.Payments.Sandbox;
using BillingPortal.Store;
using BillingPortal.Store.Plans;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.E2E.Journeys;

/// <summary>What journeys about plans find there before they begin.</summary>
internal static class PlanGround
{
    /// <summary>The store, to look at what a page cannot show.</summary>
    public static Task<BillingStore> StoreAsync(this SandboxMoneyFixture portal) =>
        portal.Services.GetRequiredService<IDbContextFactory<BillingStore>>().CreateDbContextAsync(TestContext.Current.CancellationToken);

    /// <summary>Has time do what it does to plans, and to what lapses with them.</summary>
    public static async Task PassPlansAsync(this SandboxMoneyFixture portal)
    {
        for (var round = 0; round < 2; round++)
        {
            await portal.Services.GetRequiredService<PlanClock>().RunAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A card that was typed at the provider's page before.</summary>
    public static async Task CardAsync(this SandboxMoneyFixture portal, long number, string card)
    {
        var (gateway, organization) = (portal.Services.GetRequiredService<IPaymentGateway>(), new OrganizationId(number));
        var customer = await gateway.EnterCustomerAsync(organization, "Customer", $"customer:{number}", default);
        var setup = await gateway.BeginSetupAsync(customer, new Uri("/back", UriKind.Relative), $"setup:{number}", default);
        (await portal.Services.GetRequiredService<SandboxDesk>().TakeAsync(setup.Id, card, "12", "34", default))!.Value.Refusal.ShouldBeNull();
        var typed = (await gateway.FindCardAsync(customer, setup.Id, default))!;
        await using (var store = await portal.StoreAsync())
        {
            await store.Database.ExecuteSqlAsync($"INSERT INTO payment_customer (organization_id, provider, customer) VALUES ({number}, {gateway.Provider}, {customer}) ON CONFLICT DO NOTHING");
        }

        (await portal.Services.GetRequiredService<JournalWriter>().RunAsync(
            new AddCard(Actor.System("demo"), $"card:{number}", organization, new NewCard(gateway.Provider, customer, typed.Method, typed.Brand, typed.Last4, typed.ExpiryMonth, typed.ExpiryYear)) { Choose = true },
            Agreement.OfProgram, CancellationToken.None)).ShouldBeOfType<Outcome<Receipt>.Done>();
    }

    /// <summary>A coupon of 10 % for three periods.</summary>
    public static async Task CouponAsync(this SandboxMoneyFixture portal, string code)
    {
        await using var store = await portal.StoreAsync();
        var terms = PlanJson.Write(new CouponTerms(1_000, ImmutableSortedDictionary<string, long>.Empty, CouponDuration.Repeating, 3, []));
        await store.Database.ExecuteSqlAsync($"INSERT INTO coupon (code, terms, expires_at, redemption_limit, created_at, created_by) VALUES ({code}, {terms}, NULL, NULL, 0, 'test')");
    }
}
