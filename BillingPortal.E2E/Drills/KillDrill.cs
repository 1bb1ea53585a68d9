using System.Globalization;
using BillingPortal.E2E.Benchmarks;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.E2E.Drills;

/// <summary>
/// The portal's process is ended with SIGKILL ten times under HTTP load, on each database. Afterwards every charge that was answered
/// is there, every charge that was asked for again is there once, and the books are exact.
/// </summary>
internal sealed class KillDrill(TestDatabases databases, BenchmarkOptions options)
{
    private const int Kills = 10;
    private const int Organizations = 12;

    /// <summary>Runs on each database and tells whether all held.</summary>
    public async Task<bool> RunAsync()
    {
        var held = true;
        foreach (var kind in options.Databases)
        {
            held &= await RunAsync(kind);
        }

        return held;
    }

    /// <summary>A token made as an operator makes one: by the portal's own verbs.</summary>
    internal static async Task<string> TokenAsync(IReadOnlyDictionary<string, string?> configuration, string scopes = "charges:write")
    {
        const string Email = "drill@example.test";
        await DoneAsync(configuration, "Drill-password-2026!", "create-admin", "--email", Email, "--password-stdin");
        return await DoneAsync(configuration, "", "create-token", "--user", Email, "--scopes", scopes, "--name", "Drill");
    }

    private static async Task<string> DoneAsync(IReadOnlyDictionary<string, string?> configuration, string input, params string[] arguments)
    {
        var (code, output, errors) = await PortalProcess.RunAsync(configuration, input, arguments);
        return code == 0 ? output.Trim() : throw new InvalidOperationException($"{arguments[0]} ended with {code}: {output}{errors}");
    }

    private async Task<bool> RunAsync(DatabaseKind kind)
    {
        Report.Title($"SIGKILL under load, {kind}");
        await using var database = await databases.CreateAsync(kind);
        var organizations = await FillAsync(database);
        var load = new ChargeLoad(organizations, await TokenAsync(database.Configuration));
        var random = new Random(20261120);
        for (var kill = 1; kill <= Kills; kill++)
        {
            using var portal = await PortalProcess.StartAsync(database.Configuration);
            await load.AskAgainAsync(portal.Address);
            var before = load.Answers.Count;
            await load.RunAsync(portal.Address, random.Next(200, 2_000), portal.Kill);
            Report.Line($"kill {kill}: answered, then left in doubt", $"{load.Answers.Count - before} / {load.InDoubt}");
        }

        using (var portal = await PortalProcess.StartAsync(database.Configuration))
        {
            await load.AskAgainAsync(portal.Address);
        }

        var (code, output, errors) = await PortalProcess.RunAsync(database.Configuration, "", "verify");
        Report.Line("verify", code == 0 ? "the books hold" : "BROKEN");
        Console.WriteLine("    " + (code == 0 ? output.Trim().Split('\n')[^1] : errors.Trim()));
        return code == 0 & await CountAsync(database, load) & await Books.AreExactAsync(database);
    }

    private static async Task<List<Guid>> FillAsync(TestDatabase database)
    {
        await using var ledger = new Ledger(database);
        for (var number = 0; number < Organizations; number++)
        {
            var organization = await ledger.OrganizationAsync(name: $"Organization {number.ToString(CultureInfo.InvariantCulture)}");
            await ledger.DoneAsync(ledger.TopUp(organization, 1_000_000));
        }

        await using var store = database.Read();
        return await store.Organizations.Select(organization => organization.Uuid).ToListAsync();
    }

    /// <summary>What is in the store against what the programs were told.</summary>
    private static async Task<bool> CountAsync(TestDatabase database, ChargeLoad load)
    {
        await using var store = database.Read();
        var charges = await store.Entries.Where(entry => entry.Service == "compute").Select(entry => new { entry.Hash, entry.NetAmount }).ToListAsync();
        var hashes = charges.Select(charge => Convert.ToHexStringLower(charge.Hash)).ToHashSet(StringComparer.Ordinal);
        var lost = load.Answers.Values.Count(hash => !hashes.Contains(hash));
        var doubled = load.Answers.Values.GroupBy(hash => hash, StringComparer.Ordinal).Count(group => group.Count() > 1) + charges.Count - load.All.Count;
        var difference = charges.Sum(charge => charge.NetAmount) + load.All.Sum(asked => asked.Micros);
        Report.Line("charges asked for / answered / in the journal", $"{load.All.Count} / {load.Answers.Count} / {charges.Count}");
        Report.Line("answered and lost", lost.ToString(CultureInfo.InvariantCulture));
        Report.Line("in the journal more than once", doubled.ToString(CultureInfo.InvariantCulture));
        Report.Line("millionths too many or too few", difference.ToString(CultureInfo.InvariantCulture));
        return lost == 0 && doubled == 0 && difference == 0 && load.InDoubt == 0;
    }
}
