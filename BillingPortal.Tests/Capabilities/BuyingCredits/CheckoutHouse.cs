using BillingPortal.Capabilities.BuyingCredits;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store;
using BillingPortal.Tests.Capabilities.PaymentMethods;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace BillingPortal.Tests.Capabilities.BuyingCredits;

/// <summary>An organization with cards at the sandbox, and what buys credits.</summary>
internal sealed class CheckoutHouse : IAsyncDisposable
{
    private CheckoutHouse(CardsHouse cards)
    {
        Cards = cards;
        var collection = new CheckoutCollection(cards.Stores, cards.Ledger.Writer, cards.Gateway, NullLogger<CheckoutCollection>.Instance);
        Paying = new PayingCheckout(cards.Stores, cards.Ledger.Writer, collection);
        Getting = new GetCheckout(cards.Stores, cards.Clock);
        Executor = new CheckoutExecutor(cards.Stores, cards.Ledger.Writer, collection, cards.Clock, NullLogger<CheckoutExecutor>.Instance);
    }

    public CardsHouse Cards { get; }

    public PayingCheckout Paying { get; }

    public GetCheckout Getting { get; }

    public CheckoutExecutor Executor { get; }

    public static async Task<CheckoutHouse> OpenAsync(TestDatabases databases, DatabaseKind kind) => new(await CardsHouse.BuildAsync(databases, kind));

    /// <summary>Begins a purchase of 50: its id.</summary>
    public async Task<string> BeginAsync(decimal amount = 50)
    {
        var command = new BeginCheckout(Cards.Admin.Actor, Cards.Ledger.NextKey(), Cards.Acme)
        {
            Amount = Ledger.Micros(amount), Pages = $"http://localhost/organizations/{Cards.Acme}/checkout/",
            SuccessUrl = "https://shop.example/thanks?s={CHECKOUT_SESSION_ID}", CancelUrl = "https://shop.example/credits",
        };
        await Cards.Ledger.DoneAsync(command);
        return command.Id;
    }

    public async Task<CheckoutFile> ReadAsync(string session) =>
        (await Getting.RunAsync(Cards.Admin, Cards.Acme, session, default)).ShouldBeOfType<Outcome<CheckoutFile>.Done>().Value;

    /// <summary>Adds a card of this number and gives its own.</summary>
    public async Task<long> CardAsync(string number)
    {
        await Cards.AddAsync(number);
        await using var store = Cards.Stores.CreateDbContext();
        return await store.PaymentMethods.Where(card => card.Last4 == number.Substring(number.Length - 4)).Select(card => card.Id).SingleAsync();
    }

    /// <summary>Looks at the preview and agrees to it.</summary>
    public async Task<Outcome<Receipt>> PayAsync(string session, long card, string? key = null)
    {
        var wish = new CheckoutWish(session, card, "http://localhost/here");
        key ??= Cards.Ledger.NextKey();
        var outcome = await Paying.PreviewAsync(Cards.Admin, Cards.Acme, wish, key, default);
        return await outcome.ThenAsync(seen => Paying.CommitAsync(Cards.Admin, Cards.Acme, wish, Agreement.To(seen.Claim), key, default));
    }

    /// <summary>How many entries bought credits, and what cash there is.</summary>
    public async Task<(int Bought, decimal Cash)> BooksAsync()
    {
        await using var store = Cards.Stores.CreateDbContext();
        return (await store.Entries.CountAsync(entry => entry.Reason == ReasonCode.CreditsBought.Code), await Cards.CashAsync());
    }

    public ValueTask DisposeAsync() => Cards.DisposeAsync();
}
