using BillingPortal.Capabilities.ReadingJournal;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Reading;
using BillingPortal.Store.Rows;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Capabilities.ReadingJournal;

/// <summary>What a consumer sees of charges that others paid for, and what the payer sees.</summary>
public sealed class PaidChargesTests(TestDatabases databases)
{
    [Theory, BothDatabases]
    public async Task Every_charge_is_read_once_forwards_and_back_whoever_paid(DatabaseKind kind)
    {
        await using var house = await OpenAsync(kind);
        await house.ChargeAsync(1, 2, 3);
        await house.MoveAsync();
        await house.ChargeAsync(4, 5);

        var all = await PaidCharges.AllAsync(house.Stores, await house.WestAsync(), default).ToListAsync();
        all.Select(charge => charge.Amount.Units).ShouldBe([5, 4, 3, 2, 1]);
        var first = await house.PageAsync(new JournalPlace(2));
        (Units(first), first.HasNewer, first.HasOlder).ShouldBe(("5 4", false, true));
        var second = await house.PageAsync(new JournalPlace(2, After: first.Charges[^1].Cursor));
        (Units(second), second.HasNewer, second.HasOlder).ShouldBe(("3 2", true, true));
        var last = await house.PageAsync(new JournalPlace(2, After: second.Charges[^1].Cursor));
        (Units(last), last.HasOlder).ShouldBe(("1", false));
        var back = await house.PageAsync(new JournalPlace(2, Before: last.Charges[0].Cursor));
        (Units(back), back.HasNewer, back.HasOlder).ShouldBe(("3 2", true, true));
        Units(await house.PageAsync(new JournalPlace(2, Before: second.Charges[0].Cursor))).ShouldBe("5 4");
    }

    [Theory, BothDatabases]
    public async Task The_consumers_people_see_its_charges_and_never_the_payers_entry(DatabaseKind kind)
    {
        await using var house = await OpenAsync(kind);
        var seq = (await house.ChargeAsync(7))[0];
        var person = await house.Stores.PersonAsync("west", null, (house.West.Value, "ADMIN"));
        var developer = await house.Stores.PersonAsync("developer", null, (house.West.Value, "DEVELOPER"));

        var seen = (await new GetPaidCharges(house.Stores).RunAsync(person, house.West, new JournalPlace(50), default)).ShouldBeOfType<Outcome<PaidChargesView>.Done>().Value;
        seen.Page.Charges.ShouldHaveSingleItem().ShouldBe(new PaidCharge(seen.Page.Charges[0].Cursor, EntryKind.Charge, "Compute", seen.Page.Charges[0].Period, seen.Page.Charges[0].EffectiveAt, new Money(7_000_000, Currency.Usd)));
        (await new GetEntry(house.Stores).RunAsync(person, house.Acme, seq, default)).ShouldBeOfType<Outcome<EntryView>.NotFound>();
        (await new GetPaidCharges(house.Stores).RunAsync(person, house.Acme, new JournalPlace(50), default)).ShouldBeOfType<Outcome<PaidChargesView>.NotFound>();
        (await new GetPaidCharges(house.Stores).RunAsync(developer, house.West, new JournalPlace(50), default)).ShouldBeOfType<Outcome<PaidChargesView>.Refused>();
        (await new GetHistoryPage(house.Stores).RunAsync(person, house.West, new JournalForm(_ => ""), new JournalPlace(50), TimeZoneInfo.Utc, default))
            .ShouldBeOfType<Outcome<HistoryPage>.Done>().Value.Page.Lines.ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    public async Task The_payer_sees_for_whom_it_paid_with_the_name_while_it_is_below_it(DatabaseKind kind)
    {
        await using var house = await OpenAsync(kind);
        var seq = (await house.ChargeAsync(7))[0];
        await house.Ledger.DoneAsync(house.Ledger.Reverse(house.Acme, seq) with { Consumer = house.West });
        var reseller = await house.Stores.PersonAsync("reseller", null, (house.Acme.Value, "ADMIN"));

        var page = await house.HistoryAsync(reseller);
        page.Page.Lines.Take(2).ShouldAllBe(line => line.Consumer == house.West);
        page.Page.Lines[2].Consumer.ShouldBeNull();
        page.Consumers[house.West].ShouldBe("Acme West");
        (await new GetEntry(house.Stores).RunAsync(reseller, house.Acme, seq, default)).ShouldBeOfType<Outcome<EntryView>.Done>().Value.Consumer.ShouldBe((house.West, "Acme West"));

        await house.MoveAsync();
        var after = await house.HistoryAsync(reseller);
        after.Page.Lines[0].Consumer.ShouldBe(house.West);
        after.Consumers.ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    public async Task A_payers_window_counts_those_it_pays_for_and_a_consumers_what_any_payer_paid(DatabaseKind kind)
    {
        await using var house = await OpenAsync(kind);
        await house.ChargeAsync(3);
        await house.Ledger.DoneAsync(house.Ledger.Charge(house.Acme, 2));
        await house.MoveAsync();
        await house.ChargeAsync(4);
        await using var store = house.Stores.CreateDbContext();
        var organizations = await store.Organizations.OrderBy(o => o.Id).ToListAsync();

        var spent = await SpendReading.ReadAsync(store, organizations, new Dictionary<long, BillingRuleRow>(), house.Ledger.Now, default);

        organizations.Select(o => (o.Name, spent[o.Id].Spent / 1_000_000m)).ShouldBe([("Acme", 5), ("Acme West", 7), ("Other", 4)]);
        await house.Ledger.CapAsync(house.Acme, 100);
        await house.Ledger.CapAsync(house.West, 100);
        ((await house.Ledger.StateAsync(house.Acme)).Window!.Spent, (await house.Ledger.StateAsync(house.West)).Window!.Spent).ShouldBe((Ledger.Micros(5), Ledger.Micros(7)));
    }

    private static string Units(PaidChargePage page) => string.Join(' ', page.Charges.Select(charge => $"{charge.Amount.Units:0}"));

    private async Task<House> OpenAsync(DatabaseKind kind)
    {
        var database = await databases.CreateAsync(kind);
        var clock = new FakeClock();
        clock.MoveTo(new(2026, 3, 15, 0, 0, 0, TimeSpan.Zero));
        var ledger = new Ledger(database, clock);
        var (acme, west) = await ledger.FamilyAsync();
        var other = await ledger.OrganizationAsync(name: "Other");
        await ledger.DoneAsync(ledger.TopUp(acme, 100));
        await ledger.DoneAsync(ledger.TopUp(other, 100));
        await ledger.UseParentBalanceAsync(west, acme);
        return new House(database, ledger, clock, acme, west, other);
    }

    private sealed class House(TestDatabase database, Ledger ledger, FakeClock clock, OrganizationId acme, OrganizationId west, OrganizationId other) : IAsyncDisposable
    {
        private OrganizationId? _moved;

        public Ledger Ledger => ledger;

        public StoreOf Stores { get; } = new(database);

        public OrganizationId Acme => acme;

        public OrganizationId West => west;

        public async Task<long[]> ChargeAsync(params decimal[] amounts)
        {
            var seqs = new List<long>();
            foreach (var amount in amounts)
            {
                clock.Advance(TimeSpan.FromMinutes(1));
                seqs.Add((await ledger.DoneAsync(ledger.Charge(west, amount) with { Payer = _moved ?? acme })).Entries[0].Seq);
            }

            return [.. seqs];
        }

        /// <summary>Hands the consumer to another parent, whose balance it uses from then on.</summary>
        public async Task MoveAsync()
        {
            await ledger.DoneAsync(new MoveOrganization(Ledger.Tester, ledger.NextKey(), west, other));
            await ledger.UseParentBalanceAsync(west, other);
            await using var store = Stores.CreateDbContext();
            await store.Organizations.Where(o => o.Id == west.Value).ExecuteUpdateAsync(o => o.SetProperty(x => x.Path, $"/{other}/{west}/"));
            _moved = other;
        }

        public async Task<Organization> WestAsync()
        {
            await using var store = Stores.CreateDbContext();
            return await store.Organizations.SingleAsync(o => o.Id == west.Value);
        }

        public async Task<PaidChargePage> PageAsync(JournalPlace place)
        {
            await using var store = Stores.CreateDbContext();
            return await PaidCharges.PageAsync(store, await WestAsync(), place, default);
        }

        public async Task<HistoryPage> HistoryAsync(Caller caller) =>
            (await new GetHistoryPage(Stores).RunAsync(caller, acme, new JournalForm(_ => ""), new JournalPlace(50), TimeZoneInfo.Utc, default)).ShouldBeOfType<Outcome<HistoryPage>.Done>().Value;

        public async ValueTask DisposeAsync()
        {
            await ledger.DisposeAsync();
            await database.DisposeAsync();
        }
    }
}
