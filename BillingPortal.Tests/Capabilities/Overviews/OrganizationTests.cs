using BillingPortal.Capabilities.Overviews;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Capabilities.Overviews;

public sealed class OrganizationTests(TestDatabases databases)
{
    [Theory]
    [BothDatabases]
    public async Task An_organization_is_found_by_number_uuid_and_slug(DatabaseKind kind)
    {
        await using var house = await House.WithTreesAsync(databases, kind);
        var west = (await FindAsync(house, house.Support, House.BetaWest.ToString()))!.Organization;
        (await FindAsync(house, house.Support, west.Slug.ToUpperInvariant()))!.Organization.Id.ShouldBe(west.Id);
        (await FindAsync(house, house.Support, new OrganizationId(west.Id).ToString()))!.Organization.Uuid.ShouldBe(House.BetaWest);
        (await FindAsync(house, house.Support, "99999")).ShouldBeNull();
        (await FindAsync(house, house.Support, "no-such-slug")).ShouldBeNull();
    }

    [Theory]
    [BothDatabases]
    public async Task What_it_holds_and_owes_and_what_happened_is_told(DatabaseKind kind)
    {
        await using var house = await House.WithTreesAsync(databases, kind);
        var east = (await FindAsync(house, house.Support, "beta-east"))!;
        east.Held.Units.ShouldBe(120m);
        east.Balance.Units.ShouldBe(120m);
        east.BalanceOf(AccountKind.Cash).Units.ShouldBe(100m);
        east.BalanceOf(AccountKind.Bonus).Units.ShouldBe(20m);
        east.Entries.ShouldBe(1);
        var west = (await FindAsync(house, house.Support, "beta-west"))!;
        west.State.ShouldBe(OrganizationState.Blocked);
        west.Events.ShouldHaveSingleItem().Kind.ShouldBe("blocked");
        (await FindAsync(house, house.Support, "gamma-group"))!.Owed.Units.ShouldBe(-12.5m);
    }

    [Theory]
    [BothDatabases]
    public async Task A_sub_organization_never_sees_its_resellers_page_balance_or_name(DatabaseKind kind)
    {
        await using var house = await House.WithTreesAsync(databases, kind);
        var west = (await FindAsync(house, house.Support, "beta-west"))!;
        west.Reseller.ShouldBe(new ResellerName(house.Beta, "Beta Cloud"));
        var below = await house.Stores.PersonAsync("below", memberships: (west.Organization.Id, "ADMIN"));
        var seen = (await FindAsync(house, below, "beta-west"))!;
        seen.Reseller.ShouldBeNull();
        seen.May(Permission.ReadJournal).ShouldBeTrue();
        seen.May(Permission.AdjustBalances).ShouldBeFalse();
        (await FindAsync(house, below, "beta-cloud")).ShouldBeNull();
        (await FindAsync(house, below, "beta-east")).ShouldBeNull();
        (await house.NamesAsync(below)).ShouldBe(["Beta West"]);
        (await house.NamesAsync(below, new() { Parent = house.Beta })).ShouldBe(["Beta West"]);
    }

    [Theory]
    [BothDatabases]
    public async Task Spend_by_service_adds_up_to_the_change_of_revenue(DatabaseKind kind)
    {
        await using var house = await House.WithTreesAsync(databases, kind);
        var acme = await house.Ledger.OrganizationAsync(ChargingModel.Postpaid, "Acme", o => o.TimeZone = "Asia/Kolkata");
        await ChargeAsync("Compute", 10, "2026-02-01T00:00:00Z");
        await ChargeAsync("Storage", 5, "2026-02-10T18:29:59Z");
        await ChargeAsync("Compute", 7, "2026-02-10T18:30:00Z");
        await ChargeAsync("Compute", 100, "2026-02-28T18:30:00Z");
        await ChargeAsync("Egress", 3, "2026-02-20T00:00:00Z");
        var undone = await house.Ledger.DoneAsync(house.Ledger.Charge(acme, 1.000001m, service: "Storage"));
        await house.Ledger.DoneAsync(house.Ledger.Reverse(acme, undone.Entries[0].Seq));

        var february = await SpendAsync(202602);
        february.Total.Units.ShouldBe(25m);
        february.Services.Select(service => (service.Name, service.Total.Units)).ShouldBe([("Compute", 17m), ("Storage", 5m), ("Egress", 3m)]);
        february.Services[0].Days.ShouldBe([new(new(2026, 2, 1), Dollars(10)), new(new(2026, 2, 11), Dollars(7))]);
        february.Services[1].Days.ShouldBe([new(new(2026, 2, 10), Dollars(5))]);

        var latest = await SpendAsync(null);
        latest.Month.Number.ShouldBe(202603);
        latest.Total.Units.ShouldBe(100m);
        latest.Services.Sum(service => service.Total.Micros).ShouldBe(latest.Total.Micros);
        latest.Months.Select(month => month.Number).ShouldBe([202603, 202602]);
        (await SpendAsync(202512)).Services.ShouldBeEmpty();

        async Task ChargeAsync(string service, decimal amount, string at) => await house.Ledger.DoneAsync(house.Ledger.Charge(acme, amount, service: service) with
        {
            OccurredAt = Instant.From(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)),
        });

        async Task<MonthSpend> SpendAsync(int? month) => (await new GetMonthSpend(house.Stores, house.Clock).RunAsync(
            house.Support, acme, month is { } number ? new BillingPeriod(number) : null, default)).ShouldBeOfType<Outcome<MonthSpend>.Done>().Value;
    }

    [Theory]
    [BothDatabases]
    public async Task Without_charges_this_month_the_last_month_that_has_some_is_shown(DatabaseKind kind)
    {
        await using var house = await House.WithTreesAsync(databases, kind);
        var acme = await house.Ledger.OrganizationAsync(ChargingModel.Postpaid, "Acme");
        await house.Ledger.DoneAsync(house.Ledger.Charge(acme, 20) with { OccurredAt = Instant.From(new DateTimeOffset(2024, 9, 30, 23, 0, 0, TimeSpan.Zero)) });
        await house.Ledger.DoneAsync(house.Ledger.Adjust(acme, new Adjustment.Add(AccountKind.Bonus, Ledger.Micros(10))));
        var spend = (await new GetMonthSpend(house.Stores, house.Clock).RunAsync(house.Support, acme, month: null, default)).ShouldBeOfType<Outcome<MonthSpend>.Done>().Value;
        spend.Month.Number.ShouldBe(202409);
        spend.Months.Select(month => month.Number).ShouldBe([202603, 202409]);
    }

    [Theory]
    [BothDatabases]
    public async Task An_amount_opens_the_postings_that_made_it(DatabaseKind kind)
    {
        await using var house = await House.WithTreesAsync(databases, kind);
        var acme = await house.Ledger.OrganizationAsync(name: "Acme");
        await house.Ledger.DoneAsync(house.Ledger.TopUp(acme, 100));
        for (var n = 1; n <= 6; n++)
        {
            await house.Ledger.DoneAsync(house.Ledger.Charge(acme, n));
        }

        var story = (await new GetAccountStory(house.Stores).RunAsync(house.Support, acme, AccountKind.Cash, default)).ShouldBeOfType<Outcome<AccountStory>.Done>().Value;
        story.Before.Units.ShouldBe(99m);
        story.Postings.Select(posting => (posting.Seq, posting.Amount.Units)).ShouldBe([(3, -2m), (4, -3m), (5, -4m), (6, -5m), (7, -6m)]);
        story.After.Units.ShouldBe(79m);
    }

    [Theory]
    [BothDatabases]
    public async Task The_latest_entries_come_newest_first_and_only_to_who_may_read_the_journal(DatabaseKind kind)
    {
        await using var house = await House.WithTreesAsync(databases, kind);
        var acme = await house.Ledger.OrganizationAsync(name: "Acme");
        await house.Ledger.DoneAsync(house.Ledger.TopUp(acme, 100));
        await house.Ledger.DoneAsync(house.Ledger.Charge(acme, 1));
        var entries = (await new GetLatestEntries(house.Stores).RunAsync(house.Support, acme, default)).ShouldBeOfType<Outcome<System.Collections.Immutable.ImmutableArray<LatestEntry>>.Done>().Value;
        entries.Select(entry => entry.Line.Seq).ShouldBe([2, 1]);
        entries[0].Postings.Select(posting => posting.Amount).ShouldBe([-1_000_000, 1_000_000]);
        var staff = await house.Stores.PersonAsync("staff", memberships: (acme.Value, "STAFF"));
        (await new GetLatestEntries(house.Stores).RunAsync(staff, acme, default)).ShouldBeOfType<Outcome<System.Collections.Immutable.ImmutableArray<LatestEntry>>.Refused>();
        (await new GetLatestEntries(house.Stores).RunAsync(house.Reseller, acme, default)).ShouldBeOfType<Outcome<System.Collections.Immutable.ImmutableArray<LatestEntry>>.NotFound>();
    }

    private static Money Dollars(decimal units) => Money.Of(units, Currency.Usd);

    private static async Task<OrganizationOverview?> FindAsync(House house, Caller caller, string key) =>
        await new GetOrganization(house.Stores, house.Clock).RunAsync(caller, key, default) is Outcome<OrganizationOverview>.Done done ? done.Value : null;
}
