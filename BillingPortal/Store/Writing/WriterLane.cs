using System.Data.Common;
using System.Threading.Channels;
using BillingPortal.Domain;

namespace BillingPortal.Store.Writing;

/// <summary>
/// One writer: a bounded queue and a loop that commits whatever waits, at most 256 callers in one transaction, no timer. One for a
/// process on SQLite, four for a node on PostgreSQL.
/// </summary>
internal sealed class WriterLane : IAsyncDisposable
{
    private const int MaxBatch = 256;
    private const int Attempts = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly Channel<WriterItem> _queue = Channel.CreateBounded<WriterItem>(new BoundedChannelOptions(4_096) { SingleReader = true });
    private readonly Func<Task<LedgerSession>> _open;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Task _loop;
    private LedgerSession? _session;

    public WriterLane(Func<Task<LedgerSession>> open, TimeProvider clock, ILogger log)
    {
        (_open, _clock, _log) = (open, clock, log);
        _loop = Task.Run(LoopAsync);
    }

    public async Task<Outcome<Receipt>> RunAsync(WriterItem item, CancellationToken cancel)
    {
        await _queue.Writer.WriteAsync(item, cancel);
        return await item.Answer;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        if (_session is not null)
        {
            await _session.DisposeAsync();
        }
    }

    private async Task LoopAsync()
    {
        var batch = new List<WriterItem>(MaxBatch);
        WriterItem? held = null;
        while (held is not null || await _queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            if (held is not null)
            {
                batch.Add(held);
                held = null;
            }

            while (batch is not [{ Publication: not null }] && batch.Count < MaxBatch && _queue.Reader.TryRead(out var item))
            {
                if (item.IsAbandoned)
                {
                    item.Abandon();
                }
                else if (item.Publication is not null && batch.Count > 0)
                {
                    held = item;
                    break;
                }
                else
                {
                    batch.Add(item);
                }
            }

            if (batch.Count > 0)
            {
                await CommitAsync(batch);
            }
        }
    }

    private async Task CommitAsync(List<WriterItem> batch)
    {
        try
        {
            await TryAsync(batch);
        }
        catch (Exception fault) when (IsOfTheDatabase(fault))
        {
            // The database refused the batch, or COMMIT's outcome is unknown. Each caller is run alone with its own key: what was
            // committed is found by its key, after the head's lock, and answered as it was.
            WriterLog.Retrying(_log, batch.Count, fault);
            await ResetAsync();
            await OneByOneAsync(batch);
        }
        catch (Exception fault)
        {
            WriterLog.Failed(_log, fault);
            await ResetAsync();
            batch.ForEach(item => item.Fail(fault));
        }
    }

    /// <summary>Once the database cannot be reached, the rest is answered at once: nobody waits for each other's time-outs.</summary>
    private async Task OneByOneAsync(List<WriterItem> batch)
    {
        var reachable = true;
        foreach (var item in batch)
        {
            reachable = reachable && await AloneAsync(item);
            if (!item.Answer.IsCompleted)
            {
                item.ReleaseUnknown();
            }
        }
    }

    /// <summary>Runs one caller, three times at most with a pause between; false where the database cannot be reached at all.</summary>
    private async Task<bool> AloneAsync(WriterItem item)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            try
            {
                await TryAsync([item]);
                return true;
            }
            catch (Exception fault)
            {
                var opened = _session is not null;
                await ResetAsync();
                if (!IsOfTheDatabase(fault))
                {
                    WriterLog.Failed(_log, fault);
                    item.Fail(fault);
                    return true;
                }

                if (attempt == Attempts)
                {
                    WriterLog.Failed(_log, fault);
                    return opened;
                }

                // Real time, whatever clock decides: a database recovers by the wall's.
                await Task.Delay(new TimeSpan(Pause.Ticks * attempt), TimeProvider.System);
            }
        }

        return true;
    }

    private static bool IsOfTheDatabase(Exception fault) => fault is DbException or IOException or TimeoutException;

    private async Task TryAsync(IReadOnlyList<WriterItem> items)
    {
        _session ??= await _open();
        await new WriterBatch(_session, _clock).RunAsync(items);
        foreach (var item in items)
        {
            item.Release();
        }
    }

    /// <summary>Gives the connection up. Never throws: the loop outlives whatever a broken connection does on its way out.</summary>
    private async Task ResetAsync()
    {
        if (_session is { } broken)
        {
            _session = null;
            try
            {
                await broken.DisposeAsync();
            }
            catch (Exception fault)
            {
                WriterLog.Lost(_log, fault);
            }
        }
    }
}

internal static partial class WriterLog
{
    [LoggerMessage(1001, LogLevel.Warning, "A ledger batch of {Count} was rolled back and its callers run alone; if this repeats, check the database's log and disk.")]
    public static partial void Retrying(ILogger log, int count, Exception fault);

    [LoggerMessage(1002, LogLevel.Error, "The ledger could not be written; callers were told so and can ask again with their keys. Check that the database is up and has room.")]
    public static partial void Failed(ILogger log, Exception fault);

    [LoggerMessage(1003, LogLevel.Warning, "A ledger connection was lost; a new one is opened with the next command.")]
    public static partial void Lost(ILogger log, Exception fault);
}
