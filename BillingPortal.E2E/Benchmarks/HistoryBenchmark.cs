using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

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
    private IDbContextFactory<BillingStore> _stores = null!;

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
        _stores = services.GetRequiredService<IDbContextFactory<BillingStore>>();
        OrganizationId organization;
        List<(string What, double Micros)> few;

        // An entry a minute: what comes late, up to two days, straddles as many entries early in the history as at its end.
        var clock = new FakeClock();
        await using (var ledger = new Ledger(database, clock))
        {
            organization = await ledger.OrganizationAsync();
            await ledger.DoneAsync(ledger.TopUp(organization, 1_000_000));
            await WriteAsync(ledger, clock, organization, 1, Few / PostingsPerEntry);
            few = await MeasureAsync(database, organization, Few);
            await WriteAsync(ledger, clock, organization, Few / PostingsPerEntry, options.Most / PostingsPerEntry);
        }

        var many = await MeasureAsync(database, organization, options.Most);
        foreach (var (what, before, after) in few.Zip(many, (a, b) => (a.What, a.Micros, b.Micros)))
        {
            Report.Line($"{what}, growth", "", after / before, Aim.Most(1.5));
        }

        return await Books.AreExactAsync(database);
    }

    private static async Task WriteAsync(Ledger ledger, FakeClock clock, OrganizationId organization, int from, int to) =>
        await Parallel.ForAsync(from, to, new ParallelOptions { MaxDegreeOfParallelism = 256 }, async (number, _) =>
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await ledger.DoneAsync(new ChargeUsage(Ledger.Tester, "history-" + number.ToString(CultureInfo.InvariantCulture), organization)
            {
                Mode = ChargeMode.Fact,
                Service = "compute",
                Amount = 1 + (number % 977),
                OccurredAt = number % 100 == 99 ? ledger.Now.Plus(-TimeSpan.FromHours(1 + (number % 48))) : null,
            });
        });

    private async Task<List<(string What, double Micros)>> MeasureAsync(TestDatabase database, OrganizationId organization, int postings)
    {
        Report.Title($"History, {database.Kind}, {postings.ToString("#,0", CultureInfo.InvariantCulture)} postings, 1 % back-dated, median of {Times} × {options.Rounds}");
        await using var raw = new RawHistory(await database.ConnectAsync(), organization.Value);
        await raw.AnalyzeAsync();
        var times = await TimesAsync(database, organization);
        var scope = new JournalScope.Of(organization);
        var middle = new JournalCursor(times.RecordedAt[Times / 2], organization, postings / PostingsPerEntry / 2);
        var figures = new List<(string, double)>();
        await CompareAsync("balance now", _ => BalanceAsync(organization), _ => raw.BalanceAsync(), Aim.None);
        await CompareAsync("newest page of the history", _ => PageAsync(scope, null), _ => raw.PageAsync(long.MaxValue), Aim.Most(2));
        await CompareAsync("a page from the middle", _ => PageAsync(scope, middle), _ => raw.PageAsync(middle.Seq), Aim.Most(2));
        await CompareAsync("balances as recorded then",
            number => AsOfAsync(organization, times.RecordedAt[number], EntryTime.Recorded), number => raw.AsRecordedAsync(times.RecordedAt[number].Micros), Aim.None);
        await CompareAsync("balances as effective then",
            number => AsOfAsync(organization, times.EffectiveAt[number], EntryTime.Effective), number => raw.AsEffectiveAsync(times.EffectiveAt[number].Micros), Aim.None);
        return figures;

        async Task CompareAsync(string what, Func<int, Task> portal, Func<int, Task> reference, Aim aim)
        {
            var pair = await Measure.PairsAsync(options.Rounds, () => Measure.MicrosAsync(Times, portal), () => Measure.MicrosAsync(Times, reference));
            Report.Line($"{what}, raw", Report.Time(pair.Raw));
            Report.Line($"{what}, portal", Report.Time(pair.Portal), pair.Ratio, aim);
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

    private async Task BalanceAsync(OrganizationId organization)
    {
        await using var store = await _stores.CreateDbContextAsync();
        await store.Accounts.Where(account => account.OrganizationId == organization.Value).ToListAsync();
    }

    private async Task PageAsync(JournalScope scope, JournalCursor? after)
    {
        await using var store = await _stores.CreateDbContextAsync();
        (await JournalReading.PageAsync(store, scope, JournalFilter.None, new JournalPlace(RawHistory.Rows, after), CancellationToken.None))
            .Lines.Length.ShouldBe(RawHistory.Rows);
    }

    private async Task AsOfAsync(OrganizationId organization, Instant at, EntryTime by)
    {
        await using var store = await _stores.CreateDbContextAsync();
        await BalanceReading.AsOfAsync(store, organization, at, by, CancellationToken.None);
    }
}
