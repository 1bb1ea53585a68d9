using BillingPortal.Tests.Setup;

namespace BillingPortal.E2E.Benchmarks;

/// <summary>
/// The overview's first page, the next one and one from the middle, at 10,000 organizations and at a million: the page's own query, who
/// asks and all, against one statement of raw SQL that reads the same rows and figures.
/// </summary>
internal sealed class OverviewBenchmark(TestDatabases databases, BenchmarkOptions options)
{
    private const int Few = 10_000;

    private static readonly Question<OverviewSubject>[] Questions =
    [
        new("first page", (overview, _) => overview.PageAsync(null), (overview, _) => overview.Raw.PageAsync(null), Aim.Most(2)),
        new("next page", (overview, _) => overview.PageAsync(overview.EndOfFirst), (overview, _) => overview.Raw.PageAsync(overview.EndOfFirst), Aim.Most(2)),
        new("a page from the middle", (overview, _) => overview.PageAsync(OverviewSubject.Middle),
            (overview, _) => overview.Raw.PageAsync(OverviewSubject.Middle), Aim.Most(2)),
    ];

    /// <summary>Runs on each database and tells whether the books are exact.</summary>
    public async Task<bool> RunAsync()
    {
        var exact = true;
        foreach (var kind in options.Databases)
        {
            await using var small = await databases.CreateAsync(kind);
            await using var large = await databases.CreateAsync(kind);
            await using var few = await OverviewSubject.FillAsync(small, Few);
            await using var many = await OverviewSubject.FillAsync(large, options.Most);
            Report.Title($"Overview by organizations, {kind}, median of {Comparison.Times} × {options.Rounds}");
            await Comparison.RunAsync(options.Rounds, (few, Few), (many, options.Most), Questions);
            exact &= await Books.AreExactAsync(small) & await Books.AreExactAsync(large);
        }

        return exact;
    }
}
