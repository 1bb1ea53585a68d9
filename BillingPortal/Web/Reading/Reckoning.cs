using Microsoft.Extensions.Logging.Abstractions;

namespace BillingPortal.Web.Reading;

/// <summary>
/// Something reckoned from what is filled in, as soon as it rests, away from the page's own thread. The newest wish wins; an older answer is
/// dropped. For reckoning without reading: what is read has <see cref="Fetching{T}"/>.
/// </summary>
/// <typeparam name="TWish">What it is reckoned from.</typeparam>
/// <typeparam name="TAnswer">What it comes to.</typeparam>
/// <param name="reckon">A pure function.</param>
/// <param name="dispatch">Runs work where the component may be changed; a component passes <c>InvokeAsync</c>.</param>
/// <param name="changed">Called when there is something new to show.</param>
/// <param name="clock">Tells when it has rested.</param>
/// <param name="log">Where a failure is written.</param>
public sealed partial class Reckoning<TWish, TAnswer>(
    Func<TWish, TAnswer> reckon, Func<Func<Task>, Task> dispatch, Action changed, TimeProvider clock, ILogger? log = null) : IDisposable
    where TWish : class
    where TAnswer : class
{
    /// <summary>How long what is filled in must rest.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private TWish? _wish;
    private ITimer? _timer;
    private bool _disposed;

    /// <summary>The latest answer; null before the first.</summary>
    public TAnswer? Answer { get; private set; }

    /// <summary>True from a change until its answer: what is shown is of the wish before it.</summary>
    public bool Busy { get; private set; }

    /// <summary>Reckons <paramref name="wish"/> as soon as it rests.</summary>
    public void Ask(TWish wish)
    {
        (_wish, Busy) = (wish, true);
        _timer?.Dispose();
        _timer = clock.CreateTimer(_ => _ = dispatch(RunAsync), null, Pause, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Reckons <paramref name="wish"/> at once.</summary>
    public void Now(TWish wish)
    {
        _wish = wish;
        (Answer, Busy) = (reckon(wish), false);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _disposed = true;
        _timer?.Dispose();
    }

    private async Task RunAsync()
    {
        if (_disposed || _wish is not { } wish)
        {
            return;
        }

        TAnswer? answer = null;
        try
        {
            answer = await Task.Run(() => reckon(wish));
        }
#pragma warning disable CA1031 // whatever broke it, the page and what was typed stand
        catch (Exception broken)
#pragma warning restore CA1031
        {
            Broke(log ?? NullLogger.Instance, broken);
        }

        if (ReferenceEquals(_wish, wish) && !_disposed)
        {
            (Answer, Busy) = (answer, false);
            changed();
        }
    }

    [LoggerMessage(LogLevel.Error, "Something to be shown could not be reckoned")]
    private static partial void Broke(ILogger log, Exception broken);
}
