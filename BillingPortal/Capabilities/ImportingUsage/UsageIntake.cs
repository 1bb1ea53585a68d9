using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store;
using BillingPortal.Store.Usage;

namespace BillingPortal.Capabilities.ImportingUsage;

/// <summary>How far reading a file has come.</summary>
/// <param name="Read">Rows and bytes.</param>
/// <param name="Errors">Errors found so far.</param>
public sealed record UsageProgress(UsageRead Read, int Errors);

/// <summary>
/// Takes a file in: reads and stages it in short transactions, then publishes it in one. Who may do so is asked by the commands that people
/// reach it through; the command line is the operator's.
/// </summary>
public sealed class UsageIntake(UsageStaging staging, UsageImports imports, JournalWriter writer, TimeProvider clock) : ICapability
{
    /// <inheritdoc />
    public static Permission Permission => UsageGate.Permission;

    /// <summary>Longest file name that is kept.</summary>
    public const int MaxFileName = 200;

    /// <summary>
    /// Reads and stages <paramref name="file"/>. The import that comes back is staged, unchanged (it equals what was delivered before) or
    /// refused (its errors are kept).
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled; nothing of the file is left.</exception>
    public async Task<UsageImport> StageAsync(Actor actor, string fileName, Stream file, IProgress<UsageProgress>? progress, CancellationToken cancel)
    {
        var import = await staging.BeginAsync(fileName.Length <= MaxFileName ? fileName : fileName[..MaxFileName], actor, cancel);
        var reader = new FocusReader(file);
        try
        {
            var tally = new UsageTally(reader.Errors);
            await StageRowsAsync(import, reader, tally, progress, cancel);
            await (reader.Errors.None ? CompleteAsync(import, reader, tally, actor, cancel) : RefuseAsync(import, reader, reader.Errors.Found));
        }
        catch (Exception stopped)
        {
            var state = stopped is OperationCanceledException ? UsageImportState.Cancelled : UsageImportState.Abandoned;
            await staging.EndAsync(import, state, ReadBy(reader), [], mayBeMore: false, CancellationToken.None);
            throw;
        }

        return await imports.FindAsync(import, cancel) ?? throw new InvalidOperationException("The import just staged is gone.");
    }

    /// <summary>Publishes a staged import: all of it or nothing. Asked again, it answers as before.</summary>
    public async Task<Outcome<UsageImport>> PublishAsync(Actor actor, long import, Agreement agreement, bool replace, CancellationToken cancel)
    {
        var outcome = await writer.PublishAsync(new UsagePublication(import, actor, agreement, replace, clock), Agreement.OfProgram, cancel);
        if (outcome is not Outcome<Receipt>.Done)
        {
            return outcome.Then<UsageImport>(_ => throw new InvalidOperationException("Not done, so nothing follows."));
        }

        return await imports.FindAsync(import, CancellationToken.None) is { } published
            ? new Outcome<UsageImport>.Done(published)
            : new Outcome<UsageImport>.NotFound("There is no such import.");
    }

    /// <summary>Gives up a staged import: nothing of it is posted, then or later. One that was published already stays so.</summary>
    public async Task<Outcome<UsageImport>> CancelAsync(long import, CancellationToken cancel)
    {
        await staging.EndAsync(import, UsageImportState.Cancelled, null, [], mayBeMore: false, cancel);
        return await imports.FindAsync(import, cancel) is { } ended
            ? new Outcome<UsageImport>.Done(ended)
            : new Outcome<UsageImport>.NotFound("There is no such import.");
    }

    private async Task StageRowsAsync(long import, FocusReader reader, UsageTally tally, IProgress<UsageProgress>? progress, CancellationToken cancel)
    {
        var chunk = new List<StagedRow>();
        await foreach (var row in reader.ReadAsync(cancel))
        {
            // A file with one error is not imported, so its other rows are only looked at.
            if (tally.Add(row) && reader.Errors.None)
            {
                chunk.Add(new(row.Number, tally.NumberOf(row.Group), row.Fingerprint(), row.Amount, row.ChargedAt));
            }

            if (chunk.Count >= staging.ChunkRows)
            {
                await staging.AppendAsync(import, chunk, ReadBy(reader), cancel);
                chunk.Clear();
                progress?.Report(new(ReadBy(reader), reader.Errors.Found.Count));
            }
        }

        await staging.AppendAsync(import, chunk, ReadBy(reader), cancel);
        progress?.Report(new(ReadBy(reader), reader.Errors.Found.Count));
    }

    private async Task CompleteAsync(long import, FocusReader reader, UsageTally tally, Actor actor, CancellationToken cancel)
    {
        await staging.CompleteAsync(import, tally.Groups.Select(g => new StagedGroup(
            tally.NumberOf(g.Key), g.Key, g.Value, tally.Organizations[g.Key.Who].Currency,
            tally.Organizations[g.Key.Who.BillingAccount].Name, tally.Organizations[g.Key.Who].Name)), ReadBy(reader), cancel);
        var reckoning = await imports.ReckonAsync(import, cancel);
        if (reckoning.OtherCurrency is var (who, keeps, billed))
        {
            await RefuseAsync(import, reader, [new(tally.Organizations[who].FirstRow, nameof(FocusColumn.BillingCurrency), billed.Code,
                $"the organization keeps {keeps} since its first import; an organization has one billing currency.")]);
        }
        else if (reckoning.ChangesNothing)
        {
            // Another import may have been published meanwhile; then this one changes something after all, and waits for a person.
            if (await PublishAsync(actor, import, Agreement.OfProgram, replace: false, cancel) is Outcome<UsageImport>.Done)
            {
                await staging.ForgetAsync(import, cancel);
            }
        }
        else
        {
            await staging.SummarizeAsync(import, reckoning.Summary, cancel);
        }
    }

    private Task RefuseAsync(long import, FocusReader reader, IReadOnlyList<RowError> errors) => staging.EndAsync(
        import, UsageImportState.Refused, ReadBy(reader), [.. errors.Select(e => new UsageError(e.Row, e.Column, e.Value, e.Reason))],
        reader.Errors.MayBeMore, CancellationToken.None);

    private static UsageRead ReadBy(FocusReader reader) => new(reader.Rows, reader.BytesRead);
}
