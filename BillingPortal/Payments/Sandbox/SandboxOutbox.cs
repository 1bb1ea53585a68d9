using System.Collections.Immutable;
using System.Text.Json;
using BillingPortal.Domain;

namespace BillingPortal.Payments.Sandbox;

/// <summary>
/// The webhooks that the sandbox has to send. They wait in its tables, so that none is lost with the process; whoever delivers them
/// (<see cref="WaitAsync"/>, then <see cref="DueAsync"/>) marks each one afterwards, so that a crash delivers it again and never not at all.
/// </summary>
public sealed class SandboxOutbox : IDisposable
{
    private const string Kind = "event", Due = "due", Delivered = "delivered";
    private readonly SandboxBooks _books;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _signal = new(1);

    internal SandboxOutbox(SandboxBooks books, TimeProvider clock) => (_books, _clock) = (books, clock);

    /// <summary>Waits until there may be one: the first time at once, since an earlier process may have left some.</summary>
    public Task WaitAsync(CancellationToken cancel) => _signal.WaitAsync(cancel);

    /// <summary>What is to be delivered, oldest first, signed now.</summary>
    public async Task<ImmutableArray<SandboxWebhook>> DueAsync(CancellationToken cancel)
    {
        var due = await _books.ListAsync<SandboxNews>(Kind, Due, cancel);
        return [.. due.Select(news =>
        {
            var body = JsonSerializer.Serialize(news.Value);
            return new SandboxWebhook(news.Id, body, WebhookSignature.Sign(body, _books.Secret(), Instant.Now(_clock)));
        })];
    }

    /// <summary>Marks one as delivered.</summary>
    public Task DeliveredAsync(SandboxWebhook webhook, CancellationToken cancel) => _books.MoveAsync(webhook.Id, Delivered, cancel);

    /// <summary>Signs a body as the sandbox does, for whoever wants to send one themselves.</summary>
    public string Sign(string body) => WebhookSignature.Sign(body, _books.Secret(), Instant.Now(_clock));

    /// <inheritdoc />
    public void Dispose() => _signal.Dispose();

    /// <summary>The row that holds a webhook until it is delivered. The same news can be told several times, by several rows.</summary>
    internal (string Id, string Kind, string Parent, object Value) Telling(string kind, string payment, string customer, SandboxPayment state, int time = 1)
    {
        var about = $"{kind}:{payment}:{state.State}:{state.Dispute}";
        var dispute = state.Dispute is null ? null : _books.IdOf("sbx_dis_", payment);
        var news = new SandboxNews(_books.IdOf("sbx_evt_", about), kind, payment, customer, state, dispute);
        return (_books.IdOf("sbx_tell_", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{about}:{time}")), Kind, Due, news);
    }

    /// <summary>The same for a card that was taken.</summary>
    internal (string Id, string Kind, string Parent, object Value) TellingOfCard(string setup, string customer, long organization, string method) =>
        (_books.IdOf("sbx_tell_", setup), Kind, Due, new SandboxNews(_books.IdOf("sbx_evt_", setup), "setup_intent.succeeded", "", customer, null, null, organization, method));

    /// <summary>Wakes whoever delivers.</summary>
    internal void Wake()
    {
        if (_signal.CurrentCount == 0)
        {
            _signal.Release();
        }
    }
}

/// <summary>A webhook of the sandbox.</summary>
/// <param name="Id">Which telling; the event's own id stands in the body.</param>
/// <param name="Body">JSON.</param>
/// <param name="Signature">Its <see cref="WebhookSignature"/>.</param>
public sealed record SandboxWebhook(string Id, string Body, string Signature);
