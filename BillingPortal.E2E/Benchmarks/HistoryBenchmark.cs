using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store.Reading;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.E2E.Benchmarks;

/// <summary>
/// One organization's balance now, its history's newest page and a page from the middle, and its balances as of an instant by either
/// time, at 10,000 and at a million postings, one in a hundred back-dated; all written by the portal's own writer.
/// </summary>
internal sealed class HistoryBenchmark(TestDatabases databases, BenchmarkOptions options)
{
    private const int Few = 10_000;
    private const int Times = 200;
    private const int PostingsPerEntry = 2;

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
        OrganizationId organization;
        List<(string What, double Micros)> few;
        await using (var ledger = new Ledger(database))
        {
            organization = await ledger.OrganizationAsync();
            await ledger.DoneAsync(ledger.TopUp(organization, 1_000_000));
            await WriteAsync(ledger, organization, 1, Few / PostingsPerEntry);
            few = await MeasureAsync(database, organization, Few);
            await WriteAsync(ledger, organization, Few / PostingsPerEntry, options.Most / PostingsPerEntry);
        }

        var many = await MeasureAsync(database, organization, options.Most);
        foreach (var (what, before, after) in few.Zip(many, (a, b) => (a.What, a.Micros, b.Micros)))
        {
            Report.Line($"{what}, growth", "", after / before, Aim.Most(1.5));
        }

        return await Books.AreExactAsync(database);
    }

    private static async Task WriteAsync(Ledger ledger, OrganizationId organization, int from, int to) =>
        await Parallel.ForAsync(from, to, new ParallelOptions { MaxDegreeOfParallelism = 256 }, async (number, _) =>
            await ledger.DoneAsync(new ChargeUsage(Ledger.Tester, "history-" + number.ToString(CultureInfo.InvariantCulture), organization)
            {
                Mode = ChargeMode.Fact,
                Service = "compute",
                Amount = 1 + (number % 977),
                OccurredAt = number % 100 == 99 ? ledger.Now.Plus(-TimeSpan.FromMinutes(1 + (number % 40))) : null,
            }));

    private async Task<List<(string What, double Micros)>> MeasureAsync(TestDatabase database, OrganizationId organization, int postings)
    {
        Report.Title($"History, {database.Kind}, {postings.ToString("#,0", CultureInfo.InvariantCulture)} postings, 1 % back-dated, median of {Times} × {options.Rounds}");
        await using var raw = new RawHistory(await database.ConnectAsync(), organization.Value);
        await raw.AnalyzeAsync();
        var times = await TimesAsync(database, organization);
        var scope = new JournalScope.Of(organization);
        var middle = new JournalCursor(times.RecordedAt[Times / 2], organization, postings / PostingsPerEntry / 2);
        var figures = new List<(string, double)>();
        await CompareAsync("balance now", _ => BalanceAsync(database, organization), _ => raw.BalanceAsync());
        await CompareAsync("newest page of the history", _ => PageAsync(database, scope, null), _ => raw.PageAsync(long.MaxValue));
        await CompareAsync("a page from the middle", _ => PageAsync(database, scope, middle), _ => raw.PageAsync(middle.Seq));
        await CompareAsync("balances as recorded then",
            number => AsOfAsync(database, organization, times.RecordedAt[number], EntryTime.Recorded), number => raw.AsRecordedAsync(times.RecordedAt[number].Micros));
        await CompareAsync("balances as effective then",
            number => AsOfAsync(database, organization, times.EffectiveAt[number], EntryTime.Effective), number => raw.AsEffectiveAsync(times.EffectiveAt[number].Micros));
        return figures;

        async Task CompareAsync(string what, Func<int, Task> portal, Func<int, Task> reference)
        {
            var pair = await Measure.PairsAsync(options.Rounds, () => Measure.MicrosAsync(Times, portal), () => Measure.MicrosAsync(Times, reference));
            Report.Line($"{what}, raw", Report.Time(pair.Raw));
            Report.Line($"{what}, portal", Report.Time(pair.Portal), pair.Ratio, Aim.Most(2));
            figures.Add((what, pair.Portal));
        }
    }

    /// <summary>Instants spread over the whole history.</summary>
    private static async Task<(List<Instant> RecordedAt, List<Instant> EffectiveAt)> TimesAsync(TestDatabase database, OrganizationId organization)
    {
        await using var store = database.Read();
        var entries = store.Entries.Where(entry => entry.OrganizationId == organization.Value);
        var step = Math.Max(1, await entries.MaxAsync(entry => entry.Seq) / Times);
        var times = await entries.Where(entry => entry.Seq % step == 0).OrderBy(entry => entry.Seq).Take(Times)
            .Select(entry => new { entry.RecordedAt, entry.EffectiveAt }).ToListAsync();
        return ([.. times.Select(time => new Instant(time.RecordedAt))], [.. times.Select(time => new Instant(time.EffectiveAt))]);
    }

    private static async Task BalanceAsync(TestDatabase database, OrganizationId organization)
    {
        await using var store = database.Read();
        await store.Accounts.Where(account => account.OrganizationId == organization.Value).ToListAsync();
    }

    private static async Task PageAsync(TestDatabase database, JournalScope scope, JournalCursor? after)
    {
        await using var store = database.Read();
        (await JournalReading.PageAsync(store, scope, JournalFilter.None, new JournalPlace(RawHistory.Rows, after), CancellationToken.None))
            .Lines.Length.ShouldBe(RawHistory.Rows);
    }

    private static async Task AsOfAsync(TestDatabase database, OrganizationId organization, Instant at, EntryTime by)
    {
        await using var store = database.Read();
        await BalanceReading.AsOfAsync(store, organization, at, by, CancellationToken.None);
    }
}
