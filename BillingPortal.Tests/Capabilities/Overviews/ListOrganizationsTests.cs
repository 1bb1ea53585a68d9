using BillingPortal.Capabilities.Overviews;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Capabilities.Overviews;

public sealed class ListOrganizationsTests(TestDatabases databases)
{
    [Theory]
    [BothDatabases]
    public async Task Pages_cover_every_organization_once_and_in_order(DatabaseKind kind)
    {
        await using var house = await House.WithTreesAsync(databases, kind);
        foreach (var sort in Enum.GetValues<OrganizationSort>())
        {
            foreach (var down in (bool[])[false, true])
            {
                var all = (await house.ListAsync(house.Support, part: new ListPart(sort, down, 1_000))).Rows;
                var forth = new List<ListedOrganization>();
                var list = await house.ListAsync(house.Support, part: new ListPart(sort, down, 3));
                list.Previous.ShouldBeNull();
                forth.AddRange(list.Rows);
                while (list.Next is { } next)
                {
                    list = await house.ListAsync(house.Support, part: new ListPart(sort, down, 3, After: OrganizationCursor.Parse(next.ToString())));
                    forth.AddRange(list.Rows);
                }

                var back = new List<ListedOrganization>(list.Rows);
                while (list.Previous is { } previous)
                {
                    list = await house.ListAsync(house.Support, part: new ListPart(sort, down, 3, Before: OrganizationCursor.Parse(previous.ToString())));
                    back.InsertRange(0, list.Rows);
                }

                all.Count.ShouldBe(House.Organizations);
                forth.ShouldBe(all);
                back.ShouldBe(all);
                (down ? all.Reverse() : all).ShouldBe(Sorted(all, sort));
            }
        }
    }

    [Theory]
    [BothDatabases]
    public async Task A_reseller_sees_its_own_tree_and_nothing_else(DatabaseKind kind)
    {
        await using var house = await House.WithTreesAsync(databases, kind);
        (await house.NamesAsync(house.Reseller)).ShouldBe(["Beta Cloud", "Beta East", "Beta West"]);
        (await house.NamesAsync(house.Reseller, new() { Tree = house.Gamma })).ShouldBeEmpty();
        (await house.NamesAsync(house.Reseller, new() { Text = "gamma" })).ShouldBeEmpty();
        (await house.NamesAsync(house.Reseller, new() { Text = house.Gamma.ToString(System.Globalization.CultureInfo.InvariantCulture) })).ShouldBeEmpty();
        (await house.NamesAsync(house.Nobody)).ShouldBeNull();
    }

    [Theory]
    [BothDatabases]
    public async Task Filters_let_through_what_they_name(DatabaseKind kind)
    {
        await using var house = await House.WithTreesAsync(databases, kind);
        (await house.NamesAsync(house.Support, new() { Text = "  ÉCLAIR " })).ShouldBe(["Éclair Bakery"]);
        (await house.NamesAsync(house.Support, new() { Text = "beta-w" })).ShouldBe(["Beta West"]);
        (await house.NamesAsync(house.Support, new() { Text = House.BetaWest.ToString() })).ShouldBe(["Beta West"]);
        (await house.NamesAsync(house.Support, new() { Text = "10001" })).ShouldBe(["Beta Cloud"]);
        (await house.NamesAsync(house.Support, new() { Tree = house.Beta })).ShouldBe(["Beta Cloud", "Beta East", "Beta West"]);
        (await house.NamesAsync(house.Support, new() { Parent = house.Beta })).ShouldBe(["Beta East", "Beta West"]);
        (await house.NamesAsync(house.Support, new() { ResellersOnly = true })).ShouldBe(["Beta Cloud", "Gamma Group"]);
        (await house.NamesAsync(house.Support, new() { Currency = "EUR" })).ShouldBe(["Éclair Bakery"]);
        (await house.NamesAsync(house.Support, new() { State = OrganizationState.Blocked })).ShouldBe(["Beta West"]);
        (await house.NamesAsync(house.Support, new() { State = OrganizationState.Disabled })).ShouldBe(["Gamma Sub"]);
        (await house.NamesAsync(house.Support, new() { Model = ChargingModel.Postpaid, Tree = house.Gamma })).ShouldBe(["Gamma Group"]);
        (await house.NamesAsync(house.Support, new() { Text = "%' OR 1=1 --" })).ShouldBeEmpty();
    }

    [Theory]
    [BothDatabases]
    public async Task Spend_is_the_change_of_revenue_in_the_organizations_own_month(DatabaseKind kind)
    {
        await using var house = await House.WithTreesAsync(databases, kind);
        var sydney = await house.Ledger.OrganizationAsync(ChargingModel.Postpaid, "Sydney Harbour", o => o.TimeZone = "Australia/Sydney");
        async Task ChargeAsync(decimal amount, string at) => await house.Ledger.DoneAsync(house.Ledger.Charge(sydney, amount) with
        {
            OccurredAt = Instant.From(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)),
        });

        await ChargeAsync(1, "2026-01-31T12:00:00Z");
        await ChargeAsync(20, "2026-02-28T12:59:59Z");
        await ChargeAsync(300, "2026-02-28T13:00:00Z");
        await ChargeAsync(4_000, "2026-03-10T00:00:00Z");
        await ChargeAsync(50_000, "2026-02-05T00:00:00Z");
        var undone = await house.Ledger.DoneAsync(house.Ledger.Charge(sydney, 7));
        await house.Ledger.DoneAsync(house.Ledger.Reverse(sydney, undone.Entries[0].Seq));

        (await SpendAsync(null)).ShouldBe(4_300m);
        (await SpendAsync(202603)).ShouldBe(4_300m);
        (await SpendAsync(202602)).ShouldBe(50_020m);
        (await SpendAsync(202601)).ShouldBe(1m);
        (await SpendAsync(202512)).ShouldBe(0m);

        async Task<decimal> SpendAsync(int? month) => (await house.ListAsync(house.Support, new() { Text = "sydney" },
            new ListPart(Month: month is { } number ? new BillingPeriod(number) : null))).Rows.Single().Spend.Units;
    }

    [Theory]
    [BothDatabases]
    public async Task Balance_and_what_is_owed_are_those_of_the_rules(DatabaseKind kind)
    {
        await using var house = await House.WithTreesAsync(databases, kind);
        var rows = (await house.ListAsync(house.Support)).Rows.Where(row => row.Name != "Twin").ToDictionary(row => row.Name);
        rows["Beta West"].Balance.Units.ShouldBe(-5m);
        rows["Beta West"].State.ShouldBe(OrganizationState.Blocked);
        rows["Beta West"].BlockedCause.ShouldBe(BlockCause.UnfundedOverdraft);
        rows["Beta East"].Balance.Units.ShouldBe(120m);
        rows["Gamma Group"].Balance.Units.ShouldBe(0m);
        rows["Gamma Group"].Owed.Units.ShouldBe(-12.5m);
        rows["Éclair Bakery"].Balance.ShouldBe(Money.Of(40, Currency.Of("EUR")));
    }

    [Theory]
    [BothDatabases]
    public async Task Totals_stand_apart_for_each_currency_and_are_those_of_the_rows(DatabaseKind kind)
    {
        await using var house = await House.WithTreesAsync(databases, kind);
        var totals = await house.TotalsAsync(house.Support);
        totals.Counted.ShouldBe(House.Organizations);
        totals.Currencies.Select(total => total.Currency.Code).ShouldBe(["EUR", "USD"]);
        var rows = (await house.ListAsync(house.Support)).Rows.Where(row => row.Currency == Currency.Usd).ToList();
        var dollars = totals.Currencies[1];
        dollars.Organizations.ShouldBe(rows.Count);
        dollars.Balance.Micros.ShouldBe(rows.Sum(row => row.Balance.Micros));
        dollars.Spend.Micros.ShouldBe(rows.Sum(row => row.Spend.Micros));
        dollars.Owed.Micros.ShouldBe(rows.Sum(row => row.Owed.Micros));
        (await house.TotalsAsync(house.Reseller)).Counted.ShouldBe(3);
    }

    private static IEnumerable<ListedOrganization> Sorted(IEnumerable<ListedOrganization> rows, OrganizationSort sort) => sort switch
    {
        OrganizationSort.Number => rows.OrderBy(row => row.Id),
        OrganizationSort.Balance => rows.OrderBy(row => row.Currency.Code, StringComparer.Ordinal).ThenBy(row => row.Balance.Micros).ThenBy(row => row.Id),
        _ => rows.OrderBy(row => row.SearchName, StringComparer.Ordinal).ThenBy(row => row.Id),
    };
}
