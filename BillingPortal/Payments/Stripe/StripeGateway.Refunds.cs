using System.Globalization;
using System.Text.Json;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Payments.Stripe;

/// <summary>Refunds of payment intents.</summary>
public sealed partial class StripeGateway
{
    private const string Refunds = "v1/refunds", RefundNumber = "refund";

    /// <inheritdoc />
    public async Task<PaymentResult> RefundAsync(RefundOrder order, CancellationToken cancel)
    {
        var reply = await _wire.SendAsync(HttpMethod.Post, Refunds, new Dictionary<string, string>
        {
            ["payment_intent"] = order.PaymentId,
            ["amount"] = StripeAmount.Of(order.Amount).ToString(CultureInfo.InvariantCulture),
            [$"metadata[{StripePayment.Organization}]"] = order.Organization.Value.ToString(CultureInfo.InvariantCulture),
            [$"metadata[{RefundNumber}]"] = order.Refund.ToString(CultureInfo.InvariantCulture),
        }, order.Key, cancel);
        return reply.IsKeyReused ? throw new PaymentGatewayException("The key was used for another order.") : reply.IsDone ? Refunded(reply.Body) : StripePayment.Of(reply);
    }

    /// <summary>
    /// Asks for the refund by its id. Where that is not known, looks through the payment's refunds first: Stripe forgets keys after a day or more, and a key
    /// that it forgot would refund a second time.
    /// </summary>
    public async Task<PaymentResult> AskRefundAsync(RefundOrder order, string? refundId, CancellationToken cancel)
    {
        if (refundId is not null)
        {
            var asked = await _wire.SendAsync(HttpMethod.Get, $"{Refunds}/{Uri.EscapeDataString(refundId)}", form: null, key: null, cancel);
            return asked.IsDone ? Refunded(asked.Body) : new PaymentResult.Unknown(refundId, asked.ToException().Message);
        }

        var all = await _wire.SendAsync(HttpMethod.Get, $"{Refunds}?payment_intent={Uri.EscapeDataString(order.PaymentId)}&limit=100", form: null, key: null, cancel);
        if (!all.IsDone || all.Body.Member("data") is not { ValueKind: JsonValueKind.Array } refunds)
        {
            return new PaymentResult.Unknown(null, (all with { Status = all.IsDone ? 0 : all.Status }).ToException().Message);
        }

        foreach (var refund in refunds.EnumerateArray())
        {
            if (refund.Member("metadata") is { } about && Is(about, StripePayment.Organization, order.Organization.Value) && Is(about, RefundNumber, order.Refund))
            {
                return Refunded(refund);
            }
        }

        return await RefundAsync(order, cancel);
    }

    /// <summary>Whose refund it is, by what it was ordered with; null where it was not ordered here.</summary>
    internal static (OrganizationId Organization, string Id, string PaymentId, long Number)? RefundOf(JsonElement refund) =>
        refund.Text("id") is { } id && refund.IdOf("payment_intent") is { } payment && refund.Member("metadata") is { } about
            && long.TryParse(about.Text(StripePayment.Organization), NumberStyles.None, CultureInfo.InvariantCulture, out var organization)
            && long.TryParse(about.Text(RefundNumber), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (new OrganizationId(organization), id, payment, number) : null;

    /// <summary>What a refund says: only succeeded is paid back, and only failed or canceled is not.</summary>
    private static PaymentResult Refunded(JsonElement refund) => (refund.Text("status"), refund.Text("id") ?? "") switch
    {
        ("succeeded", var id) => new PaymentResult.Succeeded(id),
        ("failed", var id) => new PaymentResult.Declined(id, refund.Text("failure_reason") ?? "failed", "The card's bank did not take the refund."),
        ("canceled", var id) => new PaymentResult.Declined(id, "canceled", "The refund was cancelled at the provider."),
        (var status, var id) => new PaymentResult.Unknown(id, $"The provider says '{status}'."),
    };

    private static bool Is(JsonElement metadata, string name, long number) => metadata.Text(name) == number.ToString(CultureInfo.InvariantCulture);
}
