using System.Globalization;

namespace BillingPortal.Payments.Sandbox;

/// <summary>Refunds. A card whose answers or orders are lost loses them here too.</summary>
public sealed partial class SandboxGateway
{
    internal const string Refund = "refund";

    /// <inheritdoc />
    public Task<PaymentResult> RefundAsync(RefundOrder order, CancellationToken cancel) => RefundAsync(order, asked: false, cancel);

    /// <inheritdoc />
    public Task<PaymentResult> AskRefundAsync(RefundOrder order, string? refundId, CancellationToken cancel) => RefundAsync(order, asked: true, cancel);

    private async Task<PaymentResult> RefundAsync(RefundOrder order, bool asked, CancellationToken cancel)
    {
        MinorUnits.Of(order.Amount, order.Amount.Currency.MinorUnit);
        if (await _books.FindAsync<SandboxPayment>(Payment, order.PaymentId, cancel) is not (_, { } payment))
        {
            return new PaymentResult.Declined(null, "resource_missing", $"No such payment: '{order.PaymentId}'.");
        }

        var id = _books.IdOf("sbx_ref_", order.Key);
        var request = Request(Refund, order.Organization.Value.ToString(CultureInfo.InvariantCulture), order.Refund.ToString(CultureInfo.InvariantCulture), order.PaymentId,
            order.Amount.ToString(CultureInfo.InvariantCulture));
        var before = await _books.ListAsync<SandboxRefund>(Refund, order.PaymentId, cancel);
        if (before.All(refund => refund.Id != id) && Refusal(order, payment, before.Sum(refund => refund.Value.Amount)) is { } refusal)
        {
            return refusal;
        }

        var act = await _books.FindAsync<SandboxMethod>(Method, payment.Method, cancel) is (_, { } card) ? SandboxBehaviour.Of(card.Behaviour).Act : SandboxAct.Pay;
        if (act == SandboxAct.LoseOrder && !asked
            && await _books.MakeOnceAsync("lost:" + order.Key, request, [(_books.IdOf("sbx_lost_", order.Key), Lost, order.PaymentId, order.Key)], cancel))
        {
            return new PaymentResult.Unknown(null, "The provider did not answer in time.");
        }

        var made = await _books.MakeOnceAsync(order.Key, request, [(id, Refund, order.PaymentId, new SandboxRefund(order.Organization.Value, order.Refund, order.Amount.Micros))], cancel);
        return made && act == SandboxAct.LoseAnswer && !asked
            ? new PaymentResult.Unknown(null, "The provider did not answer in time.")
            : new PaymentResult.Succeeded(id);
    }

    private static PaymentResult.Declined? Refusal(RefundOrder order, SandboxPayment payment, long refunded) =>
        payment.State != SandboxPayment.Paid ? new PaymentResult.Declined(null, "charge_not_paid", "The payment did not go through, so there is nothing to refund.")
        : payment.Dispute is "open" or "lost" ? new PaymentResult.Declined(null, "charge_disputed", "The payment is disputed.")
        : refunded + order.Amount.Micros > payment.Amount ? new PaymentResult.Declined(null, "amount_too_large", "The refund is larger than what is left of the payment.")
        : null;
}

/// <summary>A refund, as the sandbox keeps it. The amount is in millionths.</summary>
internal sealed record SandboxRefund(long Organization, long Refund, long Amount);
