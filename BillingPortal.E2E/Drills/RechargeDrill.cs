using System.Globalization;
using System.Text.Json;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.E2E.Benchmarks;
using BillingPortal.Payments.Sandbox;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.E2E.Drills;

/// <summary>
/// The portal's process is ended with SIGKILL while it charges cards, several times, on each database. Afterwards every customer was charged once:
/// the sandbox's payments, the settled recharges and the cash in the journal are the same sum, and the books are exact.
/// </summary>
internal sealed class RechargeDrill(TestDatabases databases, BenchmarkOptions options)
{
    private const int Kills = 8;
    private const int AtATime = 40;
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

    private async Task<bool> RunAsync(DatabaseKind kind)
    {
        Report.Title($"SIGKILL while cards are charged, {kind}");
        await using var database = await databases.CreateAsync(kind);
        var customers = await RechargeLoad.EnterAsync(database, Kills * AtATime);
        var load = new RechargeLoad(await NamesAsync(database), await KillDrill.TokenAsync(database.Configuration));
        var random = new Random(20261120);
        var doubts = new HashSet<(long, long)>();
        for (var kill = 1; kill <= Kills; kill++)
        {
            using (var portal = await PortalProcess.StartAsync(database.Configuration))
            {
                await load.ChargeAsync(portal.Address, AtATime);
                var enough = (await PaymentsAsync(database)).Count + random.Next(3, AtATime / 2);
                await UntilAsync(async () => (await PaymentsAsync(database)).Count >= enough);
                portal.Kill();
            }

            var standing = await StandAsync(database);
            doubts.UnionWith(standing.InDoubt);
            Report.Line($"kill {kill}: paid / booked / paid and not booked yet", $"{standing.Paid} / {standing.Settled} / {standing.InDoubt.Count}");
        }

        using (await PortalProcess.StartAsync(database.Configuration))
        {
            await UntilAsync(async () => (await StandAsync(database)).Open == 0);
        }

        return await HoldsAsync(database, customers.Count, doubts.Count);
    }

    private static async Task<bool> HoldsAsync(TestDatabase database, int customers, int doubts)
    {
        var payments = await PaymentsAsync(database);
        await using var store = database.Read();
        var recharges = await store.RechargeIntents.ToListAsync();
        var settled = recharges.Where(recharge => recharge.State == (int)RechargeState.Settled).ToList();
        var booked = await store.Entries.Where(entry => entry.Reason == ReasonCode.AutoRecharged.Code).SumAsync(entry => entry.NetAmount);
        var (code, output, errors) = await PortalProcess.RunAsync(database.Configuration, "", "verify");
        var twice = payments.GroupBy(payment => payment.Organization).Count(group => group.Count() > 1);
        Report.Line("charges that a kill left paid and not booked", doubts.ToString(CultureInfo.InvariantCulture));
        Report.Line("customers / recharges / paid / settled", $"{customers} / {recharges.Count} / {payments.Count} / {settled.Count}");
        Report.Line("customers charged twice", twice.ToString(CultureInfo.InvariantCulture));
        Report.Line("paid = settled = booked", $"{Units(payments.Sum(payment => payment.Amount))} = {Units(settled.Sum(recharge => recharge.Amount))} = {Units(booked)}");
        Report.Line("verify", code == 0 ? "the books hold" : "BROKEN");
        Console.WriteLine("    " + (code == 0 ? output.Trim().Split('\n')[^1] : errors.Trim()));
        return code == 0 & twice == 0 & payments.Count == customers & settled.Count == customers & recharges.Count == customers
            & booked == payments.Sum(payment => payment.Amount) & booked == settled.Sum(recharge => recharge.Amount) & doubts > 0 & await Books.AreExactAsync(database);
    }

    private static async Task<(int Paid, int Settled, HashSet<(long, long)> InDoubt, int Open)> StandAsync(TestDatabase database)
    {
        var paid = (await PaymentsAsync(database)).Select(payment => (payment.Organization, payment.Recharge)).ToHashSet();
        await using var store = database.Read();
        var recharges = await store.RechargeIntents.Select(recharge => new { recharge.OrganizationId, recharge.Number, recharge.State }).ToListAsync();
        var settled = recharges.Where(recharge => recharge.State == (int)RechargeState.Settled).Select(recharge => (recharge.OrganizationId, recharge.Number)).ToHashSet();
        return (paid.Count, settled.Count, [.. paid.Except(settled)], recharges.Count(recharge => recharge.State < (int)RechargeState.Settled));
    }

    private static async Task<List<SandboxPayment>> PaymentsAsync(TestDatabase database)
    {
        await using var store = database.Read();
        var bodies = await store.Database.SqlQuery<string>($"""SELECT body AS "Value" FROM sandbox_object WHERE kind = {SandboxGateway.Payment}""").ToListAsync();
        return [.. bodies.Select(body => JsonSerializer.Deserialize<SandboxPayment>(body)!).Where(payment => payment.State == SandboxPayment.Paid)];
    }

    private static async Task<List<Guid>> NamesAsync(TestDatabase database)
    {
        await using var store = database.Read();
        return await store.Organizations.OrderBy(organization => organization.Id).Select(organization => organization.Uuid).ToListAsync();
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await holds() && await timer.WaitForNextTickAsync())
        {
            // Not yet.
        }
    }

    private static string Units(long micros) => (micros / (decimal)Money.Unit).ToString("0.00", CultureInfo.InvariantCulture);
}
