using System.Data.Common;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store.Writing;
using Npgsql;

namespace BillingPortal.Store;

/// <summary>
/// The way in which what is not money is written about organizations: names, features, contacts, people. One transaction of the journal's
/// writer under the ledger heads of the organizations it names, so that it sees and is seen by money decisions; with it go its events and, for a
/// program, the answer under its key.
/// </summary>
public sealed class OrganizationWriter(JournalWriter writer, TimeProvider clock)
{
    /// <summary>
    /// Runs <paramref name="change"/>, and with it the money command it asks for (<see cref="OrganizationEdits.Then"/>). It must decide before it writes: what is not done has written nothing.
    /// </summary>
    /// <param name="organizations">Whose heads are locked.</param>
    /// <param name="change">Decides and writes; called again where the database asks for it.</param>
    /// <param name="cancel">Counts until it begins.</param>
    public async Task<Outcome<T>> RunAsync<T>(IReadOnlyList<long> organizations, Func<OrganizationEdits, Task<Outcome<T>>> change, CancellationToken cancel)
    {
        var written = new Written<T>(organizations, request: null, change, finish: null, render: null, clock);
        var done = await writer.PublishAsync(written, Agreement.OfProgram, cancel);
        return done is Outcome<Receipt>.Done && written.Outcome is { } outcome ? outcome : done.Then<T>(_ => throw new InvalidOperationException("Done without an outcome."));
    }

    /// <summary>The same for a program: its answer is kept with what it did, and replayed for the same key and request.</summary>
    /// <param name="organizations">Whose heads are locked.</param>
    /// <param name="request">The key, in whose name it is kept, and the request's hash.</param>
    /// <param name="change">Decides and writes.</param>
    /// <param name="finish">Looks again where a money command has run with it.</param>
    /// <param name="render">The answer.</param>
    /// <param name="cancel">Counts until it begins.</param>
    public async Task<ApiAnswer> RunAsync<T>(
        IReadOnlyList<long> organizations, KeptRequest request, Func<OrganizationEdits, Task<Outcome<T>>> change, Func<OrganizationEdits, T, Task<T>>? finish,
        Func<Outcome<T>, ApiAnswer> render, CancellationToken cancel)
    {
        var written = new Written<T>(organizations, request, change, finish, render, clock);
        var done = await writer.PublishAsync(written, Agreement.OfProgram, cancel);
        if (done is Outcome<Receipt>.Done && written.Answer is { } answer)
        {
            return answer;
        }

        // The money command was refused and everything with it was taken back; the answer is kept all the same.
        var refused = done.Then<T>(_ => throw new InvalidOperationException("Done without an answer."));
        var kept = new Written<T>([], request, _ => Task.FromResult(refused), finish: null, render, clock);
        return request.Key is not null && render(refused).Status < 500 && await writer.PublishAsync(kept, Agreement.OfProgram, CancellationToken.None) is Outcome<Receipt>.Done && kept.Answer is { } told
            ? told
            : render(refused);
    }

    private sealed class Written<T>(
        IReadOnlyList<long> organizations, KeptRequest? request, Func<OrganizationEdits, Task<Outcome<T>>> change, Func<OrganizationEdits, T, Task<T>>? finish,
        Func<Outcome<T>, ApiAnswer>? render, TimeProvider clock)
        : Publication
    {
        private OrganizationEdits? _edits;

        public Outcome<T>? Outcome { get; private set; }

        public ApiAnswer? Answer { get; private set; }

        public override async Task<(MoneyCommand? Command, Outcome<Receipt>? End)> PrepareAsync(DbConnection connection)
        {
            (Outcome, Answer) = (null, null);
            await LockAsync(connection);
            if (request is { Key: { } key } && await ApiReceipts.FindAsync(connection, request.Organization, key) is { } kept)
            {
                Answer = kept.RequestHash == request.Hash
                    ? new ApiAnswer(kept.Status, kept.Body)
                    : render!(new Outcome<T>.Refused(new Refusal(RefusalCode.KeyReused, "This idempotency key was used for something else. Nothing was changed."))) with { KeyReused = true };
                return Committed;
            }

            _edits = new OrganizationEdits(connection, Instant.Now(clock));
            Outcome = await change(_edits);
            if (Outcome is not Outcome<T>.Done && (_edits.HasWritten || _edits.Then is not null))
            {
                throw new InvalidOperationException("A change decides before it writes.");
            }

            if (_edits.Then is { } command)
            {
                return (command, null);
            }

            await AnswerAsync(connection, Outcome);
            return Committed;
        }

        public override async Task CompleteAsync(DbConnection connection, Receipt receipt)
        {
            var value = ((Outcome<T>.Done)Outcome!).Value;
            Outcome = new Outcome<T>.Done(finish is null ? value : await finish(_edits!, value));
            await AnswerAsync(connection, Outcome);
        }

        private static (MoneyCommand?, Outcome<Receipt>?) Committed => (null, new Outcome<Receipt>.Done(new Receipt([], [], Replayed: false)));

        private async Task AnswerAsync(DbConnection connection, Outcome<T> outcome)
        {
            Answer = render?.Invoke(outcome);
            if (request?.Key is { } key && Answer is { Status: < 500 } answer)
            {
                await ApiReceipts.AddAsync(connection, new ApiReceipt(request.Organization, key, request.Hash, answer.Status, answer.Body, _edits!.Now));
            }
        }

        /// <summary>In the order of their numbers, as every writer of heads does. On SQLite the transaction itself is the lock.</summary>
        private async Task LockAsync(DbConnection connection)
        {
            if (connection is NpgsqlConnection && organizations.Count > 0)
            {
                await using var heads = LedgerQueries.Command(connection,
                    "SELECT organization_id FROM ledger_head WHERE organization_id = ANY(@ids) ORDER BY organization_id FOR UPDATE", ("ids", organizations.Distinct().ToArray()));
                await heads.ExecuteNonQueryAsync();
            }
        }
    }
}

/// <summary>A program's request as its answer is kept: in whose name, under which key, and which request it was.</summary>
/// <param name="Organization">In whose name the key is kept.</param>
/// <param name="Key">The <c>Idempotency-Key</c>; null where none was sent.</param>
/// <param name="Hash">SHA-256 of route and body.</param>
public sealed record KeptRequest(long Organization, string? Key, Hash256 Hash);
