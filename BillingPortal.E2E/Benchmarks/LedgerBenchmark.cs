using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;

namespace BillingPortal.E2E.Benchmarks;

/// <summary>
/// Durable posts a second through the real command path, the charge of <c>POST /organizations/{id}/charges</c>, for 1, 32 and 256
/// callers, against the same statements in raw ADO.NET by one caller in the same run. Both write to one database, each to organizations
/// of its own: a log that still grows syncs at a quarter of the speed of one that is reused, so it has to be the same log.
/// </summary>
internal sealed class LedgerBenchmark(TestDatabases databases, BenchmarkOptions options)
{
    private const int Organizations = 2_000;
    private readonly List<OrganizationId> _organizations = [];
    private long _number;

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
        await using var ledger = new Ledger(database);
        await FillAsync(ledger);
        await using RawLedger raw = kind is DatabaseKind.Sqlite
            ? new RawSqliteLedger(database.ConnectionString)
            : new RawPostgresLedger(database.ConnectionString);
        Report.Title($"Durable posts a second, {kind}, {Organizations / 2} organizations, {options.Rounds} pairs of {options.Seconds} s");
        foreach (var (callers, aim) in new[] { (1, Aim.Least(0.8)), (32, Aim.None), (256, Aim.Least(3)) })
        {
            var pair = await Measure.PairsAsync(
                options.Rounds,
                () => Measure.PerSecondAsync(options.Time, callers, _ => ChargeAsync(ledger)),
                () => Measure.PerSecondAsync(options.Time, 1, _ => ChargeAsync(raw)));
            Report.Line($"raw, 1 caller, beside {callers}", Report.Rate(pair.Raw));
            Report.Line($"portal, {callers} caller{(callers == 1 ? "" : "s")}", Report.Rate(pair.Portal), pair.Ratio, aim);
        }

        return await Books.AreExactAsync(database);
    }

    private async Task FillAsync(Ledger ledger)
    {
        _organizations.Clear();
        for (var number = 0; number < Organizations; number++)
        {
            _organizations.Add(await ledger.OrganizationAsync(name: $"Organization {number.ToString(CultureInfo.InvariantCulture)}"));
        }

        await Task.WhenAll(_organizations.Select(organization => ledger.DoneAsync(ledger.TopUp(organization, 1_000_000))));
    }

    private async Task ChargeAsync(Ledger ledger)
    {
        var number = Interlocked.Increment(ref _number);
        var charge = new ChargeUsage(Ledger.Tester, Key(number), Any(number, 0)) { Mode = ChargeMode.Request, Service = "compute", Amount = Amount(number) };
        (await ledger.RunAsync(charge)).ShouldBeOfType<Outcome<Receipt>.Done>();
    }

    private Task ChargeAsync(RawLedger raw)
    {
        var number = Interlocked.Increment(ref _number);
        return raw.ChargeAsync(Any(number, 1).Value, Key(number), Amount(number), Instant.Now(TimeProvider.System).Micros);
    }

    // A walk over one half of the organizations that repeats none before it has met every one.
    private OrganizationId Any(long number, int half) => _organizations[(int)(number * 617 % (Organizations / 2) * 2) + half];

    private static long Amount(long number) => 1 + (number % 9_973);

    private static string Key(long number) => "bench-" + number.ToString(CultureInfo.InvariantCulture);
}
