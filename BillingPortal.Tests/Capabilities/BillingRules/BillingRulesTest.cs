using System.Security.Claims;
using BillingPortal.Capabilities.BillingRules;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Tests.Setup;
using BillingPortal.Tests.Web;
using BillingPortal.Web;
using BillingPortal.Web.Forms;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.Tests.Capabilities.BillingRules;

/// <summary>The room's pages over a real store, with a clock that the test moves: a reseller with a prepaid sub-organization that holds 120.</summary>
public abstract class BillingRulesTest(TestDatabases databases) : WebTest, IAsyncLifetime
{
    private protected OrganizationId Acme { get; private set; }

    private protected OrganizationId Field { get; private set; }

    private protected Ledger Ledger { get; private set; } = default!;

    private protected Caller Reseller { get; private set; } = default!;

    private protected Caller Support { get; private set; } = default!;

    private protected StoreOf Stores { get; private set; } = default!;

    private TestDatabase _database = default!;
    private BunitAuthorizationContext _person = default!;

    /// <summary>The house.</summary>
    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync(DatabaseKind.Sqlite);
        Ledger = new Ledger(_database, Clock);
        Stores = new StoreOf(_database);
        Acme = await Ledger.OrganizationAsync();
        Field = await ChildAsync("Acme Field");
        await Ledger.DoneAsync(Ledger.TopUp(Field, 100, bonusRate: 200_000));
        Reseller = await Stores.PersonAsync("Renate", memberships: (Acme.Value, "ADMIN"));
        Support = await Stores.PersonAsync("Sam", "SUPPORT");
        Services.AddSingleton<IDbContextFactory<BillingStore>>(Stores);
        Services.AddSingleton(Ledger.Writer);
        Services.AddScoped<CurrentCaller>();
        Services.AddScoped<DraftKeeper>();
        Services.AddBillingRules();
        _person = this.AddAuthorization();
        SignInAs(Reseller);
    }

    /// <inheritdoc />
    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await Ledger.DisposeAsync();
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected Task<OrganizationId> ChildAsync(string name, ChargingModel model = ChargingModel.Prepaid) =>
        Ledger.OrganizationAsync(model, name, organization =>
        {
            organization.ParentId = Acme.Value;
            organization.Slug = name.ToLowerInvariant().Replace(' ', '-');
        });

    private protected void SignInAs(Caller caller)
    {
        _person.SetAuthorized(caller.UserId);
        _person.SetClaims(new Claim(ClaimTypes.NameIdentifier, caller.UserId));
    }

    private protected Task CardAsync(OrganizationId organization) => Ledger.DoneAsync(
        new AddCard(Ledger.Tester, Ledger.NextKey(), organization, new NewCard("sandbox", "cus_1", "pm_" + organization, "visa", "4242", 8, 2028)));

    private protected Task SetAsync(RuleWish wish) =>
        Ledger.DoneAsync(new SetBillingRule(Reseller.Actor, Ledger.NextKey()) { Wishes = [wish] });

    private protected RuleWish Wish(decimal threshold = 20, decimal amount = 100) =>
        new(Field) { RechargeEnabled = true, Threshold = Ledger.Micros(threshold), Amount = Ledger.Micros(amount) };

    private protected IRenderedComponent<BillingEditorPage> Editor(OrganizationId? organization = null)
    {
        var page = Render<BillingEditorPage>(p => p.Add(a => a.Number, (organization ?? Field).Value));
        page.WaitForElement("h1");
        return page;
    }

    /// <summary>Fills in one field, found by its label, between two renders.</summary>
    private protected static Task FillAsync<T>(IRenderedComponent<T> page, string label, string text)
        where T : IComponent => page.InvokeAsync(
            () => page.FindAll(".field").First(field => Plain(field.QuerySelector("label span")?.TextContent ?? "") == label).QuerySelector("input")!.Input(text));

    /// <summary>Sets a switch, found by its name, between two renders.</summary>
    private protected static Task SwitchAsync<T>(IRenderedComponent<T> page, string name, bool on)
        where T : IComponent => page.InvokeAsync(() => page.Find($"input[role=switch][aria-label='{name}']").Change(on));

    private protected static string Words<T>(IRenderedComponent<T> page, string selector)
        where T : IComponent => Plain(page.WaitForElement(selector).TextContent);

    /// <summary>A receipt's or a summary's parts, each apart from the next.</summary>
    private protected static string Parts<T>(IRenderedComponent<T> page, string selector)
        where T : IComponent => string.Join(" | ", page.WaitForElement(selector).QuerySelectorAll("p, dt, dd").Select(part => Plain(part.TextContent)));

    private protected static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
