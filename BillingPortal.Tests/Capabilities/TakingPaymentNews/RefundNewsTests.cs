using System.Text.Json.Nodes;
using BillingPortal.Capabilities.Refunding;
using BillingPortal.Capabilities.TakingPaymentNews;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Payments;
using BillingPortal.Store.Writing;
using BillingPortal.Tests.Payments;
using BillingPortal.Tests.Setup;
using BillingPortal.Tests.Setup.Stripe;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace BillingPortal.Tests.Capabilities.TakingPaymentNews;

public sealed class RefundNewsTests(TestDatabases databases)
{
    [Theory, BothDatabases]
    public async Task A_refund_that_comes_back_weeks_after_it_was_paid_is_the_balances_again_once(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var stripe = await StripeAtWork.OpenAsync();
        var clock = new FakeClock();
        await using var ledger = new Ledger(database, clock);
        var (stores, gateway) = (new StoreOf(database), stripe.Gateway);
        var acme = await ledger.OrganizationAsync();
        await ledger.DoneAsync(ledger.TopUp(acme, 100, bonusRate: 100_000));
        var customer = await gateway.EnterCustomerAsync(acme, "Acme", "customer", default);
        var setup = await gateway.BeginSetupAsync(customer, new Uri("http://localhost:5080/back"), "setup", default);
        await stripe.TypeAsync(setup, "4242424242424242");
        var card = (await gateway.FindCardAsync(customer, setup.Id, default))!;
        await ledger.CardAsync(acme, new NewCard(gateway.Provider, customer, card.Method, card.Brand, card.Last4, card.ExpiryMonth, card.ExpiryYear));
        await ledger.DoneAsync(ledger.Rule(Engine.Recharge(acme, 30, 50)));
        await ledger.DoneAsync(ledger.Charge(acme, 90));
        var payment = await gateway.ChargeAsync(new PaymentOrder(RechargeIntent.KeyOf(acme.Value, 1, 1), acme, 1, 1, customer, card.Method, Money.Of(50, Currency.Usd), "Recharge"), default);
        await ledger.FlyAsync(acme, _ => new RechargeOutcome.Paid(payment.PaymentId!));
        await ledger.DoneAsync(new RefundBalance(Ledger.Tester, "refund", acme, 1) { Amount = Ledger.Micros(30), Limit = Ledger.Micros(1_000) });
        (await new RefundExecutor(stores, ledger.Writer, gateway, clock, NullLogger<RefundExecutor>.Instance).RunAsync(default)).ShouldBe(1);
        var paid = await IntentAsync();
        (paid.State, await HeldAsync()).ShouldBe((RefundState.Settled, (30m, 5m, -120m)), "half of the bonus lapsed with half of the cash");

        clock.Advance(TimeSpan.FromDays(21));
        var news = new TakePaymentNews(stores, ledger.Writer, gateway, clock);
        var before = StripeWebhooks.Event("refund.updated", stripe.Server.Account.Find(paid.RefundId!)!);
        var failed = stripe.Server.Account.Change(paid.RefundId!, refund => (refund["status"], refund["failure_reason"]) = ("failed", "lost_or_stolen_card"));
        foreach (var body in new[] { StripeWebhooks.Event("refund.failed", failed), StripeWebhooks.Event("charge.refund.updated", failed), before, Others(failed) })
        {
            (await news.RunAsync(body, stripe.Server.Webhooks.Sign(body, clock.GetUtcNow()), default)).ShouldBeTrue();
            (await news.RunAsync(body, stripe.Server.Webhooks.Sign(body, clock.GetUtcNow()), default)).ShouldBeTrue();
            (await HeldAsync()).ShouldBe((60m, 10m, -150m), body);
        }

        var back = await IntentAsync();
        (back.State, back.FailureCode).ShouldBe((RefundState.Released, "lost_or_stolen_card"));
        await using var store = stores.CreateDbContext();
        (await store.Entries.Where(entry => entry.OrganizationId == acme.Value && entry.Seq == back.EndedSeq).Select(entry => entry.Reason).SingleAsync()).ShouldBe("refund_returned");
        (await store.PaymentEvents.Select(e => e.Outcome).ToListAsync()).ShouldContain("not a refund of this portal");
        (await ledger.RechargesAsync(acme)).Count.ShouldBe(1);
        await ledger.LawsHoldAsync();

        async Task<RefundIntent> IntentAsync()
        {
            await using var read = stores.CreateDbContext();
            return RefundJson.Read((await read.RefundIntents.SingleAsync()).Body);
        }

        async Task<(decimal Cash, decimal Bonus, decimal Clearing)> HeldAsync() =>
            (await ledger.HeldAsync(acme), await ledger.HeldAsync(acme, AccountKind.Bonus), await ledger.HeldAsync(acme, AccountKind.PaymentsClearing));
    }

    /// <summary>A refund of another portal at the same account.</summary>
    private static string Others(JsonObject refund)
    {
        var other = (JsonObject)refund.DeepClone();
        other["payment_intent"] = "pi_other";
        return StripeWebhooks.Event("refund.failed", other);
    }
}
