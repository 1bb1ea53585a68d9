using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using BillingPortal.Store.Rows;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Capabilities.SubOrganizations;

/// <summary>What was spent in a cap's open window, reckoned from the journal.</summary>
public sealed class SpendReadingTests(TestDatabases databases)
{
    private static readonly DateTimeOffset Start = new(2026, 3, 30, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [BothDatabases]
    public async Task It_is_what_took_effect_in_the_window_late_entries_and_corrections_included(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock();
        clock.MoveTo(Start);
        await using var ledger = new Ledger(database, clock);
        var (acme, quiet) = (await ledger.OrganizationAsync(), await ledger.OrganizationAsync(name: "Quiet"));
        await ledger.DoneAsync(ledger.TopUp(acme, 100));
        await ledger.DoneAsync(ledger.Charge(acme, 5));
        clock.Advance(TimeSpan.FromDays(3));
        await ledger.DoneAsync(ledger.Charge(acme, 7));
        await ledger.DoneAsync(ledger.Charge(acme, 11) with { OccurredAt = Instant.From(Start.AddDays(1)) });
        await ledger.DoneAsync(ledger.Charge(acme, 13) with { OccurredAt = Instant.From(Start.AddDays(2.5)) });
        var undone = await ledger.DoneAsync(ledger.Charge(acme, 17));
        await ledger.DoneAsync(ledger.Reverse(acme, undone.Entries[0].Seq));

        var month = await ReadAsync(database, ledger.Now, [acme, quiet]);
        var anchored = await ReadAsync(database, ledger.Now, [acme, quiet], anchor: Instant.From(Start.AddMonths(14).AddDays(0.5)));

        month.ShouldBe([Ledger.Micros(20), 0]);
        anchored.ShouldBe([Ledger.Micros(31), 0]);
        (await ReadAsync(database, ledger.Now, [quiet])).ShouldBe([0]);
    }

    [Theory]
    [BothDatabases]
    public async Task The_writers_own_count_of_the_open_window_is_taken_as_it_stands_and_an_old_ones_is_not(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock();
        clock.MoveTo(Start);
        await using var ledger = new Ledger(database, clock);
        var acme = await ledger.OrganizationAsync();
        await ledger.DoneAsync(ledger.TopUp(acme, 100));
        await ledger.DoneAsync(ledger.Charge(acme, 5));
        var (from, to) = SpendingCalendar.WindowOf(ledger.Now, anchor: null, TimeZoneInfo.Utc);
        await using (var store = new StoreOf(database).CreateDbContext())
        {
            await store.Database.ExecuteSqlAsync($"INSERT INTO spending_window (organization_id, starts_at, ends_at, spent, alerted) VALUES ({acme.Value}, {from.Micros}, {to.Micros}, {123}, {50})");
        }

        (await ReadAsync(database, ledger.Now, [acme])).ShouldBe([123]);
        (await ReadAsync(database, ledger.Now, [acme], anchor: Instant.From(Start.AddDays(-1)))).ShouldBe([Ledger.Micros(5)]);
        clock.Advance(TimeSpan.FromDays(30));
        (await ReadAsync(database, ledger.Now, [acme])).ShouldBe([0]);
    }

    private static async Task<IEnumerable<long>> ReadAsync(TestDatabase database, Instant now, OrganizationId[] ids, Instant? anchor = null)
    {
        await using var store = new StoreOf(database).CreateDbContext();
        var numbers = ids.Select(id => id.Value).ToArray();
        var organizations = await store.Organizations.Where(o => numbers.Contains(o.Id)).OrderBy(o => o.Id).ToListAsync();
        var rules = numbers.ToDictionary(id => id, id => new BillingRuleRow { OrganizationId = id, CapEnabled = true, CapAnchor = anchor?.Micros });
        var spent = await SpendReading.ReadAsync(store, organizations, rules, now, CancellationToken.None);
        spent.Values.ShouldAllBe(window => window.Start <= now && now < window.End);
        return numbers.Select(id => spent[id].Spent);
    }
}
