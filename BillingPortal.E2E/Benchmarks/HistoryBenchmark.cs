using BillingPortal.Store.Reading;
using BillingPortal.Tests.Setup;

namespace BillingPortal.E2E.Benchmarks;

/// <summary>
/// One organization's balance now, its history's newest page and a page from the middle, and its balances as of an instant by either
/// time, at 10,000 and at a million postings.
/// </summary>
internal sealed class HistoryBenchmark(TestDatabases databases, BenchmarkOptions options)
{
    private const int Few = 10_000;

    private static readonly Question<HistorySubject>[] Questions =
    [
        new("balance now", (history, _) => history.BalanceAsync(), (history, _) => history.Raw.BalanceAsync(), Aim.None),
        new("newest page", (history, _) => history.PageAsync(null), (history, _) => history.Raw.PageAsync(long.MaxValue), Aim.Most(2)),
        new("a page from the middle", (history, _) => history.PageAsync(history.Middle), (history, _) => history.Raw.PageAsync(history.Middle.Seq), Aim.Most(2)),
        new("as recorded then", (history, number) => history.AsOfAsync(number, EntryTime.Recorded),
            (history, number) => history.Raw.AsRecordedAsync(history.Moment(number, EntryTime.Recorded).Micros), Aim.None),
        new("as effective then", (history, number) => history.AsOfAsync(number, EntryTime.Effective),
            (history, number) => history.Raw.AsEffectiveAsync(history.Moment(number, EntryTime.Effective).Micros), Aim.None),
    ];

    /// <summary>Runs on each database and tells whether the books are exact.</summary>
    public async Task<bool> RunAsync()
    {
        var exact = true;
        foreach (var kind in options.Databases)
        {
            await using var small = await databases.CreateAsync(kind);
            await using var large = await databases.CreateAsync(kind);
            await using var few = await HistorySubject.WriteAsync(small, Few);
            await using var many = await HistorySubject.WriteAsync(large, options.Most);
            Report.Title($"History by postings, {kind}, 1 % back-dated, median of {Comparison.Times} × {options.Rounds}");
            await Comparison.RunAsync(options.Rounds, (few, Few), (many, options.Most), Questions);
            exact &= await Books.AreExactAsync(small) & await Books.AreExactAsync(large);
        }

        return exact;
    }
}
