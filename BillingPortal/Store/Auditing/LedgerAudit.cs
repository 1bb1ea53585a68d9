using BillingPortal.Domain.Laws;

namespace BillingPortal.Store.Auditing;

/// <summary>One pass over all ledgers, in which every law sees every entry.</summary>
public sealed class LedgerAudit(DatabaseOptions options)
{
    /// <summary>Runs the pass. Stops after the first ledger with a break where that is asked for.</summary>
    /// <param name="laws">Fresh laws.</param>
    /// <param name="stopAtFirst">True to end with the first break.</param>
    /// <param name="progress">Told after every chunk how many ledgers and entries were read.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The first break, the earliest in ledger order; null where every law holds.</returns>
    public async Task<Break?> RunAsync(IReadOnlyList<LedgerLaw> laws, bool stopAtFirst, Action<AuditProgress>? progress, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var parts = new LedgerReader(options).Start(stop.Token);
        var (ledgers, entries) = (0L, 0L);
        var walk = new LedgerWalk();
        Break? first = null;
        try
        {
            await foreach (var chunk in parts.ReadAllAsync(cancel))
            {
                foreach (var part in chunk)
                {
                    walk = part.Begins ? Begin(laws, part.Ledger) : walk;
                    Visit(laws, part, walk);
                    entries += part.Entries.Count;
                    if (!part.Ends)
                    {
                        continue;
                    }

                    End(laws, part.Ledger, walk);
                    ledgers++;
                    first ??= LedgerLaws.FirstHere(laws);
                    if (first is not null && stopAtFirst)
                    {
                        return first;
                    }
                }

                progress?.Invoke(new AuditProgress(ledgers, entries));
            }
        }
        finally
        {
            await stop.CancelAsync();
        }

        foreach (var law in laws)
        {
            law.Finish();
        }

        return first ?? laws.Select(law => law.First).FirstOrDefault(found => found is not null);
    }

    private static LedgerWalk Begin(IReadOnlyList<LedgerLaw> laws, AuditedLedger ledger)
    {
        foreach (var law in laws)
        {
            law.Begin(ledger);
        }

        return new LedgerWalk();
    }

    private static void Visit(IReadOnlyList<LedgerLaw> laws, LedgerPart part, LedgerWalk walk)
    {
        foreach (var entry in part.Entries)
        {
            foreach (var law in laws)
            {
                law.Visit(part.Ledger, entry, walk);
            }

            walk.Pass(entry.Entry);
        }

        foreach (var stray in part.Strays)
        {
            foreach (var law in laws)
            {
                law.Visit(part.Ledger, stray);
            }
        }
    }

    private static void End(IReadOnlyList<LedgerLaw> laws, AuditedLedger ledger, LedgerWalk walk)
    {
        foreach (var law in laws)
        {
            law.End(ledger, walk);
        }
    }
}

/// <summary>How far a pass is.</summary>
/// <param name="Ledgers">Ledgers read.</param>
/// <param name="Entries">Entries read.</param>
public sealed record AuditProgress(long Ledgers, long Entries);
