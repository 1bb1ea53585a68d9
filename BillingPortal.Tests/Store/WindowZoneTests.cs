using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Store;

public sealed class WindowZoneTests(TestDatabases databases)
{
    [Theory, BothDatabases]
    public async Task A_window_is_counted_anew_where_the_zone_draws_it_otherwise(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock(new DateTimeOffset(2026, 9, 30, 23, 0, 0, TimeSpan.Zero));
        await using var ledger = new Ledger(database, clock);
        var acme = await ledger.OrganizationAsync();
        await ledger.DoneAsync(ledger.TopUp(acme, 100));
        await ledger.DoneAsync(ledger.Charge(acme, 7));
        clock.Advance(TimeSpan.FromHours(3));
        await ledger.CapAsync(acme, 10);
        await ledger.DoneAsync(ledger.Charge(acme, 2));

        // By Denver's clocks October has not begun: both charges are September's, and the cap has 1 left.
        await using var store = new StoreOf(database).CreateDbContext();
        await store.Database.ExecuteSqlAsync($"UPDATE organization SET time_zone = 'America/Denver' WHERE id = {acme.Value}");
        (await ledger.RefusedAsync(ledger.Charge(acme, 1.5m))).Message.ShouldContain("leaves $1.00 until 2026-10-01 06:00 UTC");
        await ledger.DoneAsync(ledger.Charge(acme, 1));

        var state = await ledger.StateAsync(acme);
        (state.Window!.Spent, state.Window.End, state.IsBlockedBy(BlockCause.CapReached)).ShouldBe((10_000_000, BillingPeriod.Of(ledger.Now, "America/Denver").EndIn(state.Zone), true));
        await ledger.LawsHoldAsync();
    }
}
