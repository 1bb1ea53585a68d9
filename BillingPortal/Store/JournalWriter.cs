using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store.Writing;
using Npgsql;

namespace BillingPortal.Store;

/// <summary>
/// The one way money is written (ledger.md). It locks the organizations' heads, loads the ledgers, calls the pure decision under the lock,
/// and writes entries, balances and consequences in one durable transaction, many callers at once where they wait together. Safe
/// under concurrent callers and several processes.
/// </summary>
public sealed class JournalWriter : IAsyncDisposable
{
    private const int LanesOnPostgres = 4;
    private readonly Func<Task<LedgerSession>> _open;
    private readonly TimeProvider _clock;
    private readonly ImmutableArray<Lazy<WriterLane>> _lanes;

    /// <summary>A writer on the database that <paramref name="options"/> names.</summary>
    public JournalWriter(DatabaseOptions options, TimeProvider clock, ILogger<JournalWriter> log)
    {
        _clock = clock;
        if (options.Provider == DatabaseProvider.Sqlite)
        {
            _open = () => SqliteLedgerSession.OpenAsync(options.ConnectionString);
        }
        else
        {
            Source = new NpgsqlDataSourceBuilder(options.ConnectionString) { ConnectionStringBuilder = { MaxAutoPrepare = 100, AutoPrepareMinUsages = 2 } }.Build();
            _open = () => PostgresLedgerSession.OpenAsync(Source);
        }

        _lanes = [.. Enumerable.Range(0, options.Provider == DatabaseProvider.Sqlite ? 1 : LanesOnPostgres)
            .Select(_ => new Lazy<WriterLane>(() => new WriterLane(_open, clock, log)))];
    }

    private NpgsqlDataSource? Source { get; }

    /// <summary>What <paramref name="command"/> would do now, decided by the code that would commit it, without locks.</summary>
    public async Task<Outcome<Preview>> PreviewAsync(MoneyCommand command, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        await using var session = await _open();
        var loaded = await session.BeginReadingAsync([.. command.Organizations.Select(id => id.Value).Distinct().Order()]);
        if (command.Organizations.Any(id => !loaded.States.ContainsKey(id)))
        {
            return new Outcome<Preview>.NotFound("There is no such organization.");
        }

        var now = Instant.Now(_clock);
        var decidedAt = command.Organizations.Select(id => loaded.States[id].LastRecordedAt).Aggregate(now, Instant.Later);
        var facts = await session.FactsAsync(command.Needs, command.Actor.Id, command.Organizations, decidedAt);
        var windows = await session.WindowsAsync(command.WindowsNeeded(loaded.States, decidedAt));
        await session.RollbackAsync();
        var view = new DecisionView(loaded.States.ToImmutableSortedDictionary(), facts, decidedAt) { Windows = windows }.Opened();
        var states = view.States;
        try
        {
            return command.Decide(view).ToOutcome<Preview>(effects =>
            {
                var (entries, after) = DecisionEffects.Post(states, command, effects, decidedAt);
                return new Outcome<Preview>.Done(new Preview(
                    command, command.DigestOf(effects), now, effects, [.. entries.Select(pair => pair.Entry)], states, after) { Facts = facts });
            });
        }
        catch (OverflowException)
        {
            return new Outcome<Preview>.Refused(new Refusal(RefusalCode.TooLarge, "The amount is beyond what an account can hold.", "Amount"));
        }
    }

    /// <summary>
    /// Decides and commits. Answers after COMMIT; the same key and wish is answered as it was the first time.
    /// <paramref name="cancel"/> counts only until the command enters a batch.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled before it entered a batch; nothing happened.</exception>
    public Task<Outcome<Receipt>> RunAsync(MoneyCommand command, Agreement agreement, CancellationToken cancel) =>
        RunAsync(new WriterItem(Checked(command), agreement, api: null, publication: null, cancel), LaneOf(command), cancel);

    /// <summary>The same for a program: the answer is kept with what it did and replayed for the same key.</summary>
    public async Task<ApiAnswer> RunAsync(MoneyCommand command, ApiRequest request, CancellationToken cancel)
    {
        var outcome = await RunAsync(new WriterItem(Checked(command), Agreement.OfProgram, request, publication: null, cancel), LaneOf(command), cancel);
        return request.Answer ?? request.Render(outcome, null);
    }

    /// <summary>Runs a publication alone in its transaction.</summary>
    public Task<Outcome<Receipt>> PublishAsync(Publication publication, Agreement agreement, CancellationToken cancel) =>
        RunAsync(new WriterItem(command: null, agreement, api: null, publication, cancel), 0, cancel);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var lane in _lanes.Where(lane => lane.IsValueCreated))
        {
            await lane.Value.DisposeAsync();
        }

        if (Source is not null)
        {
            await Source.DisposeAsync();
        }
    }

    private Task<Outcome<Receipt>> RunAsync(WriterItem item, int lane, CancellationToken cancel) => _lanes[lane].Value.RunAsync(item, cancel);

    private int LaneOf(MoneyCommand command) => (int)(command.Organizations.Min(id => id.Value) % _lanes.Length);

    private static MoneyCommand Checked(MoneyCommand command) =>
        command.Key.Length is > 0 and <= MoneyCommand.MaxKeyLength && command.Organizations.Length > 0
            ? command
            : throw new ArgumentException($"A key of 1 to {MoneyCommand.MaxKeyLength} characters and an organization are needed.", nameof(command));
}
