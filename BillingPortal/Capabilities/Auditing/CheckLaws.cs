using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Laws;
using BillingPortal.Store;
using BillingPortal.Store.Auditing;
using BillingPortal.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Capabilities.Auditing;

/// <summary>Checks every law over every ledger and keeps what came of it. A check that is given up keeps nothing.</summary>
public sealed class CheckLaws(IDbContextFactory<BillingStore> stores, LedgerAudit audit, HeadPublication publication, IEnumerable<ILaw> others, TimeProvider clock) : ICapability
{
    private const int MostWords = 1_000;

    /// <inheritdoc />
    public static Permission Permission => Permission.ReadBooks;

    /// <summary>Whether the caller may have the laws checked.</summary>
    public async Task<Outcome<long>> AskAsync(Caller caller, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return (await Access.ReadAsync(store, caller, cancel)).MayOnPlatform(Permission)
            ? new Outcome<long>.Done(await EntriesAsync(cancel))
            : new Outcome<long>.Refused(Access.Missing(Permission));
    }

    /// <summary>How many entries there are to check.</summary>
    public async Task<long> EntriesAsync(CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await store.Heads.SumAsync(head => head.Seq, cancel);
    }

    /// <summary>Checks, and gives how many laws are broken.</summary>
    /// <param name="progress">Told how far the pass is.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<int> RunAsync(Action<AuditProgress> progress, CancellationToken cancel)
    {
        var laws = LedgerLaws.ForOnePass();
        await audit.RunAsync(laws, stopAtFirst: false, progress, cancel);
        var found = laws.Select(law => (law.Code, new LawFinding(law.Breaks == 0, law.Over, Words(law)))).ToList();
        foreach (var law in others)
        {
            found.Add((law.Code, await law.CheckAsync(cancel)));
        }

        await KeepAsync(found, cancel);
        var broken = found.Count(law => !law.Item2.Holds);
        if (broken == 0)
        {
            await publication.RunAsync(cancel);
        }

        return broken;
    }

    private static string Words(LedgerLaw law) => law.First is not { } first
        ? law.Finding
        : law.Breaks == 1 ? $"{first}" : string.Create(CultureInfo.InvariantCulture, $"{law.Breaks} breaks, the first: {first}");

    private async Task KeepAsync(List<(string Code, LawFinding Finding)> found, CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        var kept = await store.LawChecks.ToDictionaryAsync(check => check.Law, cancel);
        foreach (var (code, finding) in found)
        {
            if (!kept.TryGetValue(code, out var check))
            {
                check = new LawCheck { Law = code };
                store.LawChecks.Add(check);
            }

            (check.CheckedAt, check.Holds, check.Over) = (Instant.Now(clock).Micros, finding.Holds, finding.Over);
            check.Finding = finding.Finding.Length > MostWords ? finding.Finding[..MostWords] : finding.Finding;
        }

        await store.SaveChangesAsync(cancel);
    }
}
