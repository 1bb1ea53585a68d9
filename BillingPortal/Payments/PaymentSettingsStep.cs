using BillingPortal.Store;

namespace BillingPortal.Payments;

/// <summary>Reads the settings before anything is done with them, and warns where a portal for customers would take their test cards.</summary>
internal sealed partial class PaymentSettingsStep(IServiceProvider services, IHostEnvironment environment, ILogger<PaymentSettingsStep> log) : IStartStep
{
    /// <inheritdoc />
    public int Order => 0;

    /// <summary>Reads them.</summary>
    /// <exception cref="StartRefusedException">One is missing or unknown; the message says which.</exception>
    public Task RunAsync(CancellationToken cancel)
    {
        if (services.GetRequiredService<PaymentOptions>().IsSandbox && environment.IsProduction())
        {
            NoMoney(log);
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(1702, LogLevel.Warning, "Cards are charged in the sandbox: it takes test cards only, and no money moves. For customers set Payments__Provider=stripe, Payments__Stripe__SecretKey and Payments__Stripe__WebhookSecret, and start again.")]
    private static partial void NoMoney(ILogger log);
}
