using System.Collections;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;

namespace BillingPortal.Web.Reading;

/// <summary>
/// Reads a component's data. The newest read wins: an older one still running is cancelled and its answer dropped. Disposal cancels.
/// A null answer or an empty collection is <see cref="Fetched{T}.Empty"/>; an exception is logged and becomes <see cref="Fetched{T}.Failed"/>.
/// </summary>
/// <typeparam name="T">What is read.</typeparam>
/// <param name="read">Reads it; called anew by each <see cref="RunAsync"/>.</param>
/// <param name="changed">Called when the state changed; a component passes <c>StateHasChanged</c>.</param>
/// <param name="log">Where a failure is written.</param>
public sealed partial class Fetching<T>(Func<CancellationToken, Task<T?>> read, Action changed, ILogger? log = null) : IDisposable
{
    private CancellationTokenSource? _running;
    private bool _disposed;

    /// <summary>What there is to show.</summary>
    public Fetched<T> State { get; private set; } = new Fetched<T>.Loading();

    /// <summary>The value, where it is ready.</summary>
    public T? Value => State is Fetched<T>.Ready ready ? ready.Value : default;

    /// <summary>Shows <paramref name="value"/> at once, as one kept from prerendering; a read then replaces it.</summary>
    public void Seed(T value) => State = new Fetched<T>.Ready(value);

    /// <summary>Reads, or reads again. What was ready stays in sight while it is read again.</summary>
    public async Task RunAsync()
    {
        if (_disposed)
        {
            return;
        }

        var mine = Supersede();
        if (State is not Fetched<T>.Ready)
        {
            Show(new Fetched<T>.Loading());
        }

        var answer = await ReadAsync(mine.Token);
        if (ReferenceEquals(_running, mine) && !_disposed && answer is not null)
        {
            Show(answer);
        }

        mine.Dispose();
        if (ReferenceEquals(_running, mine))
        {
            _running = null;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _disposed = true;
        _running?.Cancel();
    }

    /// <summary>Cancels the read still running, at once, so that it cannot come through any more.</summary>
    private CancellationTokenSource Supersede()
    {
        var older = _running;
        _running = new();
        older?.Cancel();
        return _running;
    }

    /// <summary>The answer, or null where this read was cancelled.</summary>
    private async Task<Fetched<T>?> ReadAsync(CancellationToken cancel)
    {
        try
        {
            var value = await read(cancel);
            return value is null or ICollection { Count: 0 } ? new Fetched<T>.Empty() : new Fetched<T>.Ready(value);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return null;
        }
#pragma warning disable CA1031 // whatever broke the read, the rest of the page stands
        catch (Exception broken) when (!cancel.IsCancellationRequested)
#pragma warning restore CA1031
        {
            var trace = (Activity.Current?.TraceId.ToString() ?? Guid.NewGuid().ToString("N"))[..8];
            Broke(log ?? NullLogger.Instance, typeof(T).Name, trace, broken);
            return new Fetched<T>.Failed(trace);
        }
    }

    private void Show(Fetched<T> state)
    {
        State = state;
        changed();
    }

    [LoggerMessage(LogLevel.Error, "Reading {What} failed, trace {Trace}")]
    private static partial void Broke(ILogger log, string what, string trace, Exception broken);
}
