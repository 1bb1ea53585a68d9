using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Laws;

public sealed class CapLaws(TestDatabases databases)
{
    private const int Writers = 64;
    private const int Commands = 2_000;

    [Theory, BothDatabases]
    public async Task Sixty_four_concurrent_callers_never_pass_a_hard_cap(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var here = new Ledger(database);
        await using var elsewhere = new Ledger(database);
        var organizations = new List<OrganizationId>();
        foreach (var number in Enumerable.Range(1, 3))
        {
            organizations.Add(await here.OrganizationAsync(ChargingModel.Postpaid, $"Organization {number}"));
            await here.DoneAsync(here.Rule(Engine.Cap(organizations[^1], 50)));
        }

        var outcomes = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var ledger = writer % 2 == 0 ? here : elsewhere;
            var mine = new List<(OrganizationId Organization, long Amount, Outcome<Receipt> Outcome)>();
            for (var number = writer; number < Commands; number += Writers)
            {
                var organization = organizations[number % organizations.Count];
                var amount = 10_000L * (1 + (number * 7919 % 30));
                mine.Add((organization, amount, await ledger.RunAsync(
                    new ChargeUsage(Ledger.Tester, $"{writer}/{number}", organization) { Mode = ChargeMode.Request, Service = "compute", Amount = amount })));
            }

            return mine;
        })));

        var all = outcomes.SelectMany(mine => mine).ToList();
        all.ShouldAllBe(one => one.Outcome is Outcome<Receipt>.Done || IsCapped(one.Outcome));
        all.ShouldContain(one => IsCapped(one.Outcome), "the law is tested where the cap is reached");
        foreach (var organization in organizations)
        {
            var charged = all.Where(one => one.Organization == organization && one.Outcome is Outcome<Receipt>.Done).Sum(one => one.Amount);
            charged.ShouldBeLessThanOrEqualTo(Ledger.Micros(50));
            charged.ShouldBeGreaterThan(Ledger.Micros(49.5m), "a cap that refuses too early would hold the law, too");
            await ShouldCountItsEntriesAsync(database, organization, charged);
        }
    }

    [Theory, BothDatabases]
    public async Task A_correction_frees_what_it_gives_back_and_late_facts_count_in_their_own_window(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock();
        await using var ledger = new Ledger(database, clock);
        var acme = await ledger.OrganizationAsync(ChargingModel.Postpaid);
        await ledger.DoneAsync(ledger.Rule(Engine.Cap(acme, 10)));
        var charge = (await ledger.DoneAsync(ledger.Charge(acme, 10))).Entries.Single();
        await using (var store = database.Read())
        {
            (await store.Organizations.SingleAsync()).BlockedCause.ShouldBe(BlockCause.CapReached);
        }

        (await ledger.RunAsync(ledger.Charge(acme, 1))).ShouldBeOfType<Outcome<Receipt>.Refused>().Refusal.Code.ShouldBe(RefusalCode.CapReached);
        await ledger.DoneAsync(ledger.Charge(acme, 4, ChargeMode.Fact) with { OccurredAt = Instant.Now(clock).Plus(TimeSpan.FromDays(-30)) });
        await ledger.DoneAsync(ledger.Reverse(acme, charge.Seq));
        await ledger.DoneAsync(ledger.Charge(acme, 9));
        await ShouldCountItsEntriesAsync(database, acme, Ledger.Micros(9));
        await using var read = database.Read();
        (await read.Organizations.SingleAsync()).BlockedCause.ShouldBeNull();

        // In the month before, 4 were spent of 10: a request for then may take 6 more, not 7.
        var then = Instant.Now(clock).Plus(TimeSpan.FromDays(-29));
        (await ledger.RunAsync(ledger.Charge(acme, 7) with { OccurredAt = then })).ShouldBeOfType<Outcome<Receipt>.Refused>().Refusal.Code.ShouldBe(RefusalCode.CapReached);
        await ledger.DoneAsync(ledger.Charge(acme, 6) with { OccurredAt = then });
    }

    [Theory, BothDatabases]
    public async Task A_window_that_ends_ends_the_block_with_an_event(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock();
        await using var ledger = new Ledger(database, clock);
        var acme = await ledger.OrganizationAsync(ChargingModel.Postpaid);
        await ledger.DoneAsync(ledger.Rule(Engine.Cap(acme, 10)));
        await ledger.DoneAsync(ledger.Charge(acme, 12, ChargeMode.Fact));
        clock.MoveTo(new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero));

        await ledger.DoneAsync(new LookAgain(Actor.System("engine"), "again", acme));
        await using var store = database.Read();
        (await store.Organizations.SingleAsync()).BlockedCause.ShouldBeNull();
        (await store.OrganizationEvents.OrderBy(e => e.Id).Select(e => e.Kind).ToListAsync()).ShouldBe(["blocked", "unblocked"]);
        (await store.SpendingWindows.SingleAsync()).Spent.ShouldBe(0);
        (await store.Notifications.OrderBy(n => n.Id).Select(n => n.Level).ToListAsync()).ShouldBe([100], "the levels passed in one step are told as the highest");
    }

    [Theory, BothDatabases]
    public async Task Each_level_is_told_once_in_a_window_and_a_soft_cap_lets_charges_through(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var ledger = new Ledger(database);
        var acme = await ledger.OrganizationAsync(ChargingModel.Postpaid);
        await ledger.DoneAsync(ledger.Rule(Engine.Cap(acme, 100, soft: true)));
        foreach (var amount in new[] { 49.99m, 0.01m, 20, 5, 14.99m, 0.01m, 9.99m, 0.01m, 50 })
        {
            await ledger.DoneAsync(ledger.Charge(acme, amount));
        }

        await using var store = database.Read();
        (await store.Notifications.OrderBy(n => n.Id).Select(n => n.Level).ToListAsync()).ShouldBe([50, 75, 90, 100]);
        (await store.Organizations.SingleAsync()).BlockedCause.ShouldBeNull();
        (await store.BillingRules.SingleAsync()).CapAlertAt.ShouldNotBeNull();
    }

    private static bool IsCapped(Outcome<Receipt> outcome) => outcome is Outcome<Receipt>.Refused { Refusal.Code: RefusalCode.CapReached };

    /// <summary>What the writer counts is what the entries in the window sum to.</summary>
    private static async Task ShouldCountItsEntriesAsync(TestDatabase database, OrganizationId organization, long spent)
    {
        await using var store = database.Read();
        var window = await store.SpendingWindows.SingleAsync(w => w.OrganizationId == organization.Value);
        window.Spent.ShouldBe(spent);
        (await store.Postings.Where(p => p.OrganizationId == organization.Value && p.Account == (int)AccountKind.Revenue
            && p.EffectiveAt >= window.StartsAt && p.EffectiveAt < window.EndsAt).SumAsync(p => p.Amount)).ShouldBe(spent);
    }
}
