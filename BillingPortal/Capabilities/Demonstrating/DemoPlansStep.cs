using System.Collections.Immutable;
using System.Globalization;
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

namespace BillingPortal.Capabilities.Demonstrating;

/// <summary>
/// Gives some of the demo's customers subscriptions of their own: one on trial, one that a card paid with a coupon, one that ends with its period, one with
/// an agreed price. By the same commands as everyone's, and the sandbox.
/// </summary>
internal sealed class DemoPlansStep(
    IHostEnvironment environment, IDbContextFactory<BillingStore> stores, JournalWriter writer, IPaymentGateway gateway, SandboxDesk desk, TimeProvider clock) : IStartStep
{
    private const string CouponCode = "WELCOME25";

    private static readonly Actor Demo = Actor.System("demo");

    /// <summary>After the demo's invoices, which tell of months before.</summary>
    public int Order => 24;

    public async Task RunAsync(CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        if (!environment.IsDevelopment() || gateway is not SandboxGateway sandbox || await store.Subscriptions.AnyAsync(cancel))
        {
            return;
        }

        var ids = await store.Organizations.Where(o => o.Provider == null).ToDictionaryAsync(o => o.Slug, o => new OrganizationId(o.Id), cancel);
        if (!ids.TryGetValue("lumen-schools", out var tries) || !ids.TryGetValue("baltic-maps", out var pays) || !ids.TryGetValue("granite-retail", out var leaves) || !ids.TryGetValue("meridian-bank", out var agrees))
        {
            return;
        }

        var terms = PlanJson.Write(new CouponTerms(2_500, ImmutableSortedDictionary<string, long>.Empty, CouponDuration.Repeating, 3, []));
        await store.Database.ExecuteSqlAsync(
            $"INSERT INTO coupon (code, terms, expires_at, redemption_limit, created_at, created_by) VALUES ({CouponCode}, {terms}, NULL, 100, {Instant.Now(clock).Micros}, {Demo.Id}) ON CONFLICT (code) DO NOTHING", cancel);
        await WishAsync(tries, new SubscriptionWish.StartTrial("advanced"), cancel);
        await WishAsync(leaves, new SubscriptionWish.Cancel(), cancel);
        await WishAsync(agrees, new SubscriptionWish.Agree(PlanPrice.Of(PriceKind.Flat, PlanInterval.Month, new Money(2_400 * Money.Unit, Currency.Of("CHF")))), cancel);
        await PayAsync(sandbox, pays, cancel);
    }

    private Task<Receipt> WishAsync(OrganizationId id, SubscriptionWish wish, CancellationToken cancel) =>
        RunAsync(new ChangeSubscription(Demo, Key(id, wish.GetType().Name), id) { Wish = wish, ByFinance = true }, cancel);

    /// <summary>A card is typed, the upgrade claimed, charged and booked.</summary>
    private async Task PayAsync(SandboxGateway sandbox, OrganizationId id, CancellationToken cancel)
    {
        var customer = await sandbox.EnterCustomerAsync(id, "Baltic Maps", Key(id, "customer"), cancel);
        var setup = await sandbox.BeginSetupAsync(customer, new Uri("/", UriKind.Relative), Key(id, "card"), cancel);
        await desk.TakeAsync(setup.Id, "4242424242424242", "12", "34", cancel);
        var card = (await sandbox.FindCardAsync(customer, setup.Id, cancel))!;
        await using (var store = await stores.CreateDbContextAsync(cancel))
        {
            await store.Database.ExecuteSqlAsync($"INSERT INTO payment_customer (organization_id, provider, customer) VALUES ({id.Value}, {sandbox.Provider}, {customer}) ON CONFLICT DO NOTHING", cancel);
        }

        await RunAsync(new AddCard(Demo, Key(id, "enter"), id, new NewCard(sandbox.Provider, customer, card.Method, card.Brand, card.Last4, card.ExpiryMonth, card.ExpiryYear)) { Choose = true }, cancel);
        var claimed = await WishAsync(id, new SubscriptionWish.Choose("advanced", 1, CouponCode), cancel);
        if (claimed.Effects.OfType<Effect.Fee>().SingleOrDefault() is not { Item: var fee })
        {
            return;
        }

        var result = await sandbox.ChargeAsync(new PaymentOrder(PlanFee.KeyOf(id, fee.Number, fee.Attempt), id, fee.Number, fee.Attempt, customer, card.Method,
            new Money(fee.Charge.Total, Currency.Of(fee.Charge.Currency)), string.Create(CultureInfo.InvariantCulture, $"Plan {fee.Next.Plan} {id}/{fee.Number}")) { For = ChargedFor.Fee }, cancel);
        await RunAsync(new SettleFee(Actor.System("gateway"), id, id, fee.Number, fee.Attempt, result.ToOutcome()), cancel);
    }

    private static string Key(OrganizationId id, string act) => string.Create(CultureInfo.InvariantCulture, $"demo:plan:{id}:{act}");

    private async Task<Receipt> RunAsync(MoneyCommand command, CancellationToken cancel) => await writer.RunAsync(command, Agreement.OfProgram, cancel) is Outcome<Receipt>.Done { Value: var receipt }
        ? receipt : throw new InvalidOperationException($"The demo's {command.Rule} was not done.");
}
