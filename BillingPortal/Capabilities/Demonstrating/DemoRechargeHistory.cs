using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Payments;
using BillingPortal.Payments.Sandbox;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Demonstrating;

/// <summary>The last days of three organizations that recharge, minute by minute where something happened.</summary>
internal sealed class DemoRechargeHistory(
    JournalWriter writer, IDbContextFactory<BillingStore> stores, SandboxGateway sandbox, SandboxDesk desk, DemoRechargesStep.PastClock clock, Instant now)
{
    private static readonly Actor Demo = Actor.System("demo"), Engine = Actor.System("engine"), Provider = Actor.System("gateway");
    private int _keys;

    /// <summary>Tells them, one organization after the other.</summary>
    public async Task TellAsync(IReadOnlyList<OrganizationId> organizations, CancellationToken cancel)
    {
        await TwiceInADayAsync(organizations[0], cancel);
        await DeclinedAsync(organizations[1], cancel);
        await SuspendedAsync(organizations[2], cancel);
    }

    private async Task TwiceInADayAsync(OrganizationId id, CancellationToken cancel)
    {
        clock.Time = DayAgo(4, 8, 0);
        await BeginAsync(id, 120, "4242424242424242", cancel);
        await RunAsync(new SetBillingRule(Demo, Key(id)) { Wishes = [new RuleWish(id) { CapEnabled = true, CapAmount = Units(400), MonthlyLimit = Units(200) }] }, cancel);
        clock.Time = DayAgo(3, 11, 25);
        await ChargeAsync(id, "Compute", 85, cancel);
        clock.Time = DayAgo(2, 9, 40);
        await ChargeAsync(id, "Object storage", 22, cancel);
        await FlyAsync(id, 1, cancel);
        clock.Time = DayAgo(2, 13, 10);
        await ChargeAsync(id, "Compute", 48, cancel);
        await FlyAsync(id, 2, cancel);
        clock.Time = DayAgo(1, 7, 30);
        await ChargeAsync(id, "Network egress", 20, cancel);
    }

    private async Task DeclinedAsync(OrganizationId id, CancellationToken cancel)
    {
        clock.Time = DayAgo(3, 8, 0);
        await BeginAsync(id, 60, "4000000000009902", cancel);
        clock.Time = now.Plus(TimeSpan.FromMinutes(-185));
        await ChargeAsync(id, "Managed database", 45, cancel);
        await FlyAsync(id, 1, cancel);
        await AfterAsync(id, TimeSpan.FromHours(1), cancel);
    }

    private async Task SuspendedAsync(OrganizationId id, CancellationToken cancel)
    {
        clock.Time = DayAgo(5, 8, 0);
        await BeginAsync(id, 60, "4000000000000341", cancel);
        clock.Time = DayAgo(4, 10, 15);
        await ChargeAsync(id, "Compute", 45, cancel);
        await FlyAsync(id, 1, cancel);
        foreach (var pause in SettleRecharge.Retries)
        {
            await AfterAsync(id, pause, cancel);
        }
    }

    /// <summary>Paid in, a card, and a rule: below 20, charge 50.</summary>
    private async Task BeginAsync(OrganizationId id, long paidIn, string card, CancellationToken cancel)
    {
        await RunAsync(new TopUp(Demo, Key(id), id) { Amount = Units(paidIn), Comment = "First payment" }, cancel);
        var customer = await sandbox.EnterCustomerAsync(id, "Acme", Key(id), cancel);
        await using (var store = await stores.CreateDbContextAsync(cancel))
        {
            await store.Database.ExecuteSqlAsync($"INSERT INTO payment_customer (organization_id, provider, customer) VALUES ({id.Value}, {sandbox.Provider}, {customer}) ON CONFLICT DO NOTHING", cancel);
        }

        var setup = await sandbox.BeginSetupAsync(customer, new Uri("/", UriKind.Relative), Key(id), cancel);
        await desk.TakeAsync(setup.Id, card, "12", "34", cancel);
        var taken = (await sandbox.FindCardAsync(customer, setup.Id, cancel))!;
        await RunAsync(new AddCard(Demo, Key(id), id, new NewCard(sandbox.Provider, customer, taken.Method, taken.Brand, taken.Last4, taken.ExpiryMonth, taken.ExpiryYear)), cancel);
        await RunAsync(new SetBillingRule(Demo, Key(id)) { Wishes = [new RuleWish(id) { RechargeEnabled = true, Threshold = Units(20), Amount = Units(50) }] }, cancel);
    }

    private Task<Receipt> ChargeAsync(OrganizationId id, string service, long units, CancellationToken cancel) =>
        RunAsync(new ChargeUsage(Demo, Key(id), id) { Mode = ChargeMode.Request, Service = service, Amount = Units(units), OccurredAt = clock.Time }, cancel);

    private async Task AfterAsync(OrganizationId id, TimeSpan pause, CancellationToken cancel)
    {
        clock.Time = clock.Time.Plus(pause);
        await FlyAsync(id, 1, cancel);
    }

    /// <summary>One step of a recharge, as the engine takes it: claimed, charged, booked.</summary>
    private async Task FlyAsync(OrganizationId id, long number, CancellationToken cancel)
    {
        clock.Time = clock.Time.Plus(TimeSpan.FromSeconds(2));
        var claimed = await RunAsync(new SubmitRecharge(Engine, Key(id), id, number), cancel);
        var intent = claimed.Effects.OfType<Effect.Recharge>().Single().Intent;
        await using var store = await stores.CreateDbContextAsync(cancel);
        var card = await store.PaymentMethods.SingleAsync(method => method.Id == intent.CardId, cancel);
        var result = await sandbox.ChargeAsync(new PaymentOrder(
            RechargeIntent.KeyOf(id.Value, number, intent.Attempt), id, number, intent.Attempt, card.Customer, card.Method, new Money(intent.Amount, Currency.Usd),
            string.Create(CultureInfo.InvariantCulture, $"Recharge {id}/{number}")), cancel);
        clock.Time = clock.Time.Plus(TimeSpan.FromSeconds(1));
        await RunAsync(new SettleRecharge(Provider, id, number, intent.Attempt, result.ToOutcome()), cancel);
    }

    private async Task<Receipt> RunAsync(MoneyCommand command, CancellationToken cancel) =>
        await writer.RunAsync(command, Agreement.OfProgram, cancel) is Outcome<Receipt>.Done done ? done.Value
            : throw new InvalidOperationException($"The demo's {command.Rule} was not done.");

    private Instant DayAgo(int days, int hour, int minute) =>
        Instant.From(new DateTimeOffset(now.ToUtc().Date.AddDays(-days).AddHours(hour).AddMinutes(minute), TimeSpan.Zero));

    private string Key(OrganizationId id) => string.Create(CultureInfo.InvariantCulture, $"demo:{id}:{++_keys}");

    private static long Units(long units) => units * Money.Unit;
}
