using Quartz;

namespace BillingPortal.Capabilities.Auditing;

/// <summary>Has the laws checked every night. Quartz only wakes it: where nodes share PostgreSQL, one of them is woken.</summary>
[DisallowConcurrentExecution]
public sealed class NightlyCheck(LawChecking checking) : IJob
{
    /// <summary>When, UTC: imports and month ends rest then.</summary>
    public static readonly TimeOnly Time = new(3, 17);

    /// <inheritdoc />
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await checking.RunAsync(cancellationToken);
}
