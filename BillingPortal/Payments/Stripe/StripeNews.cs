using System.Text.Json;

namespace BillingPortal.Payments.Stripe;

/// <summary>Stripe's events, as news.</summary>
internal static class StripeNews
{
    /// <summary>What <paramref name="body"/> says; null where it is no event.</summary>
    public static PaymentNews? Of(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            return root.Text("id") is { } id && root.Text("type") is { } kind && root.Member("data")?.Member("object") is { } what
                ? Of(id, kind, what.Clone()) ?? new PaymentNews.Other(id, kind)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static PaymentNews? Of(string id, string kind, JsonElement what) => kind switch
    {
        "payment_intent.succeeded" or "payment_intent.payment_failed" or "payment_intent.requires_action" => StripePayment.Found(what) is { } found
            ? new PaymentNews.OfCharge(id, kind, found.Organization, found.Recharge, found.Attempt, found.Result) { Customer = found.Customer, For = found.For }
            : null,

        // Setups that a page of the portal leads to name no organization: who comes back enters their card.
        "setup_intent.succeeded" => StripePayment.OrganizationIn(what) is { } organization && what.IdOf("customer") is { } customer && what.IdOf("payment_method") is { } method
            ? new PaymentNews.CardTaken(id, kind, organization, customer, method)
            : null,

        // An inquiry ("warning_…") takes no money yet; once it does, funds_withdrawn follows.
        "charge.dispute.created" or "charge.dispute.funds_withdrawn" when what.Text("status")?.StartsWith("warning_", StringComparison.Ordinal) != true => Dispute(what) is var (dispute, payment, amount)
            ? new PaymentNews.DisputeOpened(id, kind, dispute, payment, amount)
            : null,
        "charge.dispute.closed" when what.Text("status") is "won" or "lost" => Dispute(what) is var (dispute, payment, amount)
            ? new PaymentNews.DisputeClosed(id, kind, dispute, payment, amount, what.Text("status") == "won")
            : null,
        "refund.updated" or "refund.failed" or "charge.refund.updated" => StripeGateway.RefundOf(what) is var (organization, refund, payment, number)
            ? new PaymentNews.RefundChanged(id, kind, organization, number, payment, refund)
            : null,
        _ => null,
    };

    private static (string Dispute, string Payment, Domain.Money Amount)? Dispute(JsonElement what) =>
        what.Text("id") is { } id && what.IdOf("payment_intent") is { } payment && StripeAmount.Read(what.Whole("amount"), what.Text("currency")) is { } amount
            ? (id, payment, amount)
            : null;
}
