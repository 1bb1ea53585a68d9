using BillingPortal.Domain;
using BillingPortal.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace BillingPortal.Web.Deciding;

/// <summary>
/// The preview beside a form: asked anew a moment after the last change, the newest answer wins, and before it lapses it renews itself.
/// The idempotency key is made with the wish, so however often one wish is previewed and submitted, it happens once.
/// </summary>
/// <typeparam name="TForm">The form; equal forms are one wish.</typeparam>
/// <param name="read">Previews a form under a key.</param>
/// <param name="dispatch">Runs work where the component may be changed; a component passes <c>InvokeAsync</c>.</param>
/// <param name="changed">Called when there is something new to show.</param>
/// <param name="clock">Tells when to ask and when to renew.</param>
/// <param name="log">Where a failure is written.</param>
public sealed class LivePreview<TForm>(
    Func<TForm, string, CancellationToken, Task<Outcome<Preview>>> read, Func<Func<Task>, Task> dispatch, Action changed, TimeProvider clock,
    ILogger? log = null) : IDisposable
    where TForm : class
{
    /// <summary>How long the form must rest before it is previewed.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>How long before it lapses a preview renews itself.</summary>
    public static readonly TimeSpan Lead = TimeSpan.FromMinutes(1);

    private TForm? _form;
    private string _key = "";
    private ITimer? _timer;
    private CancellationTokenSource? _running;
    private bool _disposed;

    /// <summary>What there is to show; null before the first answer and after <see cref="Clear"/>.</summary>
    public ShownPreview<TForm>? Shown { get; private set; }

    /// <summary>True from a change until its answer: what is shown is of the form before it.</summary>
    public bool Busy { get; private set; }

    /// <summary>Previews <paramref name="form"/> as soon as it rests.</summary>
    /// <param name="form">The wish.</param>
    /// <param name="key">A key it was submitted under before; null to make one for a new wish.</param>
    public void Ask(TForm form, string? key = null)
    {
        Wish(form, key);
        Busy = true;
        Ring(Pause);
        changed();
    }

    /// <summary>Previews <paramref name="form"/> at once.</summary>
    public Task AskNowAsync(TForm form)
    {
        Wish(form, key: null);
        return RunAsync();
    }

    /// <summary>Forgets the wish: it was done or is not one yet.</summary>
    public void Clear()
    {
        _timer?.Dispose();
        _timer = null;
        _running?.Cancel();
        _form = null;
        _key = "";
        (Shown, Busy) = (null, false);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _disposed = true;
        Clear();
    }

    private void Wish(TForm form, string? key)
    {
        if (key is not null || _key.Length == 0 || !form.Equals(_form))
        {
            _key = key ?? Guid.NewGuid().ToString("N");
        }

        _form = form;
    }

    private void Ring(TimeSpan after)
    {
        _timer?.Dispose();
        _timer = clock.CreateTimer(_ => _ = dispatch(RunAsync), null, after, Timeout.InfiniteTimeSpan);
    }

    private async Task RunAsync()
    {
        if (_disposed || _form is not { } form)
        {
            return;
        }

        using var mine = new CancellationTokenSource();
        var older = _running;
        _running = mine;
        if (older is not null)
        {
            await older.CancelAsync();
        }

        Busy = true;
        var key = _key;
        try
        {
            var answer = await read(form, key, mine.Token);
            if (ReferenceEquals(_running, mine) && !_disposed)
            {
                Show(new ShownPreview<TForm>(form, key, answer));
            }
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
            return;
        }
#pragma warning disable CA1031 // whatever broke the preview, the form and what was typed stand
        catch (Exception broken)
#pragma warning restore CA1031
        {
            LivePreviewLog.Broke(log ?? NullLogger.Instance, broken);
            if (ReferenceEquals(_running, mine) && !_disposed)
            {
                Show(new ShownPreview<TForm>(form, key, new Outcome<Preview>.Unknown("The preview could not be read. Nothing was posted.")));
            }
        }
        finally
        {
            if (ReferenceEquals(_running, mine))
            {
                _running = null;
            }
        }
    }

    private void Show(ShownPreview<TForm> shown)
    {
        (Shown, Busy) = (shown, false);
        if (shown.Preview is { } preview)
        {
            Ring(preview.ValidUntil.ToUtc() - Lead - clock.GetUtcNow());
        }

        changed();
    }
}

/// <summary>A preview as it is shown, with what it is bound to.</summary>
/// <typeparam name="TForm">The form.</typeparam>
/// <param name="Form">The wish.</param>
/// <param name="Key">The key under which it is submitted.</param>
/// <param name="Answer">What it would come to.</param>
public sealed record ShownPreview<TForm>(TForm Form, string Key, Outcome<Preview> Answer)
{
    /// <summary>The preview, where the wish would be done.</summary>
    public Preview? Preview => (Answer as Outcome<Preview>.Done)?.Value;
}

internal static partial class LivePreviewLog
{
    [LoggerMessage(LogLevel.Error, "A preview could not be read")]
    public static partial void Broke(ILogger log, Exception broken);
}
