using System.Globalization;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Payments.Stripe;

/// <summary>Cards that are typed on a program's own page, with Stripe's script.</summary>
public sealed partial class StripeGateway
{
    /// <inheritdoc />
    public async Task<CardIntent> BeginIntentAsync(string customer, OrganizationId organization, string key, CancellationToken cancel)
    {
        var intent = await _wire.NeedAsync(HttpMethod.Post, "v1/setup_intents", new Dictionary<string, string>
        {
            ["customer"] = customer,
            ["payment_method_types[0]"] = "card",
            ["usage"] = "off_session",
            [$"metadata[{StripePayment.Organization}]"] = organization.Value.ToString(CultureInfo.InvariantCulture),
        }, key, cancel);
        return new CardIntent(IdIn(intent), intent.Text("client_secret") ?? throw Odd());
    }

    /// <inheritdoc />
    public async Task<Card?> FindMethodAsync(string customer, string method, CancellationToken cancel)
    {
        var reply = await _wire.SendAsync(HttpMethod.Get, "v1/payment_methods/" + Uri.EscapeDataString(method), form: null, key: null, cancel);
        return reply.Status == StatusCodes.Status404NotFound ? null
            : !reply.IsDone ? throw reply.ToException()
            : reply.Body.IdOf("customer") == customer && reply.Body.Text("id") is { } id && reply.Body.Member("card") is { } card
                ? new Card(id, card.Text("brand") ?? "card", card.Text("last4") ?? "", (int)(card.Whole("exp_month") ?? 0), (int)(card.Whole("exp_year") ?? 0))
                : null;
    }
}
