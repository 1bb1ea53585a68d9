using BillingPortal.Store.Scheduling;
using Quartz;

namespace BillingPortal.Capabilities.Dunning;

/// <summary>Wakes <see cref="DunOverdue"/>: days begin at another hour in every zone.</summary>
public sealed class DunningRound(DunOverdue dunning) : IJob
{
    /// <summary>How often.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <inheritdoc />
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await dunning.RunAsync(cancellationToken);
}

/// <summary>Puts the room into the application.</summary>
public static class DunningRoom
{
    /// <summary>Adds its job.</summary>
    public static IServiceCollection AddDunning(this IServiceCollection services) => services.AddSingleton<DunOverdue>().AddRepeatingJob<DunningRound>(DunningRound.Every);
}
