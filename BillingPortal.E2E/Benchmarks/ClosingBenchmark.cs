using System.Diagnostics;
using System.Globalization;
using BillingPortal.Capabilities.ClosingMonths;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Tests.Setup;

namespace BillingPortal.E2E.Benchmarks;

/// <summary>
/// The end of a month: previewed and closed for every organization by the portal's own run, beside one SQL aggregation of the same usage rows in the same
/// run. Rows a second and peak memory as ratios; then the books are checked, and that no row was left out of an invoice.
/// </summary>
internal sealed class ClosingBenchmark(TestDatabases databases, BenchmarkOptions options)
{
    private static readonly BillingPeriod Month = new(UsedMonth.Number);

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
        var each = Math.Max(1, options.Rows / options.Organizations);
        var rows = (long)each * options.Organizations;
        Report.Title($"Closing a month, {kind}, {Count(options.Organizations)} organizations, {Count(rows)} usage rows");
        await using var database = await databases.CreateAsync(kind);
        await UsedMonth.WriteAsync(database, options.Organizations, each);
        await ManyOrganizations.EnterFinanceAsync(database);
        await using var ledger = new Ledger(database, new FakeClock(UsedMonth.Afterwards));
        var stores = new StoreOf(database);
        var previewing = new PreviewingMonth(stores, ledger.Writer);
        var committing = new CommittingMonth(previewing, ledger.Writer);

        var (groups, raw) = await PeakAsync(() => UsedMonth.AggregateAsync(database));
        var (shown, preview) = await PeakAsync(() => previewing.RunAsync(ManyOrganizations.Finance, MonthAct.Close, Month, chosen: null, _ => { }, CancellationToken.None));
        var lines = ((Outcome<System.Collections.Immutable.ImmutableArray<MonthLine>>.Done)shown).Value;
        var (closed, commit) = await PeakAsync(() => committing.RunAsync(
            ManyOrganizations.Finance, MonthAct.Close, Month, lines, "bench", () => { }, CancellationToken.None));
        var done = ((Outcome<System.Collections.Immutable.ImmutableArray<MonthLine>>.Done)closed).Value.Count(line => line.State == LineState.Done);

        Report.Line($"raw aggregation into {Count(groups)} groups", Report.Rate(rows / raw.Seconds));
        Report.Line("preview, rows", Report.Rate(rows / preview.Seconds), raw.Seconds / preview.Seconds, Aim.None);
        Report.Line("close, rows", Report.Rate(rows / commit.Seconds), raw.Seconds / commit.Seconds, Aim.None);
        Report.Line("close, organizations", Report.Rate(done / commit.Seconds));
        Report.Line("raw aggregation, peak memory", Megabytes(raw.Bytes));
        Report.Line("preview, peak memory", Megabytes(preview.Bytes), preview.Bytes / raw.Bytes, Aim.None);
        Report.Line("close, peak memory", Megabytes(commit.Bytes), commit.Bytes / raw.Bytes, Aim.None);
        var whole = done == options.Organizations && await UsedMonth.IsInvoicedAsync(database);
        Report.Line($"{Count(done)} organizations closed, every row invoiced", whole ? "exact" : "BROKEN");
        return whole & await Books.AreExactAsync(database);
    }

    /// <summary>How long, and the most memory that the process held meanwhile.</summary>
    private static async Task<(T Result, (double Seconds, double Bytes) Cost)> PeakAsync<T>(Func<Task<T>> work)
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        using var ended = new CancellationTokenSource();
        var peak = process.WorkingSet64;
        var watching = Task.Run(async () =>
        {
            try
            {
                while (await timer.WaitForNextTickAsync(ended.Token))
                {
                    process.Refresh();
                    peak = Math.Max(peak, process.WorkingSet64);
                }
            }
            catch (OperationCanceledException)
            {
                // The work has ended.
            }
        });
        var watch = Stopwatch.StartNew();
        var result = await work();
        var seconds = watch.Elapsed.TotalSeconds;
        await ended.CancelAsync();
        await watching;
        return (result, (seconds, peak));
    }

    private static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Megabytes(double bytes) => (bytes / 1_048_576).ToString("#,0", CultureInfo.InvariantCulture) + " MB";
}
