using System.Net;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Payments;
using BillingPortal.Payments.Sandbox;
using BillingPortal.Store.Rows;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.Tests.Payments;

/// <summary>What a card's holder does on the sandbox's page of a payment, and how the portal hears of it.</summary>
public sealed class SandboxPaymentPageTests(TestDatabases databases)
{
    [Theory]
    [InlineData("confirm", "Paid.", "payment_intent.succeeded")]
    [InlineData("fail", "Declined: The provided payment method has failed authentication.", "payment_intent.payment_failed")]
    public async Task A_holder_confirms_or_refuses_and_the_portal_is_told(string act, string state, string kind)
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await using var portal = new Portal(database);
        using var visitor = portal.Visit();
        var page = (await ChargeAsync(portal, "4000002760003184")).ShouldBeOfType<PaymentResult.AuthenticationNeeded>().Page!.ToString();
        (await TextAsync(visitor, page)).ShouldContain("Waits for its holder to confirm.");

        (await ActAsync(visitor, page, act)).ShouldBe(HttpStatusCode.Redirect);
        (await ActAsync(visitor, page, act == "confirm" ? "fail" : "confirm")).ShouldBe(HttpStatusCode.Redirect);

        (await TextAsync(visitor, page)).ShouldContain(state);
        (await HeardAsync(portal)).Kind.ShouldBe(kind);
    }

    [Fact]
    public async Task A_holder_disputes_a_payment_and_the_dispute_ends()
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        await using var portal = new Portal(database);
        using var visitor = portal.Visit();
        var page = "/sandbox/payments/" + (await ChargeAsync(portal, "4242424242424242")).PaymentId;

        await ActAsync(visitor, page, "win");
        (await TextAsync(visitor, page)).ShouldContain("Dispute this payment");
        await ActAsync(visitor, page, "dispute");
        (await TextAsync(visitor, page)).ShouldContain("Paid, and disputed.");
        (await HeardAsync(portal)).Kind.ShouldBe("charge.dispute.created");
        await ActAsync(visitor, page, "lose");
        (await TextAsync(visitor, page)).ShouldContain("the dispute was lost");
    }

    [Fact]
    public async Task News_left_over_by_a_portal_that_died_are_delivered_by_the_next()
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        var books = new SandboxBooks(new StoreOf(database), TimeProvider.System);
        using var outbox = new SandboxOutbox(books, TimeProvider.System);
        var gateway = new SandboxGateway(books, outbox);
        await ChargeAsync(gateway, new SandboxDesk(books, outbox, TimeProvider.System), "4000000000000259");

        await using var portal = new Portal(database);

        (await HeardAsync(portal)).Outcome.ShouldBe("not a payment of this portal");
    }

    private static Task<PaymentResult> ChargeAsync(Portal portal, string number) =>
        ChargeAsync(portal.Services.GetRequiredService<IPaymentGateway>(), portal.Services.GetRequiredService<SandboxDesk>(), number);

    private static async Task<PaymentResult> ChargeAsync(IPaymentGateway gateway, SandboxDesk desk, string number)
    {
        var customer = await gateway.EnterCustomerAsync(new OrganizationId(10_001), "Acme", "c", default);
        var setup = await gateway.BeginSetupAsync(customer, new Uri("/back", UriKind.Relative), "s", default);
        await desk.TakeAsync(setup.Id, number, "12", "34", default);
        var card = await gateway.FindCardAsync(customer, setup.Id, default);
        return await gateway.ChargeAsync(new("k", new OrganizationId(10_001), 1, 1, customer, card!.Method, Money.Of(100, Currency.Usd), "Recharge of Acme"), default);
    }

    private static async Task<string> TextAsync(Visitor visitor, string page)
    {
        using var answer = await visitor.GetAsync(page);
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<HttpStatusCode> ActAsync(Visitor visitor, string page, string act)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["act"] = act });
        using var answer = await visitor.Client.PostAsync(new Uri(page, UriKind.Relative), form);
        return answer.StatusCode;
    }

    /// <summary>The first event that the portal noted, once it has.</summary>
    private static async Task<PaymentEventRow> HeardAsync(Portal portal)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            await using var store = portal.Store();
            if (await store.PaymentEvents.AsNoTracking().FirstOrDefaultAsync(patience.Token) is { } heard)
            {
                return heard;
            }

            await timer.WaitForNextTickAsync(patience.Token);
        }
    }
}
