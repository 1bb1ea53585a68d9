using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Store.Writing;

/// <summary>One caller waiting for one answer. It is answered once, after COMMIT.</summary>
internal sealed class WriterItem(MoneyCommand? command, Agreement agreement, ApiRequest? api, Publication? publication, CancellationToken cancel)
{
    private readonly TaskCompletionSource<Outcome<Receipt>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What is wished; known only later for a publication.</summary>
    public MoneyCommand? Command { get; set; } = command;

    public Agreement Agreement { get; } = agreement;

    public ApiRequest? Api { get; } = api;

    public Publication? Publication { get; } = publication;

    public Task<Outcome<Receipt>> Answer => _answer.Task;

    /// <summary>True where its caller went away before it entered a batch; later it runs to its end (ledger.md).</summary>
    public bool IsAbandoned => cancel.IsCancellationRequested;

    /// <summary>The outcome decided, held back until it is durable.</summary>
    public Outcome<Receipt>? Decided { get; set; }

    /// <summary>A fault of this caller's own command.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Takes back what an attempt decided that was not committed: no caller may be told of it.</summary>
    public void Forget()
    {
        (Decided, Fault) = (null, null);
        if (Api is not null)
        {
            Api.Answer = null;
        }
    }

    /// <summary>Answers that nobody knows yet whether it happened.</summary>
    public void ReleaseUnknown()
    {
        Forget();
        Decided = new Outcome<Receipt>.Unknown("The database did not answer. Ask again with the same key: it happens once at most.");
        Release();
    }

    public void Release()
    {
        if (Fault is not null)
        {
            _answer.TrySetException(Fault);
        }
        else
        {
            _answer.TrySetResult(Decided ?? throw new InvalidOperationException("Released before it was decided."));
        }
    }

    public void Fail(Exception fault) => _answer.TrySetException(fault);

    public void Abandon() => _answer.TrySetCanceled(cancel);
}
