using Quartz;

namespace BillingPortal.Capabilities.Recharges;

/// <summary>Wakes what takes due recharges to the payment provider, and on shutdown lets those under way finish.</summary>
public sealed class RechargeRound(RechargesUnderWay rounds, RechargeExecutor executor) : IJob
{
    /// <summary>How often: a customer who ran low waits no longer for the first step.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await rounds.RunAsync(executor.RunAsync, cancellationToken);
}

/// <summary>
/// Holds the portal's shutdown until charges under way have been answered and booked, as long as the host allows. What is not done by then is
/// found by the next node, which asks with the same key.
/// </summary>
public sealed class RechargesUnderWay : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _round = Task.CompletedTask;

    /// <summary>Runs a round unless the portal stops.</summary>
    public async Task RunAsync(Func<CancellationToken, Task> round, CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, _stopping.Token);
        _round = either.IsCancellationRequested ? Task.CompletedTask : round(either.Token);
        try
        {
            await _round;
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // What was not taken on stays due.
        }
    }

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _stopping.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // A host that is stopped from two sides closes its services under the second; the first has waited.
        }

        await Task.WhenAny(_round, Task.Delay(Timeout.Infinite, cancellationToken));
    }

    /// <inheritdoc />
    public void Dispose() => _stopping.Dispose();
}
