using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Rating;
using BillingPortal.Store;
using BillingPortal.Store.Invoicing;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Tests.Store.Invoicing;

/// <summary>What the store loads for a close: packages by who paid, voided invoices, months that must not be skipped; and that the law sees what is wrong.</summary>
public sealed class BilledOnceTests(TestDatabases databases)
{
    private static readonly DateTimeOffset InSeptember = new(2026, 9, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset InOctober = new(2026, 10, 2, 6, 0, 0, TimeSpan.Zero);

    [Theory, BothDatabases]
    public async Task A_package_is_billed_to_who_paid_when_its_month_ended_and_its_month_is_not_skipped(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock(InSeptember);
        await using var ledger = new Ledger(database, clock);
        var (parent, west) = await ledger.FamilyAsync(ChargingModel.Postpaid);
        await PackageAsync(ledger, west, 202609);
        await ledger.DoneAsync(ledger.Charge(parent, 5));
        await ledger.UseParentBalanceAsync(west, parent);
        clock.MoveTo(InOctober);
        await ledger.UseParentBalanceAsync(west, parent, uses: false);
        await ledger.DoneAsync(ledger.Close(parent, 202609));
        (await ledger.InvoiceAsync(parent)).Document.Lines.Select(line => (line.Consumer, line.Description, line.Amount))
            .ShouldBe([(parent.Value, "Compute", 5_000_000), (west.Value, "Fleet", 20_000_000)], "the parent paid when September ended");
        (await ledger.DoneAsync(ledger.Close(west, 202609))).Entries.ShouldBeEmpty("it is billed once");

        clock.MoveTo(new DateTimeOffset(2026, 12, 2, 6, 0, 0, TimeSpan.Zero));
        (await ledger.RefusedAsync(ledger.Close(west, 202611))).Message.ShouldStartWith("October 2026 has charges and is not closed.");
        await ledger.DoneAsync(ledger.Close(west, 202610));
        (await ledger.InvoiceAsync(west)).Document.Lines.Single().Description.ShouldBe("Fleet");
        await ledger.DoneAsync(ledger.Close(parent, 202611));
        await ledger.LawsHoldAsync();
    }

    [Theory, BothDatabases]
    public async Task A_voided_invoice_is_booked_in_the_open_month_stands_there_whole_and_moves_back_where_its_month_is_opened(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock(InSeptember);
        await using var ledger = new Ledger(database, clock);
        var acme = await ledger.OrganizationAsync();
        await ledger.BilledInAsync(acme, "NL");
        await ledger.DoneAsync(ledger.TopUp(acme, 100));
        await ledger.DoneAsync(ledger.Charge(acme, 100));
        await PackageAsync(ledger, acme, 202609, until: 202609);
        clock.MoveTo(InOctober);
        await ledger.DoneAsync(ledger.Close(acme, 202609));
        await ledger.DoneAsync(ledger.Issue(acme));
        (await ledger.InvoiceAsync(acme)).Row.Due.ShouldBe(45_200_000, "package and tax");
        await ledger.DoneAsync(ledger.Void(acme));
        (await ledger.HeldAsync(acme, AccountKind.PlanFees)).ShouldBe(0);
        await ledger.LawsHoldAsync();

        await ledger.DoneAsync(ledger.Reopen(acme, 202609));
        await ledger.DoneAsync(ledger.Close(acme, 202609));
        await ledger.DoneAsync(ledger.Issue(acme, 2));
        (await ledger.InvoiceAsync(acme, 2)).Row.Due.ShouldBe(45_200_000);
        await ledger.DoneAsync(ledger.Void(acme, 2));
        clock.MoveTo(InOctober.AddMonths(2));
        (await ledger.RefusedAsync(ledger.Close(acme, 202611))).Message.ShouldStartWith("October 2026 has charges");
        await ledger.DoneAsync(ledger.Close(acme, 202610));
        var (row, document) = await ledger.InvoiceAsync(acme, 3);
        document.Lines.Select(line => (line.Kind, line.Description, line.Amount)).ShouldBe([(InvoiceLineKind.CarriedOver, "INV-2026-0002, voided: September 2026", 120_000_000)]);
        (row.Net, row.Tax, row.Due).ShouldBe((120_000_000, 25_200_000, 45_200_000));
        await ledger.LawsHoldAsync();

        await using var store = new StoreOf(database).CreateDbContext();
        await store.Database.ExecuteSqlRawAsync("UPDATE posting SET amount = amount - 1 WHERE account = 20");
        (await new InvoiceLaw(ledger.Options).CheckAsync(CancellationToken.None)).Finding.ShouldContain("month 202609: its document does not state");
    }

    [Theory, BothDatabases]
    public async Task Rolling_totals_count_what_was_weighed_and_nothing_that_the_engine_or_a_reopening_does(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock(InSeptember);
        await using var ledger = new Ledger(database, clock);
        var acme = await ledger.OrganizationAsync(ChargingModel.Postpaid);
        await ledger.DoneAsync(ledger.Charge(acme, 500));
        clock.MoveTo(InOctober);
        await ledger.DoneAsync(ledger.Close(acme, 202609));
        await ledger.DoneAsync(ledger.Reopen(acme, 202609));
        await ledger.DoneAsync(ledger.Close(acme, 202609));
        await ledger.DoneAsync(ledger.Issue(acme, 2));
        await ledger.DoneAsync(ledger.Void(acme, 2) with { Limit = Ledger.Micros(500) });
        await ledger.DoneAsync(ledger.Reopen(acme, 202609));
        await ledger.DoneAsync(ledger.Adjust(acme, new Adjustment.Add(AccountKind.Bonus, Ledger.Micros(7))) with { Actor = Actor.System("engine"), Limit = Ledger.Micros(600) });
        (await ledger.RunAsync(ledger.Adjust(acme, new Adjustment.Add(AccountKind.Bonus, Ledger.Micros(101))) with { Limit = Ledger.Micros(600) }))
            .ShouldBeOfType<Outcome<Receipt>.NeedsApproval>().Need.Used.Micros.ShouldBe(Ledger.Micros(500), "the voiding, once");
    }

    [Theory, BothDatabases]
    public async Task A_lines_quantity_is_all_that_was_reported_and_none_stands_where_the_amount_is_for_more(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock(InSeptember);
        await using var ledger = new Ledger(database, clock);
        var (acme, mixed) = (await ledger.OrganizationAsync(ChargingModel.Postpaid), await ledger.OrganizationAsync(ChargingModel.Postpaid, "Mixed"));
        await using (var store = new StoreOf(database).CreateDbContext())
        {
            await store.Database.ExecuteSqlAsync($"INSERT INTO tariff (name, currency, standard, created_at, created_by) VALUES ('Standard', 'USD', TRUE, 0, 'test')");
            await store.Database.ExecuteSqlAsync(
                $"INSERT INTO tariff_rate (tariff_id, service, ratezone, unit, rate, starts_on, created_at, created_by) VALUES (1, 'data', '', 'MB', '0.01', 200001, 0, 'test')");
            await store.Database.ExecuteSqlAsync(
                $"INSERT INTO inclusive_volume (organization_id, service, ratezone, volume, starts_on, created_at, created_by) VALUES ({acme.Value}, 'data', '', '10', 200001, 0, 'test')");
        }

        foreach (var (organization, quantity) in new[] { (acme, "10"), (acme, "90"), (mixed, "90") })
        {
            await ledger.DoneAsync(new RateUsage(Ledger.Tester, ledger.NextKey(), organization) { Service = "data", Quantity = ExactAmount.Parse(quantity), Period = new BillingPeriod(202609) });
        }

        await ledger.DoneAsync(ledger.Charge(mixed, 5, ChargeMode.Fact, "data"));
        clock.MoveTo(InOctober);
        await ledger.DoneAsync(ledger.Close(acme, 202609));
        await ledger.DoneAsync(ledger.Close(mixed, 202609));
        (await ledger.InvoiceAsync(acme)).Document.Lines.Select(line => (line.Quantity, line.Unit, line.Amount)).ShouldBe([("100", "MB", 900_000)], "10 of it included");
        (await ledger.InvoiceAsync(mixed)).Document.Lines.Select(line => (line.Quantity, line.Amount)).ShouldBe([((string?)null, 5_900_000)]);
    }

    [Fact]
    public void A_fee_on_account_is_read_line_by_line() => FeeLines.Read(
        """{"rule":"plan-fee/1","organization":10700,"lines":[{"kind":"plan","text":"Enterprise","detail":"11 of 30","amount":1000000},{"kind":"coupon","text":"WELCOME","detail":"","amount":-100000}]}""")
        .ShouldBe([(10_700, "Enterprise", "11 of 30", false, 1_000_000), (10_700, "WELCOME", "", true, -100_000)]);

    private static async Task PackageAsync(Ledger ledger, OrganizationId organization, int month, int until = 299912)
    {
        await using var store = new StoreOf(ledger.Database).CreateDbContext();
        await store.Database.ExecuteSqlAsync(
            $"INSERT INTO data_package (organization_id, name, service, ratezone, volume, price, currency, starts_on, ends_on, created_at, created_by) VALUES ({organization.Value}, 'Fleet', 'Data', '', '5', 2000, 'USD', {month}, {until}, 0, 'x')");
    }
}
