using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Rows;
using BillingPortal.Tests.Setup;

namespace BillingPortal.Tests.Capabilities.Invoicing;

/// <summary>
/// Northwind of the Netherlands, postpaid, with 60.00 monthly credits, paying for Fjord Werke as well: October 2026 charged and closed. Lines
/// 412.37 (exact 412.373118), 88.10 and 231.06; net 671.53; 21 % tax 141.02; due 812.55.
/// </summary>
internal sealed class InvoicedHouse : IAsyncDisposable
{
    private InvoicedHouse(TestDatabase database, FakeClock clock) => (Clock, Stores, Ledger) = (clock, new StoreOf(database), new Ledger(database, clock));

    public FakeClock Clock { get; }

    public StoreOf Stores { get; }

    public Ledger Ledger { get; }

    public OrganizationId Northwind { get; private set; }

    public OrganizationId Fjord { get; private set; }

    public Caller Finance { get; private set; } = null!;

    public static async Task<InvoicedHouse> OpenAsync(TestDatabase database, FakeClock? clock = null)
    {
        var house = new InvoicedHouse(database, clock ?? new FakeClock());
        house.Clock.MoveTo(new DateTimeOffset(2026, 10, 3, 9, 0, 0, TimeSpan.Zero));
        house.Northwind = await house.Ledger.OrganizationAsync(ChargingModel.Postpaid, "Northwind Hosting", Euro);
        house.Fjord = await house.Ledger.OrganizationAsync(ChargingModel.Postpaid, "=Fjord Werke", o => { Euro(o); o.ParentId = house.Northwind.Value; });
        await using (var store = house.Stores.CreateDbContext())
        {
            store.Set<BillingDetailsRow>().Add(new BillingDetailsRow
            {
                OrganizationId = house.Northwind.Value, Version = 1, CompanyName = "=Northwind Hosting B.V.", Line1 = "Damrak 1", City = "Amsterdam", PostalCode = "1012 LG", Country = "NL",
                TaxId = "NL810433941B01", TaxIdType = "eu_vat", Email = "ap@nwh.example",
            });
            await store.SaveChangesAsync();
        }

        house.Finance = await house.Stores.PersonAsync("fina", "FINANCE");
        await house.Ledger.UseParentBalanceAsync(house.Fjord, house.Northwind);
        await house.Ledger.DoneAsync(new GrantCredits(Ledger.Tester, house.Ledger.NextKey(), house.Northwind) { Amount = Ledger.Micros(60) });
        await house.ChargeAsync(house.Northwind, 412.373118m, "Compute");
        await house.ChargeAsync(house.Northwind, 88.1m, "Object storage");
        await house.ChargeAsync(house.Fjord, 231.06m, "Compute");
        house.Clock.MoveTo(new DateTimeOffset(2026, 11, 2, 6, 0, 0, TimeSpan.Zero));
        await house.Ledger.DoneAsync(new ClosePeriod(Ledger.Tester, house.Ledger.NextKey(), house.Northwind, new BillingPeriod(202610)));
        return house;
    }

    public Task<Receipt> IssueAsync(int ordinal = 1) => Ledger.DoneAsync(new IssueInvoice(Ledger.Tester, Ledger.NextKey(), Northwind, ordinal));

    public Task<Receipt> PayAsync(decimal amount, int ordinal = 1) =>
        Ledger.DoneAsync(new RecordPayment(Ledger.Tester, Ledger.NextKey(), Northwind, ordinal) { Amount = Ledger.Micros(amount), Reference = "SEPA-1" });

    public ValueTask DisposeAsync() => Ledger.DisposeAsync();

    private static void Euro(Organization organization) => (organization.Currency, organization.TimeZone) = ("EUR", "Europe/Amsterdam");

    private Task<Receipt> ChargeAsync(OrganizationId organization, decimal amount, string service) => Ledger.DoneAsync(
        Ledger.Charge(organization, amount, ChargeMode.Fact, service) with { Payer = organization == Fjord ? Northwind : null });
}
