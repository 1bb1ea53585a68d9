using System.Collections.Concurrent;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Payments;

namespace BillingPortal.Tests.Capabilities.Recharges;

/// <summary>
/// A payment provider that does to the next charges what a test says, in order, and then pays. Like every provider, it makes a charge once for
/// a key. It stands outside of every node: several executors may share it.
/// </summary>
internal sealed class ScriptedGateway : IPaymentGateway
{
    public const string Name = "scripted";

    private readonly ConcurrentQueue<Func<PaymentOrder, Task<PaymentResult>>> _next = new();
    private readonly ConcurrentDictionary<string, PaymentResult> _payments = new();

    public string Provider => Name;

    /// <summary>Every call, as <c>charge KEY</c>, <c>ask KEY</c> or <c>cancel KEY</c>.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>The orders that were paid, by key.</summary>
    public ConcurrentDictionary<string, PaymentOrder> Paid { get; } = new();

    public long PaidMicros => Paid.Values.Sum(order => order.Amount.Micros);

    public void Pays() => _next.Enqueue(order => Task.FromResult(Pay(order)));

    public void Declines(string code = "card_declined", string message = "Your card was declined.") =>
        _next.Enqueue(order => Task.FromResult(_payments.GetOrAdd(order.Key, new PaymentResult.Declined("pay_" + order.Key, code, message))));

    public void WantsItsHolder() =>
        _next.Enqueue(order => Task.FromResult(_payments.GetOrAdd(order.Key, new PaymentResult.AuthenticationNeeded("pay_" + order.Key, null))));

    public void PaysAndLosesTheAnswer() => _next.Enqueue(order =>
    {
        Pay(order);
        return Task.FromResult<PaymentResult>(new PaymentResult.Unknown(null, "The provider did not answer in time."));
    });

    public void PaysAndBreaks() => _next.Enqueue(order =>
    {
        Pay(order);
        throw new HttpRequestException("The connection was reset.");
    });

    public void LosesTheOrder() =>
        _next.Enqueue(_ => Task.FromResult<PaymentResult>(new PaymentResult.Unknown(null, "The provider did not answer in time.")));

    /// <summary>Pays, and answers when the test lets it: whoever waits for it may be gone by then.</summary>
    public (Task Reached, Action Answer) PaysAndHoldsTheAnswer()
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _next.Enqueue(async order =>
        {
            var result = Pay(order);
            reached.SetResult();
            await answer.Task;
            return result;
        });
        return (reached.Task, answer.SetResult);
    }

    /// <summary>The holder confirms the payment.</summary>
    public PaymentResult Confirms(string key)
    {
        Calls.Enqueue("confirm " + key);
        return _payments[key] = new PaymentResult.Succeeded("pay_" + key);
    }

    public Task<PaymentResult> ChargeAsync(PaymentOrder order, CancellationToken cancel)
    {
        Calls.Enqueue("charge " + order.Key);
        return MakeAsync(order);
    }

    public Task<PaymentResult> AskAsync(PaymentOrder order, string? paymentId, CancellationToken cancel)
    {
        Calls.Enqueue("ask " + order.Key);
        return MakeAsync(order);
    }

    public Task<PaymentResult> CancelAsync(PaymentOrder order, string paymentId, CancellationToken cancel)
    {
        Calls.Enqueue("cancel " + order.Key);
        if (_payments[order.Key] is PaymentResult.AuthenticationNeeded)
        {
            _payments[order.Key] = new PaymentResult.Declined(paymentId, "canceled", "The payment was cancelled before its holder confirmed it.");
        }

        return Task.FromResult(_payments[order.Key]);
    }

    public Task<PaymentResult> RefundAsync(RefundOrder order, CancellationToken cancel) => throw new NotSupportedException();

    public Task<PaymentResult> AskRefundAsync(RefundOrder order, string? refundId, CancellationToken cancel) => throw new NotSupportedException();

    public Task<FoundCharge?> FindChargeAsync(string paymentId, CancellationToken cancel) => throw new NotSupportedException();

    public Task<string> EnterCustomerAsync(OrganizationId organization, string name, string key, CancellationToken cancel) => throw new NotSupportedException();

    public Task<CardIntent> BeginIntentAsync(string customer, OrganizationId organization, string key, CancellationToken cancel) => throw new NotSupportedException();

    public Task<Card?> FindMethodAsync(string customer, string method, CancellationToken cancel) => throw new NotSupportedException();

    public Task UpdateCustomerAsync(string customer, CustomerDetails details, CancellationToken cancel) => throw new NotSupportedException();

    public Task<CardSetup> BeginSetupAsync(string customer, Uri returnTo, string key, CancellationToken cancel) => throw new NotSupportedException();

    public Task<Card?> FindCardAsync(string customer, string setup, CancellationToken cancel) => throw new NotSupportedException();

    public Task RemoveCardAsync(string method, CancellationToken cancel) => throw new NotSupportedException();

    public PaymentNews? Read(string body, string? signature, Instant now) => throw new NotSupportedException();

    private async Task<PaymentResult> MakeAsync(PaymentOrder order) =>
        _payments.TryGetValue(order.Key, out var made) ? made : _next.TryDequeue(out var act) ? await act(order) : Pay(order);

    private PaymentResult Pay(PaymentOrder order)
    {
        Paid[order.Key] = order;
        return _payments.GetOrAdd(order.Key, new PaymentResult.Succeeded("pay_" + order.Key));
    }
}
