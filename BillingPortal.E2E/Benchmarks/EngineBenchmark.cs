using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;

namespace BillingPortal.E2E.Benchmarks;

/// <summary>
/// Charges a second of organizations with a hard cap and auto-recharge, whose window is counted and whose recharge is weighed in each
/// transaction, against the plain charges of the ledger benchmark, in turns on one database.
/// </summary>
internal sealed class EngineBenchmark(TestDatabases databases, BenchmarkOptions options)
{
    private const int Organizations = 2_000;
    private readonly List<OrganizationId> _organizations = [];
    private long _number;

    /// <summary>Runs on each database and tells whether the books are exact and every window counts its entries.</summary>
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
        Report.Title($"Charges a second with cap and recharge decided, {kind}, {Organizations / 2} organizations, {options.Rounds} pairs of {options.Seconds} s");
        foreach (var callers in new[] { 1, 32, 256 })
        {
            var pair = await Measure.PairsAsync(
                options.Rounds,
                () => Measure.PerSecondAsync(options.Time, callers, _ => ChargeAsync(ledger, 0)),
                () => Measure.PerSecondAsync(options.Time, callers, _ => ChargeAsync(ledger, 1)));
            Report.Line($"plain, {callers}", Report.Rate(pair.Raw));
            Report.Line($"cap and recharge, {callers}", Report.Rate(pair.Portal), pair.Ratio, Aim.Least(0.7));
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
        await Task.WhenAll(_organizations.Where((_, index) => index % 2 == 0).Select(async organization =>
        {
            await ledger.CardAsync(organization);
            await ledger.DoneAsync(ledger.Rule(Engine.Recharge(organization, 5, 500, 5_000) with { CapEnabled = true, CapAmount = Ledger.Micros(100_000) }));
        }));
    }

    private async Task ChargeAsync(Ledger ledger, int half)
    {
        var number = Interlocked.Increment(ref _number);
        var charge = new ChargeUsage(Ledger.Tester, Key(number), Any(number, half)) { Mode = ChargeMode.Request, Service = "compute", Amount = Amount(number) };
        (await ledger.RunAsync(charge)).ShouldBeOfType<Outcome<Receipt>.Done>();
    }

    // A walk over one half of the organizations that repeats none before it has met every one.
    private OrganizationId Any(long number, int half) => _organizations[(int)(number * 617 % (Organizations / 2) * 2) + half];

    private static long Amount(long number) => number % 10 == 0 ? Ledger.Micros(1) : 1 + (number % 9_973);

    private static string Key(long number) => "bench-" + number.ToString(CultureInfo.InvariantCulture);
}
