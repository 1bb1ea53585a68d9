using BillingPortal.Capabilities.BillingConfigurations;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using BillingPortal.Tests.Web;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.Tests.Capabilities.BillingConfigurations;

/// <summary>The page of a billing configuration, over a real store.</summary>
public sealed class BillingConfigurationPageTests(TestDatabases databases) : WebTest, IAsyncLifetime
{
    private const string Button = ".confirm button.btn--primary";

    private OrganizationId _above, _acme;
    private TestDatabase _database = default!;
    private Ledger _ledger = default!;
    private StoreOf _stores = default!;
    private BunitAuthorizationContext _person = default!;

    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync(DatabaseKind.Sqlite);
        _ledger = new Ledger(_database, Clock);
        _stores = new StoreOf(_database);
        (_above, _acme) = await _ledger.FamilyAsync(ChargingModel.Postpaid);
        Services.AddSingleton<IDbContextFactory<BillingStore>>(_stores);
        Services.AddSingleton(_ledger.Writer);
        Services.AddSingleton<OrganizationWriter>();
        Services.AddScoped<CurrentCaller>();
        Services.AddScoped<DraftKeeper>();
        Services.AddBillingConfigurations();
        _person = this.AddAuthorization();
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await _ledger.DisposeAsync();
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_switch_to_prepaid_says_what_follows_and_the_receipt_and_history_say_what_changed()
    {
        await _ledger.DoneAsync(_ledger.Charge(_acme, 25));
        var page = await OpenAsync("FINANCE", null);
        page.FindAll(Button).ShouldBeEmpty();
        await page.Find("input[value=Prepaid]").ChangeAsync(new() { Value = "Prepaid" });
        await RestAsync(page);

        var words = page.Find("ul.effects").TextContent;
        words.ShouldContain("Charging model: Postpaid → Prepaid");
        words.ShouldContain("$25.00 are unbilled and are still invoiced.");
        words.ShouldContain("It is blocked at once: nothing is held.");
        page.Find(Button).TextContent.ShouldBe("Switch Acme West to prepaid");
        await page.Find(Button).ClickAsync(new());

        page.WaitForElement(".receipt .t").TextContent.ShouldBe("Saved the billing configuration");
        page.WaitForAssertion(() => page.Find("ol.flight .why").TextContent.ShouldBe("Charging model: Postpaid → Prepaid."));
        await using var store = _database.Read();
        (await store.Organizations.SingleAsync(o => o.Id == _acme.Value)).ChargingModel.ShouldBe(ChargingModel.Prepaid);
    }

    [Fact]
    public async Task A_volume_in_the_way_is_named_and_nothing_can_be_saved()
    {
        await using (var store = _database.Read())
        {
            var month = BillingPeriod.Of(_ledger.Now, TimeZoneInfo.Utc).Number;
            await store.Database.ExecuteSqlAsync($"INSERT INTO data_package (organization_id, name, service, ratezone, volume, price, currency, starts_on, created_at, created_by) VALUES ({_acme.Value}, 'Fleet 5 GB', 'Data', '', '5', 10, 'USD', {month}, 0, 'x')");
        }

        var page = await OpenAsync("FINANCE", null);
        await page.Find("input[value=Prepaid]").ChangeAsync(new() { Value = "Prepaid" });
        await RestAsync(page);

        page.WaitForAssertion(() => page.Find(".note.n-bad").TextContent.ShouldContain("The data package “Fleet 5 GB” is active and has no end. End it before switching to prepaid."));
        page.FindAll(Button).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_line_that_is_no_line_is_refused_and_somebody_elses_change_makes_it_stale()
    {
        var page = await OpenAsync("FINANCE", null);
        var data = page.FindAll("textarea")[1];
        await data.InputAsync(new() { Value = "iban DE02" });
        page.Find(".err").TextContent.ShouldContain("Write each line as name: value");
        await page.FindAll("textarea")[1].InputAsync(new() { Value = "iban: DE02" });
        await RestAsync(page);
        page.Find(Button).TextContent.ShouldBe("Save billing configuration");
        await _ledger.DoneAsync(new ConfigureBilling(Ledger.Tester, "other", _acme) { Wish = new() { PaymentData = Setting.To("""{"bic":"X"}""") } });

        await page.Find(Button).ClickAsync(new());

        page.WaitForElement(".note.n-warn").TextContent.ShouldContain("It went stale: nothing was saved.");
    }

    [Fact]
    public async Task Its_own_people_read_it_and_are_told_who_changes_it_the_reseller_changes_all_but_the_rate()
    {
        var own = await OpenAsync(null, (_acme.Value, "ADMIN"));
        own.Find(".denied").TextContent.ShouldContain("Needs permission Change billing settings on the organization above");
        own.FindAll("form").ShouldBeEmpty();

        var reseller = await OpenAsync(null, (_above.Value, "ADMIN"));
        reseller.FindAll("select").Count.ShouldBe(1);
        reseller.Markup.ShouldContain("The platform, which issues the invoices, chooses it.");
    }

    private async Task<IRenderedComponent<BillingConfigurationPage>> OpenAsync(string? platform, (long, string)? at)
    {
        var name = $"{platform}{at?.Item1}";
        var caller = await (at is { } membership ? _stores.PersonAsync(name, platform, membership) : _stores.PersonAsync(name, platform));
        _person.SetAuthorized(name);
        _person.SetClaims(new System.Security.Claims.Claim(System.Security.Claims.ClaimTypes.NameIdentifier, caller.UserId));
        var page = Render<BillingConfigurationPage>(parameters => parameters.Add(p => p.Number, _acme.Value));
        page.WaitForElement("h1");
        return page;
    }
}
