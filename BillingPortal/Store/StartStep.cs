namespace BillingPortal.Store;

/// <summary>Something done once before the portal answers: the demo's people, a check that it may start at all. Registered by rooms.</summary>
public interface IStartStep
{
    /// <summary>Smaller comes first; people are 10, what they own is later.</summary>
    int Order { get; }

    /// <summary>Does it. It runs at every start, so it must find its own work done.</summary>
    /// <exception cref="StartRefusedException">The portal must not start.</exception>
    Task RunAsync(CancellationToken cancel);
}

/// <summary>The portal must not start; the message says why and what to do.</summary>
public sealed class StartRefusedException(string message) : Exception(message);

/// <summary>Takes the steps in their order.</summary>
public static class StartSteps
{
    /// <summary>Takes them all.</summary>
    public static async Task RunAsync(IServiceProvider services, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        foreach (var step in scope.ServiceProvider.GetServices<IStartStep>().OrderBy(step => step.Order))
        {
            await step.RunAsync(cancel);
        }
    }
}
