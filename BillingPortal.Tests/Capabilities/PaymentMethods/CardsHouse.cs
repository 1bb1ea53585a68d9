using BillingPortal.Capabilities.PaymentMethods;
using BillingPortal.Capabilities.TakingPaymentNews;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Payments;
using BillingPortal.Payments.Sandbox;
using BillingPortal.Store;
using BillingPortal.Store.Rows;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace BillingPortal.Tests.Capabilities.PaymentMethods;

/// <summary>An organization with people, the sandbox as its payment provider, and what handles cards and webhooks.</summary>
internal sealed class CardsHouse : IAsyncDisposable
{
    private readonly TestDatabase _database;

    private CardsHouse(TestDatabase database)
    {
        _database = database;
        Stores = new StoreOf(database);
        Ledger = new Ledger(database, Clock);
        Books = new SandboxBooks(Stores, Clock);
        Outbox = new SandboxOutbox(Books, Clock);
        Desk = new SandboxDesk(Books, Outbox, Clock);
        Gateway = new SandboxGateway(Books, Outbox);
        Adding = new AddingCard(Stores, Ledger.Writer, Gateway);
        Changing = new ChangingCard(Stores, Ledger.Writer, Gateway, NullLogger<ChangingCard>.Instance);
        Listing = new ListCards(Stores, Clock);
        News = new TakePaymentNews(Stores, Ledger.Writer, Gateway, Clock);
    }

    public FakeClock Clock { get; } = new();

    public StoreOf Stores { get; }

    public Ledger Ledger { get; }

    public SandboxBooks Books { get; }

    public SandboxOutbox Outbox { get; }

    public SandboxDesk Desk { get; }

    public IPaymentGateway Gateway { get; }

    public AddingCard Adding { get; }

    public ChangingCard Changing { get; }

    public ListCards Listing { get; }

    public TakePaymentNews News { get; }

    public OrganizationId Acme { get; private set; }

    public Caller Admin { get; private set; } = null!;

    public static async Task<CardsHouse> BuildAsync(TestDatabases databases, DatabaseKind kind)
    {
        var house = new CardsHouse(await databases.CreateAsync(kind));
        house.Acme = await house.Ledger.OrganizationAsync();
        house.Admin = await house.Stores.PersonAsync("admin", null, (house.Acme.Value, "ADMIN"));
        return house;
    }

    /// <summary>Types a card at the provider and comes back.</summary>
    public async Task<Outcome<AddedCard>> AddAsync(string number, bool choose = false)
    {
        var setup = await TypeAsync(number);
        return await Adding.FinishAsync(Admin, Acme, setup, choose, default);
    }

    /// <summary>Types a card at the provider: the setup's id.</summary>
    public async Task<string> TypeAsync(string number, Caller? by = null, OrganizationId? at = null)
    {
        var page = (await Adding.BeginAsync(by ?? Admin, at ?? Acme, new Uri("/back", UriKind.Relative), default)).ShouldBeOfType<Outcome<Uri>.Done>().Value.ToString();
        var setup = page[(page.LastIndexOf('/') + 1)..];
        (await Desk.TakeAsync(setup, number, "12", "34", default))!.Value.Refusal.ShouldBeNull();
        return setup;
    }

    public async Task<OrganizationCards> CardsAsync() => (await Listing.RunAsync(Admin, Acme, default)).ShouldBeOfType<Outcome<OrganizationCards>.Done>().Value;

    /// <summary>Asks and agrees.</summary>
    public async Task<Outcome<Receipt>> ActAsync(long card, CardAct act)
    {
        var preview = (await Changing.PreviewAsync(Admin, Acme, card, act, "k", default)).ShouldBeOfType<Outcome<Preview>.Done>().Value;
        return await Changing.CommitAsync(Admin, Acme, card, act, Agreement.To(preview), Ledger.NextKey(), default);
    }

    /// <summary>A card of this number, a rule that recharges 100 below 20, and the order of the recharge that it causes, submitted.</summary>
    public async Task<PaymentOrder> RechargeAsync(string number)
    {
        await AddAsync(number);
        await Ledger.DoneAsync(new SetBillingRule(Admin.Actor, Ledger.NextKey())
        {
            Wishes = [new RuleWish(Acme) { RechargeEnabled = true, Threshold = Ledger.Micros(20), Amount = Ledger.Micros(100) }],
        });
        await Ledger.DoneAsync(new SubmitRecharge(Actor.System("engine"), Ledger.NextKey(), Acme, 1));
        await using var store = Stores.CreateDbContext();
        var card = await store.PaymentMethods.SingleAsync();
        return new PaymentOrder(RechargeIntent.KeyOf(Acme.Value, 1, 1), Acme, 1, 1, card.Customer, card.Method, Money.Of(100, Currency.Usd), "Recharge");
    }

    /// <summary>Delivers a webhook that is due.</summary>
    public async Task<SandboxWebhook> DeliverAsync()
    {
        var due = (await Outbox.DueAsync(default)).First();
        (await News.RunAsync(due.Body, due.Signature, default)).ShouldBeTrue();
        await Outbox.DeliveredAsync(due, default);
        return due;
    }

    public async Task<decimal> CashAsync()
    {
        await using var store = Stores.CreateDbContext();
        return await store.Accounts.Where(a => a.OrganizationId == Acme.Value && a.Account == (int)AccountKind.Cash).Select(a => a.Balance).SingleOrDefaultAsync() / 1_000_000m;
    }

    public async Task<List<PaymentEventRow>> EventsAsync()
    {
        await using var store = Stores.CreateDbContext();
        return await store.PaymentEvents.AsNoTracking().OrderBy(e => e.ReceivedAt).ToListAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Outbox.Dispose();
        await Ledger.DisposeAsync();
        await _database.DisposeAsync();
    }
}
