using BillingPortal.Domain.Laws;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store.Auditing;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Capabilities.Auditing;

/// <summary>The two laws of caps, each broken once to see that it finds the break.</summary>
public sealed class WindowLawTests(TestDatabases databases)
{
    [Theory, BothDatabases]
    public async Task A_window_that_does_not_equal_its_entries_is_named_with_what_it_should_be(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock();
        clock.MoveTo(new(2026, 3, 15, 0, 0, 0, TimeSpan.Zero));
        await using var ledger = new Ledger(database, clock);
        var (acme, west) = await ledger.FamilyAsync();
        await ledger.DoneAsync(ledger.TopUp(acme, 100));
        await ledger.UseParentBalanceAsync(west, acme);
        await ledger.CapAsync(acme, 50);
        await ledger.CapAsync(west, 30);
        await ledger.DoneAsync(ledger.Charge(west, 5) with { Payer = acme });
        await ledger.DoneAsync(ledger.Charge(acme, 2));
        (await new WindowLaw(ledger.Options).CheckAsync(default)).ShouldBe(new LawFinding(true, 2, ""));

        await using var store = new StoreOf(database).CreateDbContext();
        await store.Database.ExecuteSqlAsync($"UPDATE spending_window SET spent = 4 WHERE organization_id = {west.Value}");

        (await new WindowLaw(ledger.Options).CheckAsync(default)).ShouldBe(new LawFinding(false, 2,
            $"organization {west}: spent from 2026-03-01T00:00:00.000000Z to 2026-04-01T00:00:00.000000Z is stored as 4, should be 5000000"));
    }

    [Theory]
    [InlineData("""{"caps":[{"organization":10001,"limit":5,"spent":2,"from":1,"rule_version":1}]}""", "")]
    [InlineData("""{"caps":[{"organization":10001,"limit":9,"spent":2},{"organization":10002,"limit":5,"spent":3}]}""", "entry 10001/1: spent under the cap of 10002 is stored as 6, should be at most 5")]
    [InlineData("""{"caps":[{"organization":10001,"limit":5}]}""", "entry 10001/1: detail.caps is stored as unreadable, should be a list of caps with their limit and what was spent")]
    public void A_request_that_passed_a_cap_it_was_weighed_against_breaks_the_law(string detail, string found)
    {
        var law = new RequestLaw();
        law.Visit(LawTests.Ledger(), LawTests.Stored(LawTests.Entry(1, EntryKind.Charge, "usage_requested", (AccountKind.Cash, -3), (AccountKind.Revenue, 3)) with { Detail = detail }), new LedgerWalk());
        (law.First?.ToString() ?? "").ShouldBe(found);
    }

    [Fact]
    public void A_fact_beyond_a_cap_breaks_nothing()
    {
        var law = new RequestLaw();
        var entry = LawTests.Entry(1, EntryKind.Charge, "usage_reported", (AccountKind.Cash, -3), (AccountKind.Revenue, 3)) with { Detail = """{"caps":[{"organization":10001,"limit":1,"spent":2}]}""" };
        law.Visit(LawTests.Ledger(), LawTests.Stored(entry), new LedgerWalk());
        law.Breaks.ShouldBe(0);
    }
}
