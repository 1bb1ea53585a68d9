using System.Globalization;
using System.Text.Json;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Payments.Sandbox;

/// <summary>
/// The payment provider of tests and demonstrations: inside the portal, kept in its database, the same every time. A card does what its test number says
/// (<see cref="SandboxCard"/>); the number itself is kept nowhere. A charge's answer comes at once; webhooks tell only what happens later: that its
/// holder confirmed, that it is disputed.
/// </summary>
public sealed partial class SandboxGateway : IPaymentGateway
{
    internal const string Customer = "customer", Setup = "setup", Method = "method", Payment = "payment", Lost = "lost", Details = "details";
    private readonly SandboxBooks _books;
    private readonly SandboxOutbox _outbox;

    internal SandboxGateway(SandboxBooks books, SandboxOutbox outbox) => (_books, _outbox) = (books, outbox);

    /// <inheritdoc />
    public string Provider => PaymentOptions.Sandbox;

    /// <inheritdoc />
    public async Task<string> EnterCustomerAsync(OrganizationId organization, string name, string key, CancellationToken cancel)
    {
        var id = _books.IdOf("sbx_cus_", key);
        var number = organization.Value.ToString(CultureInfo.InvariantCulture);
        await _books.MakeOnceAsync(key, Request(Customer, number), [(id, Customer, number, name)], cancel);
        return id;
    }

    /// <inheritdoc />
    public async Task UpdateCustomerAsync(string customer, CustomerDetails details, CancellationToken cancel)
    {
        if (await _books.FindAsync<string>(Customer, customer, cancel) is null)
        {
            throw new PaymentGatewayException($"No such customer: '{customer}'.");
        }

        var id = "details:" + customer;
        if (await _books.FindAsync<CustomerDetails>(Details, id, cancel) is not (_, { } known))
        {
            await _books.MakeOnceAsync(id, Request(Details, customer), [(id, Details, customer, details)], cancel);
        }
        else if (known != details)
        {
            await _books.ChangeAsync(id, known, details, [], cancel);
        }
    }

    /// <inheritdoc />
    public async Task<CardSetup> BeginSetupAsync(string customer, Uri returnTo, string key, CancellationToken cancel)
    {
        if (await _books.FindAsync<string>(Customer, customer, cancel) is null)
        {
            throw new PaymentGatewayException($"No such customer: '{customer}'.");
        }

        var id = _books.IdOf("sbx_set_", key);
        await _books.MakeOnceAsync(key, Request(Setup, customer, returnTo.ToString()), [(id, Setup, customer, new SandboxSetup(returnTo.ToString(), Method: null))], cancel);
        return new CardSetup(id, new Uri(SandboxPages.SetupPath + id, UriKind.Relative));
    }

    /// <inheritdoc />
    public async Task<Card?> FindCardAsync(string customer, string setup, CancellationToken cancel)
    {
        if (await _books.FindAsync<SandboxSetup>(Setup, setup, cancel) is not ({ } owner, { } begun) || owner != customer)
        {
            throw new PaymentGatewayException("There is no such setup for this customer.");
        }

        return begun.Method is { } id && await _books.FindAsync<SandboxMethod>(Method, id, cancel) is (_, { Removed: false } card)
            ? new Card(id, card.Brand, card.Last4, card.ExpiryMonth, card.ExpiryYear)
            : null;
    }

    /// <inheritdoc />
    public Task<PaymentResult> ChargeAsync(PaymentOrder order, CancellationToken cancel) => ChargeAsync(order, asked: false, cancel);

    /// <inheritdoc />
    public async Task<PaymentResult> AskAsync(PaymentOrder order, string? paymentId, CancellationToken cancel) =>
        paymentId is not null && await _books.FindAsync<SandboxPayment>(Payment, paymentId, cancel) is (_, { } payment)
            ? payment.ResultOf(paymentId)
            : await ChargeAsync(order, asked: true, cancel);

    /// <inheritdoc />
    public async Task<FoundCharge?> FindChargeAsync(string paymentId, CancellationToken cancel) =>
        await _books.FindAsync<SandboxPayment>(Payment, paymentId, cancel) is ({ } customer, { } payment) ? payment.FoundAs(paymentId, customer) : null;

    /// <inheritdoc />
    public async Task<PaymentResult> CancelAsync(PaymentOrder order, string paymentId, CancellationToken cancel)
    {
        if (await _books.FindAsync<SandboxPayment>(Payment, paymentId, cancel) is (_, { State: SandboxPayment.Waiting } waiting))
        {
            var taken = waiting with { State = SandboxPayment.Declined, Code = "canceled", Message = "The payment was cancelled before its holder confirmed it." };
            await _books.ChangeAsync(paymentId, waiting, taken, [], cancel);
        }

        return await AskAsync(order, paymentId, cancel);
    }

    /// <inheritdoc />
    public async Task RemoveCardAsync(string method, CancellationToken cancel)
    {
        if (await _books.FindAsync<SandboxMethod>(Method, method, cancel) is (_, { Removed: false } card))
        {
            await _books.ChangeAsync(method, card, card with { Removed = true }, [], cancel);
        }
    }

    /// <inheritdoc />
    public PaymentNews? Read(string body, string? signature, Instant now)
    {
        if (!WebhookSignature.Holds(body, signature, _books.Secret(), now) || Parsed(body) is not { Id: not null, Kind: not null } news)
        {
            return null;
        }

        if (news is { State: null, Method: { } method })
        {
            return new PaymentNews.CardTaken(news.Id, news.Kind, new OrganizationId(news.Organization), news.Customer, method);
        }

        if (news.State is not { } payment)
        {
            return null;
        }

        return (news.Kind, news.Dispute) switch
        {
            ("payment_intent.succeeded" or "payment_intent.payment_failed" or "payment_intent.requires_action", _) => new PaymentNews.OfCharge(
                news.Id, news.Kind, new OrganizationId(payment.Organization), payment.Recharge, payment.Attempt, payment.ResultOf(news.Payment)) { Customer = news.Customer, For = payment.For },
            ("charge.dispute.created", { } dispute) => new PaymentNews.DisputeOpened(news.Id, news.Kind, dispute, news.Payment, payment.Money),
            ("charge.dispute.closed", { } dispute) => new PaymentNews.DisputeClosed(news.Id, news.Kind, dispute, news.Payment, payment.Money, payment.Dispute == "won"),
            _ => new PaymentNews.Other(news.Id, news.Kind),
        };
    }

    private async Task<PaymentResult> ChargeAsync(PaymentOrder order, bool asked, CancellationToken cancel)
    {
        MinorUnits.Of(order.Amount, order.Amount.Currency.MinorUnit);
        var id = _books.IdOf("sbx_pay_", order.Key);
        var request = Request(
            Payment, order.Organization.Value.ToString(CultureInfo.InvariantCulture), NumberOf(order.For) + order.Recharge.ToString(CultureInfo.InvariantCulture), order.Attempt.ToString(CultureInfo.InvariantCulture),
            order.Customer, order.Method, order.Amount.ToString(CultureInfo.InvariantCulture), order.Description);
        var card = await _books.FindAsync<SandboxMethod>(Method, order.Method, cancel);
        var before = await _books.FindAsync<SandboxPayment>(Payment, id, cancel);
        if (before is null && (card is null || card.Value.Parent != order.Customer || card.Value.Value.Removed))
        {
            return new PaymentResult.Declined(null, "resource_missing", "There is no such card.");
        }

        var behaviour = SandboxBehaviour.Of(card!.Value.Value.Behaviour);
        if (behaviour.Act == SandboxAct.LoseOrder && !asked
            && await _books.MakeOnceAsync("lost:" + order.Key, request, [(_books.IdOf("sbx_lost_", order.Key), Lost, order.Customer, order.Key)], cancel))
        {
            return new PaymentResult.Unknown(null, "The provider did not answer in time.");
        }

        var payment = PaymentOf(order, behaviour);
        var made = await _books.MakeOnceAsync(order.Key, request, [(id, Payment, order.Customer, payment), .. TellingsOf(id, order.Customer, payment, behaviour)], cancel);
        if (made && behaviour.Act is SandboxAct.Dispute or SandboxAct.TellTwice)
        {
            _outbox.Wake();
        }

        return made && behaviour.Act == SandboxAct.LoseAnswer && !asked
            ? new PaymentResult.Unknown(null, "The provider did not answer in time.")
            : (await _books.FindAsync<SandboxPayment>(Payment, id, cancel))!.Value.Value.ResultOf(id);
    }

    private static SandboxPayment PaymentOf(PaymentOrder order, SandboxBehaviour behaviour)
    {
        var (state, code, dispute) = behaviour.Act switch
        {
            SandboxAct.Decline => (SandboxPayment.Declined, behaviour.Word, null),
            SandboxAct.Authenticate => (SandboxPayment.Waiting, behaviour.Word, null),
            SandboxAct.Dispute => (SandboxPayment.Paid, "", "open"),
            _ => (SandboxPayment.Paid, "", (string?)null),
        };
        return new(order.Organization.Value, order.Recharge, order.Attempt, order.Method, order.Amount.Micros, order.Amount.Currency.Code,
            order.Description, state, code, behaviour.Message, dispute, order.For == ChargedFor.Fee, order.For == ChargedFor.Checkout, order.ReturnTo?.ToString());
    }

    private static string NumberOf(ChargedFor what) => what switch { ChargedFor.Fee => "fee ", ChargedFor.Checkout => "checkout ", _ => "" };

    private (string Id, string Kind, string Parent, object Value)[] TellingsOf(string id, string customer, SandboxPayment payment, SandboxBehaviour behaviour) => behaviour.Act switch
    {
        SandboxAct.Dispute => [_outbox.Telling("charge.dispute.created", id, customer, payment)],
        SandboxAct.TellTwice => [_outbox.Telling("payment_intent.succeeded", id, customer, payment), _outbox.Telling("payment_intent.succeeded", id, customer, payment, time: 2)],
        _ => [],
    };

    private static SandboxNews? Parsed(string body)
    {
        try
        {
            return JsonSerializer.Deserialize<SandboxNews>(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Request(params ReadOnlySpan<string> parts) => JsonSerializer.Serialize(parts.ToArray());
}
