using BillingPortal.E2E.Benchmarks;
using BillingPortal.E2E.Drills;
using BillingPortal.Tests.Setup;

namespace BillingPortal.E2E;

/// <summary>Drills and benchmarks: too long for a test run, and their result is figures, not a yes.</summary>
internal static class Verbs
{
    private const string Usage = """
        bench engine     charges with cap and recharge decided, against plain ones
        bench ledger     durable posts a second against the same statements in raw ADO.NET
        bench overview   the overview's pages at 10,000 and 1,000,000 organizations against raw SQL
        bench history    balance, history and balances as of an instant at 10,000 and 1,000,000 postings against raw SQL
        bench closing    a month previewed and closed for 10,000 organizations with 1,000,000 usage rows, against one SQL aggregation of them
        drill kill       the portal's process killed ten times under HTTP load, then every answer looked up
        drill recharge   the same while cards are charged: every payment of the sandbox against recharges and journal
        drill requests   odd requests to every documented route: statuses and shapes as documented, nothing of 500 and above
        drill calendar   the windows of spending caps in every zone, 2024 to 2032
        drill periods    the periods of plans in every zone, 2024 to 2032
        Options: --database sqlite|postgres (both), --seconds N, --rounds N, --most N, --organizations N, --rows N, --each N
        Exit code: 0 the books are exact, 1 they are not, 2 not understood. A missed aim is printed, not hidden, and no failure.
        """;

    /// <summary>Runs the verb and tells how it ended: 0 when the books are exact, 1 when they are not, 2 when there is no such verb.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        await using var databases = new TestDatabases(durable: true);
        switch (args)
        {
            case ["bench", "engine", .. var options]:
                return await new EngineBenchmark(databases, BenchmarkOptions.From(options)).RunAsync() ? 0 : 1;
            case ["bench", "ledger", .. var options]:
                return await new LedgerBenchmark(databases, BenchmarkOptions.From(options)).RunAsync() ? 0 : 1;
            case ["bench", "overview", .. var options]:
                return await new OverviewBenchmark(databases, BenchmarkOptions.From(options)).RunAsync() ? 0 : 1;
            case ["bench", "history", .. var options]:
                return await new HistoryBenchmark(databases, BenchmarkOptions.From(options)).RunAsync() ? 0 : 1;
            case ["bench", "closing", .. var options]:
                return await new ClosingBenchmark(databases, BenchmarkOptions.From(options)).RunAsync() ? 0 : 1;
            case ["drill", "kill", .. var options]:
                return await new KillDrill(databases, BenchmarkOptions.From(options)).RunAsync() ? 0 : 1;
            case ["drill", "recharge", .. var options]:
                return await new RechargeDrill(databases, BenchmarkOptions.From(options)).RunAsync() ? 0 : 1;
            case ["drill", "requests", .. var options]:
                return await new RequestDrill(databases, BenchmarkOptions.From(options)).RunAsync() ? 0 : 1;
            case ["drill", "calendar"]:
                return CalendarDrill.Run() ? 0 : 1;
            case ["drill", "periods"]:
                return CalendarDrill.RunPlans() ? 0 : 1;
            default:
                await Console.Error.WriteLineAsync(Usage);
                return 2;
        }
    }
}
