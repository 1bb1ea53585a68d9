using System.Data.Common;
using BillingPortal.Payments;
using BillingPortal.Payments.Sandbox;

namespace BillingPortal.Capabilities.TakingPaymentNews;

/// <summary>
/// Delivers the sandbox's webhooks, signed, in the way that a provider's arrive: after a crash once more, on a fault again until it is taken.
/// </summary>
public sealed partial class SandboxDelivery(SandboxOutbox outbox, TakePaymentNews take, IPaymentGateway gateway, TimeProvider clock, ILogger<SandboxDelivery> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>Delivers what there is.</summary>
    public async Task DeliverAsync(CancellationToken cancel)
    {
        foreach (var webhook in await outbox.DueAsync(cancel))
        {
            if (!await take.RunAsync(webhook.Body, webhook.Signature, cancel))
            {
                NotTaken(log, webhook.Id);
            }

            await outbox.DeliveredAsync(webhook, cancel);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (gateway.Provider == PaymentOptions.Sandbox)
        {
            await outbox.WaitAsync(stoppingToken);
            while (!await TryDeliverAsync(stoppingToken))
            {
                await Task.Delay(Pause, clock, stoppingToken);
            }
        }
    }

    private async Task<bool> TryDeliverAsync(CancellationToken cancel)
    {
        try
        {
            await DeliverAsync(cancel);
            return true;
        }
        catch (Exception fault) when (fault is DbException or UnknownOutcomeException or PaymentGatewayException)
        {
            Later(log, fault);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The sandbox's webhook {Webhook} was not taken: its signature does not hold")]
    private static partial void NotTaken(ILogger log, string webhook);

    [LoggerMessage(LogLevel.Warning, "The sandbox's webhooks could not be delivered; tried again")]
    private static partial void Later(ILogger log, Exception fault);
}
