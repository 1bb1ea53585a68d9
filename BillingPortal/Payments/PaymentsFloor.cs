using BillingPortal.Payments.Sandbox;
using BillingPortal.Payments.Stripe;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Payments;

/// <summary>Puts the payment provider that the settings choose into the container (decision 0017).</summary>
public static class PaymentsFloor
{
    private const string StripeClient = "stripe";

    /// <summary>Adds it. The settings are read when it is first needed, at the latest by a step before the portal answers.</summary>
    public static IServiceCollection AddPayments(this IServiceCollection services)
    {
        services.AddSingleton(provider => PaymentOptions.From(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<IStartStep, PaymentSettingsStep>();
        services.AddSingleton(provider => new SandboxBooks(provider.GetRequiredService<IDbContextFactory<BillingStore>>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new SandboxOutbox(provider.GetRequiredService<SandboxBooks>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SandboxDesk>();

        // Stripe's answers are small; redirects are not followed, since the secret key would go along. The log of HTTP calls is off for the same key.
        services.AddHttpClient(StripeClient, (provider, client) =>
            {
                client.Timeout = provider.GetRequiredService<PaymentOptions>().Stripe!.Timeout;
                client.MaxResponseContentBufferSize = 4 * 1024 * 1024;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        services.AddSingleton<IPaymentGateway>(provider => provider.GetRequiredService<PaymentOptions>() is { Stripe: { } stripe }
            ? new StripeGateway(provider.GetRequiredService<IHttpClientFactory>().CreateClient(StripeClient), stripe)
            : new SandboxGateway(provider.GetRequiredService<SandboxBooks>(), provider.GetRequiredService<SandboxOutbox>()));
        return services;
    }

    /// <summary>Maps the sandbox's own pages, where it is the provider.</summary>
    public static void MapPayments(this WebApplication app)
    {
        if (app.Configuration["Payments:Provider"] is not { } provider || string.Equals(provider, PaymentOptions.Sandbox, StringComparison.OrdinalIgnoreCase))
        {
            app.MapSandboxPages();
        }
    }
}
