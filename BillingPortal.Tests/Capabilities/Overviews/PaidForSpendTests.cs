using BillingPortal.Capabilities.Overviews;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Capabilities.Overviews;

/// <summary>Spend of organizations whose parent's balance pays.</summary>
public sealed class PaidForSpendTests(TestDatabases databases)
{
    [Theory, BothDatabases]
    public async Task What_it_used_is_its_own_spend_and_nobody_elses(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock();
        clock.MoveTo(new(2026, 3, 15, 0, 0, 0, TimeSpan.Zero));
        await using var ledger = new Ledger(database, clock);
        var stores = new StoreOf(database);
        var (acme, west) = await ledger.FamilyAsync();
        await ledger.DoneAsync(ledger.TopUp(acme, 100));
        await ledger.DoneAsync(ledger.TopUp(west, 10));
        await ledger.DoneAsync(ledger.Charge(west, 1));
        await ledger.UseParentBalanceAsync(west, acme);
        await ledger.DoneAsync(ledger.Charge(acme, 2));
        await ledger.DoneAsync(ledger.Charge(west, 4, service: "Storage") with { Payer = acme });
        var support = await stores.PersonAsync("support", "SUPPORT");

        var list = (await new ListOrganizations(stores, clock).RunAsync(support, new(), new(), default)).ShouldBeOfType<Outcome<OrganizationList>.Done>().Value;
        list.Rows.Select(row => (row.Name, row.Spend.Units)).ShouldBe([("Acme", 2m), ("Acme West", 5m)], ignoreOrder: true);
        (await new TotalOrganizations(stores, clock).RunAsync(support, new(), null, default)).ShouldBeOfType<Outcome<OrganizationTotals>.Done>().Value.Currencies.Single().Spend.Units.ShouldBe(7);
        var month = await MonthAsync(west);
        (month.Total.Units, string.Join(' ', month.Services.Select(service => $"{service.Name} {service.Total.Units:0}"))).ShouldBe((5m, "Storage 4 Compute 1"));
        (await MonthAsync(acme)).Total.Units.ShouldBe(2);
        (await new GetOrganization(stores, clock).RunAsync(support, west.ToString(), default)).ShouldBeOfType<Outcome<OrganizationOverview>.Done>().Value.IsPaidFor.ShouldBeTrue();

        async Task<MonthSpend> MonthAsync(OrganizationId id) =>
            (await new GetMonthSpend(stores, clock).RunAsync(support, id, null, default)).ShouldBeOfType<Outcome<MonthSpend>.Done>().Value;
    }
}
