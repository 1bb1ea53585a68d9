using BillingPortal.Capabilities.Recharges;
using BillingPortal.Capabilities.Refunding;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Payments;
using BillingPortal.Payments.Sandbox;
using BillingPortal.Store.Rows;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace BillingPortal.Tests.Capabilities.Recharges;

/// <summary>Organizations with cards and rules, a node of the portal that recharges them, and a provider outside of it.</summary>
internal sealed class RechargedHouse : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly List<Ledger> _nodes = [];
    private int _cards;

    private RechargedHouse(TestDatabase database)
    {
        _database = database;
        Ledger = new Ledger(database, Clock);
        var books = new SandboxBooks(new StoreOf(database), Clock);
        var outbox = new SandboxOutbox(books, Clock);
        (Sandbox, Desk) = (new SandboxGateway(books, outbox), new SandboxDesk(books, outbox, Clock));
    }

    public FakeClock Clock { get; } = new();

    public Ledger Ledger { get; }

    public ScriptedGateway Scripted { get; } = new();

    public SandboxGateway Sandbox { get; }

    public SandboxDesk Desk { get; }

    /// <summary>For tests of the real sandbox instead of the scripted provider.</summary>
    public bool WithSandbox { get; init; }

    private IPaymentGateway Gateway => WithSandbox ? Sandbox : Scripted;

    public static async Task<RechargedHouse> OpenAsync(TestDatabases databases, DatabaseKind kind, bool withSandbox = false) =>
        new(await databases.CreateAsync(kind)) { WithSandbox = withSandbox };

    /// <summary>An organization that holds 100, recharges 50 below 20, and has a card.</summary>
    public async Task<OrganizationId> CustomerAsync(decimal? monthlyLimit = null, string? number = null)
    {
        var organization = await Ledger.OrganizationAsync();
        await Ledger.DoneAsync(Ledger.TopUp(organization, 100));
        await CardAsync(organization, number);
        await RuleAsync(new RuleWish(organization)
        {
            RechargeEnabled = true, Threshold = Ledger.Micros(20), Amount = Ledger.Micros(50), MonthlyLimit = monthlyLimit is { } limit ? Ledger.Micros(limit) : null,
        });
        return organization;
    }

    /// <summary>The same, and a charge that leaves 10: a recharge is due.</summary>
    public async Task<OrganizationId> ShortCustomerAsync(string? number = null)
    {
        var organization = await CustomerAsync(number: number);
        await Ledger.DoneAsync(Ledger.Charge(organization, 90));
        return organization;
    }

    public async Task<long> CardAsync(OrganizationId organization, string? number = null, bool choose = false)
    {
        var card = new NewCard(ScriptedGateway.Name, "cus_" + organization, $"pm_{organization}_{++_cards}", "visa", "4242", 12, 2034);
        if (WithSandbox)
        {
            var customer = await Sandbox.EnterCustomerAsync(organization, "Acme", "customer:" + organization, default);
            var setup = await Sandbox.BeginSetupAsync(customer, new Uri("/back", UriKind.Relative), $"setup:{organization}:{_cards}", default);
            (await Desk.TakeAsync(setup.Id, number ?? "4242424242424242", "12", "34", default))!.Value.Refusal.ShouldBeNull();
            var taken = (await Sandbox.FindCardAsync(customer, setup.Id, default))!;
            card = new NewCard(Sandbox.Provider, customer, taken.Method, taken.Brand, taken.Last4, taken.ExpiryMonth, taken.ExpiryYear);
        }

        await Ledger.DoneAsync(new AddCard(Ledger.Tester, Ledger.NextKey(), organization, card) { Choose = choose });
        return CardChange.IdOf(card.Provider, card.Method);
    }

    public Task RuleAsync(RuleWish wish) => Ledger.DoneAsync(new SetBillingRule(Ledger.Tester, Ledger.NextKey()) { Wishes = [wish] });

    /// <summary>This node's executor takes what is due one step on.</summary>
    public Task<int> RoundAsync(CancellationToken cancel = default) => ExecutorOn(Ledger).RunAsync(cancel);

    /// <summary>Another node, with a writer of its own.</summary>
    public RechargeExecutor AnotherNode()
    {
        _nodes.Add(new Ledger(_database, Clock));
        return ExecutorOn(_nodes[^1]);
    }

    /// <summary>This node takes due refunds one step on.</summary>
    public Task<int> RefundRoundAsync() => new RefundExecutor(new StoreOf(_database), Ledger.Writer, Gateway, Clock, NullLogger<RefundExecutor>.Instance).RunAsync(CancellationToken.None);

    public StoreOf Stores => new(_database);

    public Task<int> WindowsAsync() => new EndedWindows(new StoreOf(_database), Ledger.Writer, Clock, NullLogger<EndedWindows>.Instance).RunAsync(default);

    /// <summary>The clock moves on, and this node looks.</summary>
    public async Task AfterAsync(TimeSpan time)
    {
        Clock.Advance(time);
        await RoundAsync();
    }

    public Task NewsAsync(OrganizationId organization, int attempt, RechargeOutcome outcome, long number = 1) =>
        Ledger.DoneAsync(new SettleRecharge(Actor.System("webhook"), organization, number, attempt, outcome));

    public async Task<RechargeIntentRow> RechargeAsync(OrganizationId organization, long number = 1)
    {
        await using var store = _database.Read();
        return await store.RechargeIntents.SingleAsync(intent => intent.OrganizationId == organization.Value && intent.Number == number);
    }

    public async Task<RechargeState> StateAsync(OrganizationId organization, long number = 1) => (RechargeState)(await RechargeAsync(organization, number)).State;

    public async Task<List<RechargeIntentRow>> RechargesAsync()
    {
        await using var store = _database.Read();
        return await store.RechargeIntents.OrderBy(intent => intent.OrganizationId).ThenBy(intent => intent.Number).ToListAsync();
    }

    public async Task<List<RechargeAttemptRow>> StepsAsync(OrganizationId organization, long number = 1)
    {
        await using var store = _database.Read();
        return await store.RechargeAttempts.Where(step => step.OrganizationId == organization.Value && step.Number == number).OrderBy(step => step.Step).ToListAsync();
    }

    public async Task<PaymentMethodRow> CardRowAsync(long card)
    {
        await using var store = _database.Read();
        return await store.PaymentMethods.SingleAsync(method => method.Id == card);
    }

    public async Task<BillingRuleRow> RuleRowAsync(OrganizationId organization)
    {
        await using var store = _database.Read();
        return await store.BillingRules.SingleAsync(rule => rule.OrganizationId == organization.Value);
    }

    /// <summary>Millionths that entries say were paid by recharges, in all ledgers.</summary>
    public async Task<long> BookedAsync()
    {
        await using var store = _database.Read();
        return await store.Entries.Where(entry => entry.Reason == ReasonCode.AutoRecharged.Code).SumAsync(entry => entry.NetAmount);
    }

    public async Task<decimal> CashAsync(OrganizationId organization)
    {
        await using var store = _database.Read();
        return await store.Accounts.Where(account => account.OrganizationId == organization.Value && account.Account == AccountKey.Of(AccountKind.Cash).Value)
            .Select(account => account.Balance).SingleAsync() / (decimal)Money.Unit;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        await Ledger.DisposeAsync();
        await _database.DisposeAsync();
    }

    private RechargeExecutor ExecutorOn(Ledger node) => new(new StoreOf(_database), node.Writer, Gateway, Clock, NullLogger<RechargeExecutor>.Instance);
}
