using BillingPortal.Payments;
using BillingPortal.Payments.Stripe;
using BillingPortal.Tests.Setup.Stripe;
using Microsoft.Extensions.Configuration;

namespace BillingPortal.Tests.Payments;

/// <summary>The portal's Stripe gateway before a server that speaks as Stripe does.</summary>
internal sealed class StripeAtWork : IProviderAtWork
{
    private readonly HttpClient _client;

    private StripeAtWork(StripeServer server)
    {
        Server = server;
        _client = new HttpClient();
        Gateway = By(_client);
    }

    public StripeServer Server { get; }

    public IPaymentGateway Gateway { get; }

    public static async Task<StripeAtWork> OpenAsync() => new(await StripeServer.StartAsync());

    /// <summary>The gateway by another client, or with another key.</summary>
    public StripeGateway By(HttpClient client, string secretKey = StripeServer.SecretKey)
    {
        var settings = Server.Settings.ToDictionary();
        settings["Payments:Stripe:SecretKey"] = secretKey;
        return new StripeGateway(client, PaymentOptions.From(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).Stripe!);
    }

    public Task<(string? Back, string? Refusal)> TypeAsync(CardSetup setup, string number) => Task.FromResult(Server.Account.Complete(setup.Id, number));

    public Task<int> CountPaymentsAsync(string customer) => Task.FromResult(Server.Account.Payments.Count(payment => StripeAccount.Text(payment, "customer") == customer));

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Server.DisposeAsync();
    }
}
