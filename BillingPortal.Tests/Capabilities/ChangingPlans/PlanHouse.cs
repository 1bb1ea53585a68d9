using BillingPortal.Capabilities.ChangingPlans;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Plans;
using BillingPortal.Payments.Sandbox;
using BillingPortal.Store;
using BillingPortal.Store.Plans;
using BillingPortal.Store.Rows;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace BillingPortal.Tests.Capabilities.ChangingPlans;

/// <summary>An organization, the sandbox, and a node of the portal that changes its plan and lets time pass.</summary>
internal sealed class PlanHouse : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly SandboxGateway _sandbox;
    private readonly SandboxDesk _desk;
    private int _cards;

    private PlanHouse(TestDatabase database)
    {
        _database = database;
        Stores = new StoreOf(database);
        Ledger = new Ledger(database, Clock);
        var books = new SandboxBooks(Stores, Clock);
        var outbox = new SandboxOutbox(books, Clock);
        (_sandbox, _desk) = (new SandboxGateway(books, outbox), new SandboxDesk(books, outbox, Clock));
        var fees = new PlanFeeCollection(Stores, Ledger.Writer, _sandbox, NullLogger<PlanFeeCollection>.Instance);
        Changing = new ChangingPlan(Stores, Ledger.Writer, fees);
        Plans = new PlanClock(Stores, Ledger.Writer, fees, Clock, NullLogger<PlanClock>.Instance);
    }

    public FakeClock Clock { get; } = new();

    public StoreOf Stores { get; }

    public Ledger Ledger { get; }

    public ChangingPlan Changing { get; }

    public PlanClock Plans { get; }

    public static async Task<PlanHouse> OpenAsync(TestDatabases databases, DatabaseKind kind)
    {
        var house = new PlanHouse(await databases.CreateAsync(kind));
        house.Clock.MoveTo(new DateTimeOffset(2026, 11, 1, 9, 0, 0, TimeSpan.Zero));
        return house;
    }

    /// <summary>Enters a card of this number and chooses it.</summary>
    public async Task CardAsync(OrganizationId organization, string number = "4242424242424242")
    {
        var customer = await _sandbox.EnterCustomerAsync(organization, "Acme", "customer:" + organization, default);
        var setup = await _sandbox.BeginSetupAsync(customer, new Uri("/back", UriKind.Relative), $"setup:{organization}:{++_cards}", default);
        (await _desk.TakeAsync(setup.Id, number, "12", "34", default))!.Value.Refusal.ShouldBeNull();
        var card = (await _sandbox.FindCardAsync(customer, setup.Id, default))!;
        await Ledger.DoneAsync(new AddCard(Ledger.Tester, Ledger.NextKey(), organization, new NewCard(_sandbox.Provider, customer, card.Method, card.Brand, card.Last4, card.ExpiryMonth, card.ExpiryYear)) { Choose = true });
    }

    public ChangeSubscription Wish(OrganizationId organization, SubscriptionWish wish, OrganizationId? payer = null, bool finance = false, string? key = null) =>
        new(Ledger.Tester, key ?? Ledger.NextKey(), organization) { Wish = wish, Payer = payer, ByFinance = finance };

    /// <summary>Previews, agrees to what was shown, and commits.</summary>
    public async Task<Outcome<PlanReceipt>> ChangeAsync(ChangeSubscription command) =>
        await (await Ledger.Writer.PreviewAsync(command, default)).ThenAsync(preview => Changing.CommitAsync(command, Agreement.To(preview), default));

    public async Task<PlanReceipt> ChangedAsync(ChangeSubscription command) => (await ChangeAsync(command)).ShouldBeOfType<Outcome<PlanReceipt>.Done>().Value;

    public Task PayNowAsync(OrganizationId organization, PlanFee fee) => Ledger.DoneAsync(new SubmitFee(Ledger.Tester, Ledger.NextKey(), organization, fee.Number) { Now = true });

    /// <summary>The clock stands at this time, and the node does what is due until nothing is.</summary>
    public async Task AtAsync(int year, int month, int day, int hour = 0)
    {
        Clock.MoveTo(new DateTimeOffset(year, month, day, hour, 1, 0, TimeSpan.Zero));
        while (await Plans.RunAsync(default) > 0)
        {
        }
    }

    public async Task<Subscription> SubscriptionAsync(OrganizationId organization)
    {
        await using var store = _database.Read();
        return PlanJson.Read<Subscription>(await store.Subscriptions.Where(s => s.OrganizationId == organization.Value).Select(s => s.Body).SingleAsync());
    }

    /// <summary>What happened to it, oldest first.</summary>
    public async Task<List<string>> HistoryAsync(OrganizationId organization)
    {
        await using var store = _database.Read();
        return await store.SubscriptionChanges.Where(c => c.OrganizationId == organization.Value).OrderBy(c => c.Version).Select(c => c.Code).ToListAsync();
    }

    public async Task<List<PlanFeeRow>> FeesAsync(OrganizationId organization)
    {
        await using var store = _database.Read();
        return await store.PlanFees.Where(f => f.OrganizationId == organization.Value).OrderBy(f => f.Number).ToListAsync();
    }

    /// <summary>The balance of a kind, units.</summary>
    public async Task<decimal> BalanceAsync(OrganizationId organization, AccountKind kind)
    {
        await using var store = _database.Read();
        return await store.Accounts.Where(a => a.OrganizationId == organization.Value && a.Kind == (int)kind).Select(a => a.Balance).ToListAsync() is var lots ? (decimal)lots.Sum() / Money.Unit : 0;
    }

    public async Task<string> PlanAsync(OrganizationId organization)
    {
        await using var store = _database.Read();
        return await store.Organizations.Where(o => o.Id == organization.Value).Select(o => o.Plan).SingleAsync();
    }

    public async Task CouponAsync(Coupon coupon)
    {
        await using var store = Stores.CreateDbContext();
        await store.Database.ExecuteSqlAsync($"""
            INSERT INTO coupon (code, terms, expires_at, redemption_limit, created_at, created_by)
            VALUES ({coupon.Code}, {PlanJson.Write(coupon.Terms)}, {coupon.ExpiresAt?.Micros}, {coupon.Limit}, 0, 'test')
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        await _database.DisposeAsync();
    }
}
