using BillingPortal.Store.Scheduling;
using Quartz;

namespace BillingPortal.Capabilities.Refunding;

/// <summary>Wakes what takes due refunds to the payment provider.</summary>
public sealed class RefundRound(RefundExecutor executor) : IJob
{
    /// <summary>How often: whoever decided a refund sees it go through.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await executor.RunAsync(cancellationToken);
}

/// <summary>Puts the room into the application.</summary>
public static class RefundingRoom
{
    /// <summary>Adds its command, query and job.</summary>
    public static IServiceCollection AddRefunding(this IServiceCollection services)
    {
        services.AddSingleton<ListRefunds>().AddSingleton<RefundingBalance>().AddSingleton<RefundExecutor>();
        services.AddRepeatingJob<RefundRound>(RefundRound.Every);
        return services;
    }
}
