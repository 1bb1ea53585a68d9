using System.Collections.Immutable;
using System.Security.Claims;
using BillingPortal.Capabilities.ChangingPlans;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Plans;
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

namespace BillingPortal.Tests.Capabilities.ChangingPlans;

/// <summary>The page of an organization's plan over a real store, with the sandbox and a clock that the test moves: Fern, free, on 1 November.</summary>
public abstract class PlanPageTest(TestDatabases databases) : WebTest, IAsyncLifetime
{
    private BunitAuthorizationContext _person = default!;

    private protected PlanHouse House { get; private set; } = default!;

    private protected OrganizationId Acme { get; private set; }

    private protected Caller Admin { get; private set; } = default!;

    private protected NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    /// <summary>The house.</summary>
    public async ValueTask InitializeAsync()
    {
        House = await PlanHouse.OpenAsync(databases, DatabaseKind.Sqlite);
        Acme = await House.Ledger.OrganizationAsync(name: "Fern");
        Admin = await House.Stores.PersonAsync("Renate", memberships: (Acme.Value, "ADMIN"));
        await House.CouponAsync(new Coupon("SCALE10", new CouponTerms(1_000, ImmutableSortedDictionary<string, long>.Empty, CouponDuration.Repeating, 3, []), null, null));
        var plans = new GetPlan(House.Stores, House.Clock);
        Services.AddSingleton<TimeProvider>(House.Clock).AddSingleton<IDbContextFactory<BillingStore>>(House.Stores).AddSingleton(House.Ledger.Writer).AddSingleton(House.Changing);
        Services.AddSingleton(new GetPlanStanding(House.Stores, plans, House.Ledger.Writer)).AddScoped<CurrentCaller>().AddScoped<DraftKeeper>();
        _person = this.AddAuthorization();
        SignInAs(Admin);
    }

    /// <inheritdoc />
    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await House.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected void SignInAs(Caller caller)
    {
        _person.SetAuthorized(caller.UserId);
        _person.SetClaims(new Claim(ClaimTypes.NameIdentifier, caller.UserId));
    }

    /// <summary>Opens the page in place of what was open, at a step if one is named.</summary>
    private protected async Task<IRenderedComponent<PlanPage>> OpenAsync(string query = "", OrganizationId? organization = null)
    {
        await DisposeComponentsAsync();
        var number = (organization ?? Acme).Value;
        Navigation.NavigateTo($"/organizations/{number}/plan{query}");
        var page = Render<PlanPage>(p => p.Add(a => a.Number, number));
        page.WaitForElement("h1");
        return page;
    }

    /// <summary>Goes to a step by its address, as a link does.</summary>
    private protected Task GoAsync(IRenderedComponent<PlanPage> page, string step, string title) => ArriveAsync(page, title, () => Navigation.NavigateTo($"/organizations/{page.Instance.Number}/plan?step={step}"));

    /// <summary>Presses Next, and waits for the step of that title.</summary>
    private protected static Task NextAsync(IRenderedComponent<PlanPage> page, string title) => ArriveAsync(page, title, () => page.Find("form").Submit());

    /// <summary>Presses Next where it leads nowhere.</summary>
    private protected static Task StayAsync(IRenderedComponent<PlanPage> page) => page.InvokeAsync(() => page.Find("form").Submit());

    private protected static Task ChooseAsync(IRenderedComponent<PlanPage> page, string words) =>
        page.InvokeAsync(() => page.FindAll(".compare label").First(label => Plain(label.TextContent) == words).QuerySelector("input")!.Change("on"));

    private protected static Task FillAsync(IRenderedComponent<PlanPage> page, string text) => page.InvokeAsync(() => page.Find(".field input").Input(text));

    /// <summary>Confirms, and waits for the receipt.</summary>
    private protected static async Task<string> ConfirmAsync(IRenderedComponent<PlanPage> page, string words)
    {
        await PressAsync(page, words);
        return Words(page, ".receipt");
    }

    private protected static async Task PressAsync(IRenderedComponent<PlanPage> page, string words)
    {
        page.WaitForAssertion(() => page.FindAll(".confirm button").Select(button => Plain(button.TextContent)).ShouldContain(words));
        await page.InvokeAsync(() =>
        {
            var button = page.FindAll(".confirm button").First(candidate => Plain(candidate.TextContent) == words);
            return button.GetAttribute("type") == "submit" ? page.Find("form").SubmitAsync() : button.ClickAsync(new());
        });
    }

    /// <summary>The lines of a table of what is due, and its total.</summary>
    private protected static string[] Due(IRenderedComponent<PlanPage> page, int table = 0) =>
        [.. page.FindAll(".due table")[table].QuerySelectorAll("tr").Select(row => Plain(row.QuerySelector("th")!.FirstChild!.TextContent + " " + row.QuerySelector("td")!.TextContent))];

    private protected static string Words(IRenderedComponent<PlanPage> page, string selector) => Plain(page.WaitForElement(selector).TextContent);

    private protected static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static async Task ArriveAsync(IRenderedComponent<PlanPage> page, string title, Action act)
    {
        await page.InvokeAsync(act);
        page.WaitForAssertion(() => Plain(page.Find("#plan-step").TextContent).ShouldBe(title));
        page.WaitForAssertion(() => page.Markup.ShouldNotContain("Reading what"));
    }
}
