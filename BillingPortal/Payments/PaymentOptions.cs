using System.Globalization;
using BillingPortal.Store;

namespace BillingPortal.Payments;

/// <summary>Which payment provider: setting <c>Payments:Provider</c>.</summary>
/// <param name="Provider"><c>sandbox</c> (the default) or <c>stripe</c>.</param>
/// <param name="Stripe">How to reach Stripe, where it is chosen.</param>
public sealed record PaymentOptions(string Provider, StripeOptions? Stripe)
{
    /// <summary>The provider of tests and demonstrations, inside the portal.</summary>
    public const string Sandbox = "sandbox";

    /// <summary>Stripe.</summary>
    public const string OfStripe = "stripe";

    /// <summary>True where cards are charged in the sandbox and no money moves.</summary>
    public bool IsSandbox => Stripe is null;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="StartRefusedException">One is missing or unknown; the message says which.</exception>
    public static PaymentOptions From(IConfiguration configuration) =>
        (configuration["Payments:Provider"] ?? Sandbox).ToLowerInvariant() switch
        {
            Sandbox => new(Sandbox, Stripe: null),
            OfStripe => new(OfStripe, StripeOptions.From(configuration.GetSection("Payments:Stripe"))),
            var other => throw new StartRefusedException($"Payments__Provider is '{other}'; it must be 'sandbox' or 'stripe'."),
        };
}

/// <summary>How to reach Stripe: settings below <c>Payments:Stripe</c>. A class, so that nothing prints its secrets.</summary>
public sealed class StripeOptions
{
    /// <summary>Stripe's own address.</summary>
    public static readonly Uri PublicAddress = new("https://api.stripe.com");

    private StripeOptions(string secretKey, string webhookSecret, Uri baseUrl, TimeSpan timeout) =>
        (SecretKey, WebhookSecret, BaseUrl, Timeout) = (secretKey, webhookSecret, baseUrl, timeout);

    /// <summary>The secret or restricted key (<c>SecretKey</c>).</summary>
    public string SecretKey { get; }

    /// <summary>The signing secret of the webhook endpoint (<c>WebhookSecret</c>).</summary>
    public string WebhookSecret { get; }

    /// <summary>Where the API is (<c>BaseUrl</c>); Stripe's own address by default.</summary>
    public Uri BaseUrl { get; }

    /// <summary>How long an answer is waited for (<c>TimeoutSeconds</c>, 1 to 300, 30 by default). What is not answered by then is unknown, not failed.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>Reads them.</summary>
    /// <exception cref="StartRefusedException">One is missing or cannot be meant; the message says which.</exception>
    public static StripeOptions From(IConfigurationSection settings)
    {
        var address = settings["BaseUrl"] is { Length: > 0 } set ? set : PublicAddress.ToString();
        if (!Uri.TryCreate(address, UriKind.Absolute, out var baseUrl) || !(baseUrl.Scheme == Uri.UriSchemeHttps || (baseUrl.Scheme == Uri.UriSchemeHttp && baseUrl.IsLoopback)))
        {
            throw new StartRefusedException("Payments__Stripe__BaseUrl must be an https address: the secret key travels there.");
        }

        var seconds = settings["TimeoutSeconds"] is not { Length: > 0 } text ? 30
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var read) && read is >= 1 and <= 300 ? read
            : throw new StartRefusedException("Payments__Stripe__TimeoutSeconds must be a whole number from 1 to 300.");
        return new(Needed("SecretKey"), Needed("WebhookSecret"), baseUrl, TimeSpan.FromSeconds(seconds));

        string Needed(string name) => settings[name] is { Length: > 0 } value ? value
            : throw new StartRefusedException($"Set Payments__Stripe__{name}: Payments__Provider is 'stripe'.");
    }
}
