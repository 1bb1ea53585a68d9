using Quartz;

namespace BillingPortal.Capabilities.Auditing;

/// <summary>Has the laws checked every night. Quartz only wakes it: where nodes share PostgreSQL, one of them is woken.</summary>
[DisallowConcurrentExecution]
public sealed class NightlyCheck(LawChecking checking) : IJob
{
    /// <summary>When: 03:17 UTC, when imports and month ends rest.</summary>
    public const string Schedule = "0 17 3 * * ?";

    /// <summary>What it is called.</summary>
    public static readonly JobKey Key = new("nightly-check", "auditing");

    /// <inheritdoc />
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await checking.RunAsync(cancellationToken);
}
