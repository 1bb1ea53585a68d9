using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Auditing;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Store;

/// <summary>Usage of a closed month is booked in a later one, and still belongs to the month in which it was used (rules §3).</summary>
public sealed class LateUsageTests(TestDatabases databases)
{
    private static readonly BillingPeriod September = new(202609);
    private static readonly DateTimeOffset InSeptember = new(2026, 9, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset InOctober = new(2026, 10, 2, 6, 0, 0, TimeSpan.Zero);

    [Theory, BothDatabases]
    public async Task What_two_late_credits_give_back_of_a_closed_month_is_what_that_month_drew_and_no_other_months(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock(InSeptember);
        await using var ledger = new Ledger(database, clock);
        var acme = await ledger.OrganizationAsync();
        await ledger.DoneAsync(ledger.TopUp(acme, 60, bonusRate: 666_667));
        await ledger.DoneAsync(Used(acme, September, 100));
        clock.MoveTo(InOctober);
        await ledger.DoneAsync(ledger.Close(acme, 202609));
        await ledger.DoneAsync(ledger.TopUp(acme, 25));
        await ledger.DoneAsync(Used(acme, September.Next, 25));

        Lines(await ledger.DoneAsync(Used(acme, September, -40))).ShouldBe(["bonus 40", "revenue -40"]);
        Lines(await ledger.DoneAsync(Used(acme, September, -40))).ShouldBe(["cash 40", "revenue -40"]);
        Lines(await ledger.DoneAsync(Used(acme, September.Next, -25))).ShouldBe(["cash 25", "revenue -25"], "what is booked in October of September took nothing of October's draws");

        // A late charge draws in October for September: it is what a further credit of September undoes first.
        Lines(await ledger.DoneAsync(Used(acme, September, 10))).ShouldBe(["cash -10", "revenue 10"]);
        Lines(await ledger.DoneAsync(Used(acme, September, -10))).ShouldBe(["cash 10", "revenue -10"]);

        var law = new LateUsageLaw(ledger.Options);
        (await law.CheckAsync(default)).ShouldBe(new LawFinding(true, 4, ""));
        await SqlAsync("UPDATE late_usage SET period = 202608 WHERE seq = 5");
        (await law.CheckAsync(default)).ShouldBe(new LawFinding(false, 4, $"entry {acme}/5: the index has it under a month that it does not name"));
        await SqlAsync("DELETE FROM late_usage WHERE seq = 5");
        (await law.CheckAsync(default)).ShouldBe(new LawFinding(false, 3, $"entry {acme}/5: it belongs to another month than it is booked in, and the index does not have it"));

        async Task SqlAsync(string sql)
        {
            await using var store = new StoreOf(database).CreateDbContext();
            await store.Database.ExecuteSqlRawAsync(sql);
        }

        List<string> Lines(Receipt receipt) => [.. receipt.Entries.Single(entry => entry.Kind is EntryKind.Charge or EntryKind.ChargeCredit).Postings
            .Select(posting => $"{posting.Account.Kind.ToString().ToLowerInvariant()} {posting.Amount / 1_000_000m:0.######}").Order(StringComparer.Ordinal)];

        PostUsage Used(OrganizationId organization, BillingPeriod month, decimal amount)
        {
            var micros = Ledger.Micros(amount);
            return new PostUsage(Actor.System("import:1"), ledger.NextKey(), 1)
            {
                Usage = [new(organization, [new UsageCharge(new(new("AWS", "1", "11"), "S3", month), default, ExactAmount.FromMicros(micros), micros, default, month.StartIn(TimeZoneInfo.Utc))], [])],
            };
        }
    }
}
