using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Store;

namespace BillingPortal.Capabilities.ClosingMonths;

/// <summary>
/// Does to each organization what its line showed, and nothing else: every one is bound to its own digest, so one that changed meanwhile is left
/// and named, and the others go on. As many are sent at once as the writer takes into one transaction.
/// </summary>
public sealed class CommittingMonth(PreviewingMonth previewing, JournalWriter writer) : ICapability
{
    /// <summary>How many wait for the writer together.</summary>
    public const int AtOnce = 256;

    /// <inheritdoc />
    public static Permission Permission => Permission.ClosePeriods;

    /// <summary>
    /// The lines with what became of each; <paramref name="tell"/> hears of every one. Cancelling sends no further ones: what was sent is done and told,
    /// the rest stays as it was shown.
    /// </summary>
    public async Task<Outcome<ImmutableArray<MonthLine>>> RunAsync(
        Caller caller, MonthAct act, BillingPeriod period, ImmutableArray<MonthLine> lines, string stamp, Action tell, CancellationToken cancel)
    {
        if (await previewing.AskAsync(caller, CancellationToken.None) is Outcome<bool>.Refused(var refusal))
        {
            return new Outcome<ImmutableArray<MonthLine>>.Refused(refusal);
        }

        var ended = lines.ToArray();
        var bounds = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel };
        try
        {
            await Parallel.ForAsync(0, ended.Length, bounds, async (at, _) =>
            {
                if (ended[at].State == LineState.Ready && !cancel.IsCancellationRequested)
                {
                    ended[at] = await CommitAsync(caller, act, period, ended[at], stamp);
                    tell();
                }
            });
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // What was not sent is still open, and its line says so.
        }

        return new Outcome<ImmutableArray<MonthLine>>.Done([.. ended]);
    }

    private async Task<MonthLine> CommitAsync(Caller caller, MonthAct act, BillingPeriod period, MonthLine line, string stamp)
    {
        // Without a token: what has been sent is waited for, so that nobody has to guess what became of it.
        var command = line.Command(act, period, caller.Actor, stamp);
        var outcome = await writer.RunAsync(command, line.Agreed, CancellationToken.None);
        if (outcome is Outcome<Receipt>.Unknown)
        {
            outcome = await writer.RunAsync(command, line.Agreed, CancellationToken.None);
        }

        // Stale may also mean that somebody closed it meanwhile: then there is nothing left to do.
        return outcome is Outcome<Receipt>.Stale && await writer.PreviewAsync(command, CancellationToken.None) is Outcome<Preview>.Done { Value.ChangesNothing: true }
            ? line with { State = LineState.DoneBefore }
            : line.With(outcome);
    }
}
