using System.Security.Claims;
using BillingPortal.Capabilities.PrepaidBalances;
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

namespace BillingPortal.Tests.Capabilities.PrepaidBalances;

/// <summary>The page of a prepaid balance, over a real store.</summary>
public sealed class PrepaidBalancePageTests(TestDatabases databases) : WebTest, IAsyncLifetime
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
        (_above, _acme) = await _ledger.FamilyAsync();
        await _ledger.DoneAsync(_ledger.TopUp(_acme, 10));
        Services.AddSingleton<IDbContextFactory<BillingStore>>(_stores);
        Services.AddSingleton(_ledger.Writer);
        Services.AddScoped<CurrentCaller>();
        Services.AddScoped<DraftKeeper>();
        Services.AddPrepaidBalances();
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
    public async Task A_payment_is_previewed_posted_with_its_receipt_listed_and_booked_once()
    {
        await _ledger.DoneAsync(_ledger.Charge(_acme, 10));
        var page = await OpenAsync("FINANCE", null);
        page.Markup.ShouldContain("Blocked: balance empty");
        await AddAsync(page, "50", "wire-1");
        Words(page.Find("tr.changed")).ShouldBe("Cash 0.00 +50.00 50.00");
        page.Markup.ShouldContain("there is value again");
        page.Find(Button).TextContent.ShouldBe("Add $50.00 to the balance of Acme West");
        await page.Find(Button).ClickAsync(new());

        Words(page.WaitForElement(".receipt .t")).ShouldBe("Added $50.00 to the balance of Acme West: top-up");
        page.WaitForAssertion(() => page.FindAll("tbody tr").Select(Words).ShouldContain(row => row.StartsWith("Top-up", StringComparison.Ordinal) && row.Contains("wire-1", StringComparison.Ordinal)));
        page.WaitForAssertion(() => page.Markup.ShouldNotContain("Blocked: balance empty"));

        await AddAsync(page, "60", "wire-1");
        await page.Find(Button).ClickAsync(new());
        page.WaitForAssertion(() => page.Markup.ShouldContain("The payment wire-1 was booked before. Nothing was added."));
        (await _ledger.HeldAsync(_acme)).ShouldBe(50);
    }

    [Fact]
    public async Task A_reset_is_asked_once_more_shows_each_bucket_and_can_be_undone()
    {
        var page = await OpenAsync(null, (_above.Value, "ADMIN"));
        page.Markup.ShouldContain("A reseller moves what it has");
        page.FindAll(Button).ShouldBeEmpty();
        await page.FindAll("button").Single(button => button.TextContent == "Reset the balance…").ClickAsync(new());
        await RestAsync(page);
        Words(page.WaitForElement("tr.changed")).ShouldBe("Cash 10.00 −10.00 0.00");
        await page.Find(Button).ClickAsync(new());

        Words(page.WaitForElement(".receipt .t")).ShouldBe("Reset the balance of Acme West to zero");
        page.FindAll(".receipt a").Select(link => link.GetAttribute("href")).ShouldContain($"/organizations/{_acme}/journal/2/undo");
        (await _ledger.HeldAsync(_acme)).ShouldBe(0);
    }

    [Fact]
    public async Task Its_own_people_see_it_and_what_is_missing_and_a_postpaid_one_has_none()
    {
        var page = await OpenAsync(null, (_acme.Value, "ADMIN"));
        page.FindAll(".denied").Select(Words).ShouldBe(["Needs permission Raise cash on Acme West", "Needs permission Transfer balances on the organization above"]);
        Words(page.Find("tbody tr")).ShouldContain("Top-up");

        await _ledger.DoneAsync(new ConfigureBilling(Ledger.Tester, "postpaid", _acme) { Wish = new() { ChargingModel = ChargingModel.Postpaid } });
        var postpaid = await OpenAsync(null, (_above.Value, "MANAGER"));
        postpaid.Markup.ShouldContain("pays by invoice and has no prepaid balance");
        postpaid.FindAll("form").ShouldBeEmpty();
    }

    private async Task AddAsync(IRenderedComponent<PrepaidBalancePage> page, string amount, string reference)
    {
        await page.Find("input[maxlength='100']").InputAsync(new() { Value = reference });
        page.Find("input.money").Input(amount);
        await RestAsync(page);
    }

    private async Task<IRenderedComponent<PrepaidBalancePage>> OpenAsync(string? platform, (long, string)? at)
    {
        var name = $"{platform}{at?.Item1}{at?.Item2}";
        var caller = await (at is { } membership ? _stores.PersonAsync(name, platform, membership) : _stores.PersonAsync(name, platform));
        _person.SetAuthorized(caller.UserId);
        _person.SetClaims(new Claim(ClaimTypes.NameIdentifier, caller.UserId));
        var page = Render<PrepaidBalancePage>(parameters => parameters.Add(p => p.Number, _acme.Value));
        page.WaitForElement("h1");
        return page;
    }

    private static string Words(AngleSharp.Dom.IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
