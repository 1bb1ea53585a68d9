using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Payments;
using BillingPortal.Payments.Sandbox;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Payments;

/// <summary>The sandbox on a database of its own.</summary>
internal sealed class SandboxAtWork : IProviderAtWork
{
    private readonly TestDatabase _database;
    private readonly FakeClock _clock;
    private readonly SandboxBooks _books;

    private SandboxAtWork(TestDatabase database, FakeClock clock)
    {
        (_database, _clock) = (database, clock);
        _books = new SandboxBooks(new StoreOf(database), clock);
        Outbox = new SandboxOutbox(_books, clock);
        Desk = new SandboxDesk(_books, Outbox, clock);
        Gateway = new SandboxGateway(_books, Outbox);
    }

    public IPaymentGateway Gateway { get; }

    public SandboxOutbox Outbox { get; }

    public SandboxDesk Desk { get; }

    public Instant Now => Instant.Now(_clock);

    public static async Task<IProviderAtWork> OpenAsync(TestDatabases databases, DatabaseKind kind) => new SandboxAtWork(await databases.CreateAsync(kind), new FakeClock());

    /// <summary>The same sandbox in another process.</summary>
    public SandboxAtWork Restarted() => new(_database, _clock);

    /// <summary>An order on a card of this number.</summary>
    public async Task<PaymentOrder> OrderAsync(string number)
    {
        var customer = await Gateway.EnterCustomerAsync(new OrganizationId(10_001), "Acme Robotics", "customer", default);
        var setup = await Gateway.BeginSetupAsync(customer, new Uri("/back", UriKind.Relative), "setup", default);
        await TypeAsync(setup, number);
        var card = await Gateway.FindCardAsync(customer, setup.Id, default);
        return new("recharge:10001:7:1", new OrganizationId(10_001), 7, 1, customer, card!.Method, Money.Of(100, Currency.Usd), "Recharge of Acme Robotics");
    }

    public async Task<(string? Back, string? Refusal)> TypeAsync(CardSetup setup, string number)
    {
        var taken = await Desk.TakeAsync(setup.Id, number, "12", "34", default);
        return (taken!.Value.ReturnTo?.ToString(), taken.Value.Refusal);
    }

    public async Task<int> CountPaymentsAsync(string customer) => (await _books.ListAsync<SandboxPayment>(SandboxGateway.Payment, customer, default)).Count;

    public async ValueTask DisposeAsync()
    {
        Outbox.Dispose();
        await _database.DisposeAsync();
    }
}
