using System.Collections.Concurrent;
using System.Data.Common;
using BillingPortal.Domain;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.ApiTokens;

/// <summary>
/// When each token last opened a door, to the minute. Calls only note it in memory; once a minute the notes are written, so that no call
/// waits for it and no write of money waits behind it. A crash loses at most the last minute's notes.
/// </summary>
public sealed partial class TokenUses(IDbContextFactory<BillingStore> stores, TimeProvider clock, ILogger<TokenUses> log) : BackgroundService
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<long, Instant> _noted = new();

    /// <summary>Notes that <paramref name="token"/> was used now.</summary>
    public void Note(long token)
    {
        var now = clock.GetUtcNow();
        _noted[token] = Instant.From(now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute)));
    }

    /// <summary>Writes what was noted since.</summary>
    public async Task WriteAsync(CancellationToken cancel)
    {
        if (_noted.IsEmpty)
        {
            return;
        }

        await using var store = await stores.CreateDbContextAsync(cancel);
        foreach (var (token, at) in _noted.ToArray())
        {
            await store.ApiTokens.Where(t => t.Id == token && (t.LastUsedAt == null || t.LastUsedAt < at.Micros))
                .ExecuteUpdateAsync(t => t.SetProperty(row => row.LastUsedAt, at.Micros), cancel);
            _noted.TryRemove(KeyValuePair.Create(token, at));
        }
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await TryWriteAsync(cancellationToken);
        }
        catch (ObjectDisposedException)
        {
            // A host that is stopped from two sides closes its services under the second; the first has written.
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Minute, clock);
        while (!stoppingToken.IsCancellationRequested && await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TryWriteAsync(stoppingToken);
        }
    }

    /// <summary>A store that does not answer is tried again next time; calls go on.</summary>
    private async Task TryWriteAsync(CancellationToken cancel)
    {
        try
        {
            await WriteAsync(cancel);
        }
        catch (DbException broken)
        {
            NotWritten(log, broken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "When tokens were last used could not be written")]
    private static partial void NotWritten(ILogger log, Exception broken);
}
