using System.Collections.Immutable;
using System.Data.Common;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Store.Writing;

/// <summary>
/// Decides callers in their order of arrival within one transaction. A refusal, a stale digest or one caller's fault leaves the
/// in-memory ledgers untouched, so it never fails another's; no savepoints.
/// </summary>
internal sealed class WriterBatch(LedgerSession session, TimeProvider clock)
{
    private readonly PendingWrites _writes = new();
    private readonly Dictionary<(long Organization, string Key), (Hash256 Hash, Receipt Receipt)> _here = [];
    private LoadedLedgers _loaded = new([], [], []);

    /// <summary>Runs the callers; every item is decided and durable when it returns, or none is and it throws.</summary>
    public async Task RunAsync(IReadOnlyList<WriterItem> items)
    {
        if (items is [{ Publication: { } publication } only])
        {
            await PublishAsync(only, publication);
            return;
        }

        var commands = items.Select(item => item.Command!).ToList();
        var ids = commands.SelectMany(command => command.Organizations).Select(id => id.Value).Distinct().Order().ToList();
        var keys = items.SelectMany(KeysOf).Distinct().ToList();
        var actors = commands.Where(command => command.Needs.RollingTotals).Select(command => command.Actor.Id).Distinct(StringComparer.Ordinal).ToList();
        _loaded = await session.BeginAsync(ids, keys, actors);
        foreach (var item in items)
        {
            await DecideAsync(item);
        }

        await session.CommitAsync(_writes);
    }

    private static IEnumerable<(long, string)> KeysOf(WriterItem item)
    {
        yield return (item.Command!.Organizations[0].Value, item.Command.Key);
        if (item.Api is { Key: { } key } api)
        {
            yield return (api.Organization, key);
        }
    }

    private async Task PublishAsync(WriterItem item, Publication publication)
    {
        await session.BeginBareAsync();
        var (command, end) = await publication.PrepareAsync(session.Connection);
        if (command is null)
        {
            item.Decided = end;
            await (end is Outcome<Receipt>.Done ? session.CommitAsync(_writes) : session.RollbackAsync());
            return;
        }

        item.Command = command;
        _loaded = await session.LockAsync([.. command.Organizations.Select(id => id.Value).Distinct().Order()]);
        await DecideAsync(item);
        if (item.Fault is not null || item.Decided is not Outcome<Receipt>.Done { Value: var receipt })
        {
            await session.RollbackAsync();
            return;
        }

        await session.FlushAsync(_writes);
        await publication.CompleteAsync(session.Connection, receipt);
        await session.CommitAsync(_writes);
    }

    private async Task DecideAsync(WriterItem item)
    {
        item.Forget();
        try
        {
            if (item.Api is { Key: { } key } api && _loaded.Receipts.TryGetValue((api.Organization, key), out var kept))
            {
                Replay(item, api, kept);
                return;
            }

            item.Decided = await DecideAsync(item.Command!, item.Agreement);
        }
        catch (OverflowException)
        {
            item.Decided = WriterAnswers.TooLarge;
        }
        catch (Exception fault) when (fault is not DbException)
        {
            item.Fault = fault;
            return;
        }

        try
        {
            Keep(item);
        }
        catch (Exception fault) when (fault is not DbException)
        {
            // It is posted and cannot be shown: a 5xx, which is not kept, so that the key finds it.
            item.Fault = fault;
        }
    }

    private async Task<Outcome<Receipt>> DecideAsync(MoneyCommand command, Agreement agreement)
    {
        var first = command.Organizations[0];
        var now = Instant.Now(clock);
        if (_here.TryGetValue((first.Value, command.Key), out var sibling))
        {
            return sibling.Hash == command.RequestHash ? new Outcome<Receipt>.Done(sibling.Receipt with { Replayed = true }) : WriterAnswers.KeyReused;
        }

        if (_loaded.Keys.TryGetValue((first.Value, command.Key), out var hash))
        {
            return hash == command.RequestHash
                ? new Outcome<Receipt>.Done(new Receipt(await session.WrittenAsync(command), [], Replayed: true))
                : WriterAnswers.KeyReused;
        }

        if (command.KeepsKey && await RuleQueries.KeptKeyAsync(session.Connection, first, command.Key) is { } kept)
        {
            return kept == command.RequestHash ? new Outcome<Receipt>.Done(new Receipt([], [], Replayed: true)) : WriterAnswers.KeyReused;
        }

        if (command.Organizations.Any(id => !_loaded.States.ContainsKey(id)))
        {
            return new Outcome<Receipt>.NotFound("There is no such organization.");
        }

        // What is written is written after what was written before, even where this node's clock is behind: it is decided as of then, too.
        var clocked = now;
        now = command.Organizations.Select(id => _loaded.States[id].LastRecordedAt).Aggregate(now, Instant.Later);
        var needed = command.WindowsNeeded(_loaded.States, now).ToList();
        if (!command.Needs.IsNone || needed.Count > 0)
        {
            await session.FlushAsync(_writes);
        }

        var facts = await session.FactsAsync(command.Needs, command.Actor.Id, command.Organizations, now);
        var view = new DecisionView(StatesOf(command), facts, now) { Windows = await session.WindowsAsync(needed) }.Opened();
        return command.Decide(view).ToOutcome(effects => Stale(command, agreement, effects, clocked) ?? new Outcome<Receipt>.Done(Apply(command, effects, view)));
    }

    private static Outcome<Receipt>? Stale(MoneyCommand command, Agreement agreement, ImmutableArray<Effect> effects, Instant now)
    {
        return agreement.Digest is not { } agreed ? null
            : now > agreement.ShownAt.Plus(Agreement.Validity) ? new Outcome<Receipt>.Stale("The preview is older than 15 minutes. Nothing was posted.")
            : command.DigestOf(effects) != agreed ? new Outcome<Receipt>.Stale("Something changed since the preview was shown. Nothing was posted.")
            : null;
    }

    private Receipt Apply(MoneyCommand command, ImmutableArray<Effect> effects, DecisionView view)
    {
        // Everything is worked out before anything is kept: an overflow half way leaves no trace.
        var (entries, states) = DecisionEffects.Post(view.States, command, effects, view.Now);
        foreach (var (entry, next) in entries)
        {
            _writes.Add(entry, next);
        }

        foreach (var (id, state) in states)
        {
            _writes.Watch(_loaded.States[id], state);
            _loaded.States[id] = state;
        }

        _writes.Add(effects, states, command.Actor, view.Now);
        var receipt = new Receipt([.. entries.Select(pair => pair.Entry)], effects, Replayed: false);
        if (command.KeepsKey && effects.Length > 0)
        {
            _writes.Statements.Add(RuleStatements.KeptKey(command.Organizations[0], command.Key, command.RequestHash, view.Now));
        }

        if (entries.Length > 0 || (command.KeepsKey && effects.Length > 0))
        {
            _here[(command.Organizations[0].Value, command.Key)] = (command.RequestHash, receipt);
        }

        return receipt;
    }

    private ImmutableSortedDictionary<OrganizationId, LedgerState> StatesOf(MoneyCommand command) =>
        command.Organizations.Distinct().ToImmutableSortedDictionary(id => id, id => _loaded.States[id]);

    private void Keep(WriterItem item)
    {
        if (item.Api is not { } api)
        {
            return;
        }

        // Whose ledger the program may see: a consumer's own, even where another's pays.
        if (!_loaded.States.TryGetValue(new OrganizationId(api.Organization), out var after))
        {
            _loaded.States.TryGetValue(item.Command!.Organizations[0], out after);
        }

        api.Answer = api.Render(item.Decided!, after);
        if (api.Key is { } key && api.Answer.Status < 500)
        {
            var receipt = new ApiReceipt(api.Organization, key, api.RequestHash, api.Answer.Status, api.Answer.Body, Instant.Now(clock));
            _writes.Receipts.Add(receipt);
            _loaded.Receipts[(api.Organization, key)] = receipt;
        }
    }

    private static void Replay(WriterItem item, ApiRequest api, ApiReceipt kept)
    {
        item.Decided = WriterAnswers.KeyReused;
        api.Answer = kept.RequestHash == api.RequestHash
            ? new ApiAnswer(kept.Status, kept.Body)
            : api.Render(WriterAnswers.KeyReused, null) with { KeyReused = true };
    }
}
