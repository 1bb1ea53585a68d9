using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace BillingPortal.Web.Deciding;

/// <summary>
/// A money act on a page, from its live preview to its end: posted, stale with both versions, or unknown until it is asked again under the
/// same key. What is submitted is exactly what was shown; a second submit of it is the same submit.
/// </summary>
/// <typeparam name="TForm">The form.</typeparam>
/// <param name="live">Its preview.</param>
/// <param name="commit">Commits a form as agreed, under a key.</param>
/// <param name="changed">Called when there is something new to show.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="log">Where a failure is written.</param>
public sealed class MoneyAct<TForm>(
    LivePreview<TForm> live, Func<TForm, Agreement, string, Task<Outcome<Store.Receipt>>> commit, Action changed, TimeProvider clock, ILogger? log = null) : IDisposable
    where TForm : class
{
    /// <summary>Called when it was posted, whichever submit was answered so.</summary>
    public Func<PostedAct<TForm>, Task>? OnPosted { get; init; }

    /// <summary>True for an act that may be done without an entry, as one that sets a rule.</summary>
    public bool WithoutEntry { get; init; }

    /// <summary>The preview of what would be submitted.</summary>
    public LivePreview<TForm> Live => live;

    /// <summary>True while it is being submitted.</summary>
    public bool Submitting { get; private set; }

    /// <summary>What was posted last; null when nothing was, or the form was changed since.</summary>
    public PostedAct<TForm>? Posted { get; private set; }

    /// <summary>What was shown and agreed to when it turned out stale.</summary>
    public (Preview Shown, string Reason)? Stale { get; private set; }

    /// <summary>What was submitted without a clear answer.</summary>
    public (ShownPreview<TForm> Shown, string Reason)? Unknown { get; private set; }

    /// <summary>The answer to the last submit that was neither posted, stale nor unknown.</summary>
    public Outcome<Store.Receipt>? Kept { get; private set; }

    /// <summary>True while nothing may be changed or submitted.</summary>
    public bool Closed => Submitting || Unknown is not null;

    /// <summary>The preview to look at; none while a stale one is compared.</summary>
    public Preview? Preview => Stale is null ? live.Shown?.Preview : null;

    /// <summary>Why there is no preview.</summary>
    public Outcome<Preview>? Refusal => live.Shown is { Preview: null } shown ? shown.Answer : null;

    /// <summary>The form is another: what was posted or stale is no longer about it.</summary>
    public void Turn() => (Posted, Stale, Kept) = (null, null, null);

    /// <summary>Goes on with the new preview after a stale one.</summary>
    public void GoOn()
    {
        Stale = null;
        changed();
    }

    /// <summary>Submits what was shown.</summary>
    public async Task SubmitAsync(ShownPreview<TForm> shown)
    {
        if (Submitting)
        {
            return;
        }

        Submitting = true;
        changed();
        try
        {
            await TakeAsync(shown, await CommitAsync(shown));
        }
        finally
        {
            Submitting = false;
            changed();
        }
    }

    /// <inheritdoc />
    public void Dispose() => live.Dispose();

    private async Task<Outcome<Store.Receipt>> CommitAsync(ShownPreview<TForm> shown)
    {
        try
        {
            // What has no preview was submitted before: its key answers for it, and no effects can equal this digest.
            var agreement = shown.Preview is { } preview ? Agreement.To(preview) : new Agreement(new Digest(Hash256.Genesis), Instant.Now(clock));
            return await commit(shown.Form, agreement, shown.Key);
        }
#pragma warning disable CA1031 // whatever broke, it is not known whether the ledger was reached, and that is what the person must hear
        catch (Exception broken)
#pragma warning restore CA1031
        {
            MoneyActLog.Broke(log ?? NullLogger.Instance, broken);
            return new Outcome<Store.Receipt>.Unknown("The store did not answer.");
        }
    }

    private async Task TakeAsync(ShownPreview<TForm> shown, Outcome<Store.Receipt> outcome)
    {
        (Unknown, Stale, Kept) = (null, null, null);
        switch (outcome)
        {
            case Outcome<Store.Receipt>.Done(var receipt) when receipt.Entries.Count > 0 || WithoutEntry:
                Posted = new PostedAct<TForm>(shown.Form, receipt);
                live.Clear();
                await (OnPosted?.Invoke(Posted) ?? Task.CompletedTask);
                break;
            case Outcome<Store.Receipt>.Unknown(var reason):
                Unknown = (shown, reason);
                break;
            case Outcome<Store.Receipt>.Stale(var reason) when shown.Preview is { } seen:
                await live.AskNowAsync(shown.Form);
                Stale = (seen, reason);
                break;
            default:
                await live.AskNowAsync(shown.Form);
                Kept = outcome;
                break;
        }
    }
}

/// <summary>What was posted.</summary>
/// <typeparam name="TForm">The form.</typeparam>
/// <param name="Form">The wish.</param>
/// <param name="Receipt">What was done.</param>
public sealed record PostedAct<TForm>(TForm Form, Store.Receipt Receipt)
{
    /// <summary>The first entry as written.</summary>
    public JournalEntry Entry => Receipt.Entries[0];

    /// <summary>True where an earlier submit had done it.</summary>
    public bool Replayed => Receipt.Replayed;
}

internal static partial class MoneyActLog
{
    [LoggerMessage(LogLevel.Error, "A money act was submitted and its outcome is unknown; the page offers to ask again with the same key")]
    public static partial void Broke(ILogger log, Exception broken);
}
