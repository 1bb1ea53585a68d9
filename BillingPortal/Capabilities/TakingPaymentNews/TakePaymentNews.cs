using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Plans;
using BillingPortal.Payments;
using BillingPortal.Store;
using BillingPortal.Store.Writing;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.TakingPaymentNews;

/// <summary>
/// Takes what the payment provider tells by webhook. Its signature is the authentication; nobody's permission is asked. News may come twice, late and
/// out of order: an event is noted after it was handled, so that a crash in between has it delivered again, and every command that it leads to does its
/// act once.
/// </summary>
public sealed class TakePaymentNews(IDbContextFactory<BillingStore> stores, JournalWriter writer, IPaymentGateway gateway, TimeProvider clock)
{
    /// <summary>As entries name it.</summary>
    private static readonly Actor Webhook = Actor.System("webhook");

    /// <summary>Reads, handles and notes it. False where the signature does not hold.</summary>
    /// <exception cref="PaymentGatewayException">The provider was to be asked something and did not answer: it should deliver again.</exception>
    /// <exception cref="UnknownOutcomeException">Whether it was booked is not known: it should deliver again.</exception>
    public async Task<bool> RunAsync(string body, string? signature, CancellationToken cancel)
    {
        if (gateway.Read(body, signature, Instant.Now(clock)) is not { } news)
        {
            return false;
        }

        await using var store = await stores.CreateDbContextAsync(cancel);
        if (await store.PaymentEvents.AnyAsync(e => e.Provider == gateway.Provider && e.EventId == news.EventId, cancel))
        {
            return true;
        }

        var (organization, outcome) = news switch
        {
            PaymentNews.OfCharge charge => await SettleAsync(store, charge, cancel),
            PaymentNews.RefundChanged refund => await RefundAsync(store, refund, cancel),
            PaymentNews.CardTaken taken => await EnterAsync(store, taken, cancel),
            PaymentNews.DisputeOpened opened => await DisputeAsync(store, opened.PaymentId, opened.DisputeId, opened.Amount, won: null, cancel),
            PaymentNews.DisputeClosed closed => await DisputeAsync(store, closed.PaymentId, closed.DisputeId, closed.Amount, closed.Won, cancel),
            _ => (null, "nothing that concerns the portal"),
        };
        await NoteAsync(store, news, organization, outcome, cancel);
        return true;
    }

    private async Task<(OrganizationId? Organization, string Outcome)> SettleAsync(BillingStore store, PaymentNews.OfCharge news, CancellationToken cancel) =>
        await IsOursAsync(store, news.Organization, news.Customer, cancel)
            ? (news.Organization, await SettleAsync(store, news.Organization, news.Recharge, news.For, news.Attempt, news.Result, cancel))
            : (null, "another portal's customer");

    /// <summary>Enters a card that was typed on a program's own page; the same news twice enter it once.</summary>
    private async Task<(OrganizationId? Organization, string Outcome)> EnterAsync(BillingStore store, PaymentNews.CardTaken news, CancellationToken cancel)
    {
        if (!await IsOursAsync(store, news.Organization, news.Customer, cancel))
        {
            return (null, "another portal's customer");
        }

        return await gateway.FindMethodAsync(news.Customer, news.Method, cancel) is not { } card ? (news.Organization, "the card is gone")
            : (news.Organization, await RunAsync(new AddCard(Webhook, "card:" + card.Method, news.Organization,
                new NewCard(gateway.Provider, news.Customer, card.Method, card.Brand, card.Last4, card.ExpiryMonth, card.ExpiryYear)), cancel));
    }

    /// <summary>
    /// A dispute names nothing but its payment, so the provider is asked whose that is. Money that was taken is booked first, whoever was
    /// to tell of it; a dispute that ended is opened first, where its opening is still under way.
    /// </summary>
    private async Task<(OrganizationId? Organization, string Outcome)> DisputeAsync(
        BillingStore store, string payment, string dispute, Money amount, bool? won, CancellationToken cancel)
    {
        if (await gateway.FindChargeAsync(payment, cancel) is not { } charge || !await IsOursAsync(store, charge.Organization, charge.Customer, cancel))
        {
            return (null, "not a payment of this portal");
        }

        if (charge.Result is PaymentResult.Succeeded)
        {
            await SettleAsync(store, charge.Organization, charge.Recharge, charge.For, charge.Attempt, charge.Result, cancel);
        }

        var outcome = await RunAsync(new BookDispute(Webhook, charge.Organization, new DisputeChange(gateway.Provider, dispute, payment, amount.Micros, "open")), cancel);
        return (charge.Organization, won is null ? outcome : await RunAsync(new CloseDispute(Webhook, charge.Organization, gateway.Provider, dispute, won.Value), cancel));
    }

    /// <summary>Books how a refund of ours stands now: the provider may take one back weeks after it was paid, as where the card is closed.</summary>
    private async Task<(OrganizationId? Organization, string Outcome)> RefundAsync(BillingStore store, PaymentNews.RefundChanged news, CancellationToken cancel)
    {
        var body = await store.RefundIntents.Where(refund => refund.OrganizationId == news.Organization.Value && refund.Number == news.Refund).Select(refund => refund.Body).FirstOrDefaultAsync(cancel);
        if (body is null || RefundJson.Read(body) is not { } intent || intent.Provider != gateway.Provider || intent.PaymentId != news.PaymentId)
        {
            return (null, "not a refund of this portal");
        }

        var currency = await store.Organizations.Where(o => o.Id == news.Organization.Value).Select(o => o.Currency).FirstAsync(cancel);
        var order = new RefundOrder(RefundIntent.KeyOf(news.Organization.Value, intent.Number), news.Organization, intent.Number, intent.PaymentId, new Money(intent.Amount, Currency.Of(currency)));
        var stands = (await gateway.AskRefundAsync(order, news.RefundId, cancel)).ToRefund();
        return (news.Organization, stands is RefundOutcome.Unknown ? "under way" : await RunAsync(new SettleRefund(Webhook, news.Organization, intent.Number, stands), cancel));
    }

    /// <summary>Customers at the provider belong to one portal; several portals may share its account.</summary>
    private async Task<bool> IsOursAsync(BillingStore store, OrganizationId organization, string? customer, CancellationToken cancel) =>
        await store.PaymentCustomers.AnyAsync(c => c.OrganizationId == organization.Value && c.Provider == gateway.Provider && c.Customer == customer, cancel);

    /// <summary>Books what became of a recharge, of a purchase of credits, or of a plan's fee, whose number is its payer's.</summary>
    private async Task<string> SettleAsync(BillingStore store, OrganizationId payer, long number, ChargedFor what, int attempt, PaymentResult result, CancellationToken cancel)
    {
        switch (what)
        {
            case ChargedFor.Recharge:
                return await RunAsync(new SettleRecharge(Webhook, payer, number, attempt, result.ToOutcome()), cancel);
            case ChargedFor.Checkout:
                var page = (result as PaymentResult.AuthenticationNeeded)?.Page?.ToString();
                return await RunAsync(new SettleCheckout(Webhook, payer, number, attempt, result.ToOutcome()) { ConfirmPage = page }, cancel);
        }

        var organization = await store.PlanFees.Where(fee => fee.PayerId == payer.Value && fee.Number == number).Select(fee => (long?)fee.OrganizationId).FirstOrDefaultAsync(cancel);
        return organization is { } whose
            ? await RunAsync(new SettleFee(Webhook, new OrganizationId(whose), payer, number, attempt, result.ToOutcome()), cancel)
            : "no such fee";
    }

    private async Task<string> RunAsync(MoneyCommand command, CancellationToken cancel) => (await writer.RunAsync(command, Agreement.OfProgram, cancel)).Match(
        done: receipt => receipt.Entries is [var entry, ..] ? string.Create(CultureInfo.InvariantCulture, $"entry {entry.Seq}") : receipt.Effects.Count > 0 ? "noted" : "nothing to change",
        invalid: errors => string.Join(' ', errors.Select(error => error.Message)),
        refused: refusal => refusal.Code == RefusalCode.PayerChanged ? throw new UnknownOutcomeException(refusal.Message) : refusal.Message,
        needsApproval: _ => "needs approval",
        unknown: reason => throw new UnknownOutcomeException(reason),
        notFound: what => what,
        stale: reason => throw new UnknownOutcomeException(reason));

    private Task<int> NoteAsync(BillingStore store, PaymentNews news, OrganizationId? organization, string outcome, CancellationToken cancel) => store.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO payment_event (provider, event_id, kind, received_at, organization_id, outcome)
        VALUES ({gateway.Provider}, {news.EventId}, {news.Kind}, {Instant.Now(clock).Micros}, {organization?.Value}, {outcome}) ON CONFLICT DO NOTHING
        """, cancel);
}

/// <summary>Whether something was booked is not known.</summary>
public sealed class UnknownOutcomeException(string reason) : Exception(reason);
