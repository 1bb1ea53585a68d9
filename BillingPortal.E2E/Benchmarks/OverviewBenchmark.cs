using System.Globalization;
using BillingPortal.Capabilities.Overviews;
using BillingPortal.Domain;
using BillingPortal.Tests.Setup;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.E2E.Benchmarks;

/// <summary>
/// The overview's first page, the next one and one from the middle, at 10,000 organizations and at a million: the page's own query, who
/// asks and all, against one statement of raw SQL that reads the same rows and figures.
/// </summary>
internal sealed class OverviewBenchmark(TestDatabases databases, BenchmarkOptions options)
{
    private const int Few = 10_000;
    private const int Times = 200;
    private static readonly OrganizationCursor Middle = new(0, "organization 05000000", "USD", 0);

    /// <summary>Runs on each database and tells whether the books are exact.</summary>
    public async Task<bool> RunAsync()
    {
        var exact = true;
        foreach (var kind in options.Databases)
        {
            exact &= await RunAsync(kind);
        }

        return exact;
    }

    private async Task<bool> RunAsync(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var services = StoreServices.Over(database);
        var now = Instant.Now(TimeProvider.System);
        await ManyOrganizations.EnterFinanceAsync(database);
        await ManyOrganizations.GrowAsync(database, 0, Few, now.Micros);
        var few = await MeasureAsync(database, services, Few);
        await ManyOrganizations.GrowAsync(database, Few, options.Most, now.Micros);
        var many = await MeasureAsync(database, services, options.Most);
        foreach (var (page, before, after) in few.Zip(many, (a, b) => (a.Page, a.Micros, b.Micros)))
        {
            Report.Line($"{page}, growth", "", after / before, Aim.Most(1.5));
        }

        return await Books.AreExactAsync(database);
    }

    private async Task<List<(string Page, double Micros)>> MeasureAsync(TestDatabase database, ServiceProvider services, int count)
    {
        Report.Title($"Overview, {database.Kind}, {count.ToString("#,0", CultureInfo.InvariantCulture)} organizations, median of {Times} × {options.Rounds}");
        var overview = services.GetRequiredService<ListOrganizations>();
        var first = await PageAsync(overview, null);
        await using var raw = new RawOverview(await database.ConnectAsync());
        await EqualAsync(overview, raw, null);
        await EqualAsync(overview, raw, Middle);
        var measured = new List<(string, double)>();
        foreach (var (page, cursor) in new[] { ("first page", null), ("next page", first.Next), ("a page from the middle", Middle) })
        {
            var pair = await Measure.PairsAsync(options.Rounds,
                () => Measure.MicrosAsync(Times, _ => PageAsync(overview, cursor)),
                () => Measure.MicrosAsync(Times, _ => raw.PageAsync(cursor)));
            Report.Line($"{page}, raw", Report.Time(pair.Raw));
            Report.Line($"{page}, portal", Report.Time(pair.Portal), pair.Ratio, Aim.Most(2));
            measured.Add((page, pair.Portal));
        }

        return measured;
    }

    private static async Task<OrganizationList> PageAsync(ListOrganizations overview, OrganizationCursor? after) =>
        (await overview.RunAsync(ManyOrganizations.Finance, new OrganizationFilter(), new ListPart(After: after), CancellationToken.None))
        .ShouldBeOfType<Outcome<OrganizationList>.Done>().Value;

    /// <summary>A yardstick that reads something else measures nothing.</summary>
    private static async Task EqualAsync(ListOrganizations overview, RawOverview raw, OrganizationCursor? cursor) =>
        (await PageAsync(overview, cursor)).Rows.Select(row => (row.Id, row.Balance.Micros, row.Owed.Micros, row.Spend.Micros))
            .ShouldBe((await raw.PageAsync(cursor)).Take(25));
}
