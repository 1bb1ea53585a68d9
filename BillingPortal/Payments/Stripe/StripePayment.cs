using System.Globalization;
using System.Text.Json;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Payments.Stripe;

/// <summary>Stripe's payment intents and errors, as results.</summary>
internal static class StripePayment
{
    private const string Authentication = "authentication_required";

    /// <summary>Metadata that leads from a payment to its recharge.</summary>
    public const string Organization = "organization", Recharge = "recharge", Fee = "fee", Checkout = "checkout", Attempt = "attempt";

    /// <summary>Under which metadata the number of what is charged stands.</summary>
    public static string NumberOf(ChargedFor what) => what switch { ChargedFor.Fee => Fee, ChargedFor.Checkout => Checkout, _ => Recharge };

    /// <summary>What a payment intent says.</summary>
    public static PaymentResult Of(JsonElement intent)
    {
        var id = intent.Text("id") ?? "";
        return intent.Text("status") switch
        {
            "succeeded" => new PaymentResult.Succeeded(id),
            "requires_action" => new PaymentResult.AuthenticationNeeded(id, PageOf(intent)),
            "requires_payment_method" when intent.Member("last_payment_error") is { } error => OfCardError(id, error),
            "requires_payment_method" => new PaymentResult.Declined(id, "requires_payment_method", "The card could not be charged."),
            "canceled" => new PaymentResult.Declined(id, "canceled", "The payment was cancelled at the provider."),
            var status => new PaymentResult.Unknown(id, $"The provider says '{status}'."),
        };
    }

    /// <summary>What a reply to a charge says. Only a clear no is a no: a fault, a limit or a busy key leaves it unknown.</summary>
    public static PaymentResult Of(StripeReply reply)
    {
        if (reply.IsDone)
        {
            return Of(reply.Body);
        }

        if (reply.Status == 0)
        {
            return new PaymentResult.Unknown(null, "The provider did not answer in time.");
        }

        var error = reply.Error ?? default;
        var intent = error.IdOf("payment_intent");
        return (reply.Status, error.Text("type")) switch
        {
            (StatusCodes.Status402PaymentRequired, _) or (_, "card_error") => OfCardError(intent, error),
            (StatusCodes.Status400BadRequest or StatusCodes.Status404NotFound, "invalid_request_error") =>
                new PaymentResult.Declined(intent, error.Text("code") ?? "invalid_request", error.Text("message") ?? "The provider refused the payment."),
            (StatusCodes.Status429TooManyRequests, _) => new PaymentResult.Unknown(intent, "The provider is asked too often."),
            (StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden, _) => new PaymentResult.Unknown(intent, "The provider does not accept the portal's key."),
            var (status, _) => new PaymentResult.Unknown(intent, string.Create(CultureInfo.InvariantCulture, $"The provider has a fault ({status}).")),
        };
    }

    /// <summary>Which charge of ours it is; null where its metadata name none.</summary>
    public static FoundCharge? Found(JsonElement intent) =>
        intent.Member("metadata") is { } about && Number(about, Organization) is { } organization && What(about) is ({ } number, var what) && Number(about, Attempt) is { } attempt and <= int.MaxValue
            ? new FoundCharge(new OrganizationId(organization), number, (int)attempt, Of(intent)) { Customer = intent.IdOf("customer"), For = what }
            : null;

    /// <summary>Which organization its metadata name; null where they name none.</summary>
    public static OrganizationId? OrganizationIn(JsonElement thing) => thing.Member("metadata") is { } about && Number(about, Organization) is { } number ? new OrganizationId(number) : null;

    private static (long? Number, ChargedFor What) What(JsonElement about) => (Number(about, Recharge), Number(about, Fee)) switch
    {
        ({ } recharge, _) => (recharge, ChargedFor.Recharge),
        (_, { } fee) => (fee, ChargedFor.Fee),
        _ => (Number(about, Checkout), ChargedFor.Checkout),
    };

    private static PaymentResult OfCardError(string? id, JsonElement error) => id is not null && error.Text("code") == Authentication
        ? new PaymentResult.AuthenticationNeeded(id, error.Member("payment_intent") is { } intent ? PageOf(intent) : null)
        : new PaymentResult.Declined(id, error.Text("decline_code") ?? error.Text("code") ?? "card_error", error.Text("message") ?? "The card was declined.");

    private static Uri? PageOf(JsonElement intent) =>
        intent.Member("next_action")?.Member("redirect_to_url")?.Text("url") is { } url && Uri.TryCreate(url, UriKind.Absolute, out var page) ? page : null;

    private static long? Number(JsonElement metadata, string name) =>
        long.TryParse(metadata.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
