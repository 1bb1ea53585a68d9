using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Plans;
using BillingPortal.Domain;
using BillingPortal.Payments;
using BillingPortal.Store;
using BillingPortal.Store.Invoicing;
using BillingPortal.Store.Migrations;
using BillingPortal.Tests.Capabilities.ChangingPlans;
using BillingPortal.Tests.Setup;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BillingPortal.Tests.Store.Invoicing;

/// <summary>Who issues the invoices: the settings <c>Issuer__…</c>, and what happens without them.</summary>
public sealed class IssuerTests(TestDatabases databases)
{
    [Theory, BothDatabases]
    public async Task Nobody_issues_no_invoice_and_whoever_the_settings_name_issues_those_to_come(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var clock = new FakeClock(new DateTimeOffset(2026, 9, 20, 12, 0, 0, TimeSpan.Zero));
        await using var ledger = new Ledger(database, clock);
        await ledger.WithoutIssuerAsync();
        var (acme, idle) = (await ledger.OrganizationAsync(ChargingModel.Postpaid), await ledger.OrganizationAsync(ChargingModel.Postpaid, "Idle"));
        await ledger.BilledInAsync(acme, "DE");
        await ledger.DoneAsync(ledger.Charge(acme, 10));
        await ledger.DoneAsync(ledger.Charge(idle, 0.001m));
        clock.MoveTo(new DateTimeOffset(2026, 10, 1, 12, 0, 0, TimeSpan.Zero));
        var stores = new StoreOf(database);

        (await StartAsync(stores, "Production")).ShouldHaveSingleItem().ShouldContain("Set Issuer__Name, Issuer__Line1, Issuer__City, Issuer__Country and start again.");
        (await ledger.RefusedAsync(ledger.Close(acme, 202609))).Message.ShouldBe(
            "It has not been said who issues the invoices. Set Issuer__Name, Issuer__Line1, Issuer__City, Issuer__Country and start the portal again. Nothing was closed.");
        await ledger.DoneAsync(ledger.Close(idle, 202609));
        (await StartAsync(stores, "Production", ("Name", "Acme Cloud OÜ"), ("City", "Tallinn"), ("Country", "EE"))).ShouldHaveSingleItem().ShouldContain("Set Issuer__Line1 and start");

        (await StartAsync(stores, "Production", ("Line1", "Narva mnt 5"), ("PostalCode", "10117"), ("TaxId", "EE100931558"), ("Account", "EE382200221020145685"), ("Zone", "Pacific/Auckland"))).ShouldBeEmpty();
        await ledger.DoneAsync(ledger.Close(acme, 202609));
        await ledger.DoneAsync(ledger.Issue(acme));
        var (row, document) = await ledger.InvoiceAsync(acme);
        document.Seller.ShouldSatisfyAllConditions(
            seller => (seller.Name, seller.City, seller.PostalCode, seller.Country, seller.TaxId, seller.Account).ShouldBe(("Acme Cloud OÜ", "Tallinn", "10117", "EE", "EE100931558", "EE382200221020145685")),
            seller => seller.Lines.ShouldBe(["Narva mnt 5"]));
        (row.IssuedOn, document.Taxes.Single().Tax.BasisPoints).ShouldBe((20261002, 1900), "the day is the issuer's, the tax that of the customer in another member state");

        // Later settings change later documents only, and what they do not name stays.
        (await StartAsync(stores, "Production", ("Name", "Acme Cloud AS"))).ShouldBeEmpty();
        (await ledger.InvoiceAsync(acme)).Document.Seller.Name.ShouldBe("Acme Cloud OÜ");
        await using var store = stores.CreateDbContext();
        (await store.Database.SqlQuery<string>($"SELECT name || ', ' || city AS \"Value\" FROM invoice_issuer").SingleAsync()).ShouldBe("Acme Cloud AS, Tallinn");
        await Should.ThrowAsync<TimeZoneNotFoundException>(() => StartAsync(stores, "Production", ("Zone", "Mars/Olympus")));
    }

    [Fact]
    public async Task The_example_stands_in_for_development_alone_and_is_taken_out_only_where_nobody_was_billed_in_its_name()
    {
        await using var database = await databases.CreateAsync(DatabaseKind.Sqlite);
        var clock = new FakeClock(new DateTimeOffset(2026, 9, 20, 12, 0, 0, TimeSpan.Zero));
        await using var ledger = new Ledger(database, clock);
        var stores = new StoreOf(database);
        await using var store = stores.CreateDbContext();
        async Task<string> NameAsync() => await store.Database.SqlQuery<string>($"SELECT name AS \"Value\" FROM invoice_issuer").SingleAsync();

        await store.Database.ExecuteSqlRawAsync(IssuerSchema.Up);
        (await NameAsync()).ShouldBe("");
        (await StartAsync(stores, "Development")).ShouldBeEmpty();
        (await NameAsync()).ShouldBe("Platform Operations B.V.");

        var acme = await ledger.OrganizationAsync(ChargingModel.Postpaid);
        await ledger.DoneAsync(ledger.Charge(acme, 10));
        clock.MoveTo(new DateTimeOffset(2026, 10, 2, 6, 0, 0, TimeSpan.Zero));
        await ledger.DoneAsync(ledger.Close(acme, 202609));
        await store.Database.ExecuteSqlRawAsync(IssuerSchema.Up);
        (await NameAsync()).ShouldBe("Platform Operations B.V.");
    }

    [Fact]
    public async Task No_plan_is_paid_where_nobody_would_issue_its_invoice()
    {
        await using var house = await PlanHouse.OpenAsync(databases, DatabaseKind.Sqlite);
        var acme = await house.Ledger.OrganizationAsync();
        await house.CardAsync(acme);
        await house.Ledger.WithoutIssuerAsync();

        (await house.ChangeAsync(house.Wish(acme, new SubscriptionWish.Choose("standard")))).ShouldBeOfType<Outcome<BillingPortal.Capabilities.ChangingPlans.PlanReceipt>.Refused>()
            .Refusal.Message.ShouldStartWith("The platform has not said who issues its invoices");
        (await house.BalanceAsync(acme, AccountKind.PaymentsClearing)).ShouldBe(0);
    }

    [Theory]
    [InlineData("Production", "sandbox", true)]
    [InlineData("Development", "sandbox", false)]
    [InlineData("Production", "stripe", false)]
    public async Task A_portal_for_customers_is_warned_that_the_sandbox_moves_no_money(string environment, string provider, bool warned)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [new("Payments:Provider", provider), new("Payments:Stripe:SecretKey", "sk_test_1"), new("Payments:Stripe:WebhookSecret", "whsec_1")]).Build();
        using var services = new ServiceCollection().AddSingleton(PaymentOptions.From(configuration)).BuildServiceProvider();
        var log = new Kept<PaymentSettingsStep>();
        await new PaymentSettingsStep(services, new Place(environment), log).RunAsync(CancellationToken.None);
        log.Lines.Count(line => line.Contains("set Payments__Provider=stripe", StringComparison.Ordinal)).ShouldBe(warned ? 1 : 0);
    }

    /// <summary>What a start with these settings warns of.</summary>
    private static async Task<List<string>> StartAsync(StoreOf stores, string environment, params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>("Issuer:" + setting.Name, setting.Value))).Build();
        var log = new Kept<IssuerStep>();
        await new IssuerStep(configuration, new Place(environment), stores, log).RunAsync(CancellationToken.None);
        return log.Lines;
    }

    private sealed class Place(string environment) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = environment;

        public string ApplicationName { get; set; } = "";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }

    private sealed class Kept<T> : ILogger<T>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Add(formatter(state, exception));
    }
}
