using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using BillingPortal.E2E.Pages;
using BillingPortal.Store;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BillingPortal.E2E.Journeys;

/// <summary>
/// A reseller gives a sub-organization a card and a rule, usage overshoots what there is, requests are refused, and one recharge mends it. The steps
/// read in that order; each begins where the one before it ended.
/// </summary>
public sealed class SubOrganizationMoneyTests(SandboxMoneyFixture portal, Browsers browsers) : BrowserTest(portal, browsers), IClassFixture<SandboxMoneyFixture>
{
    private MouseHands Hands => new(Page);

    private AnyPage Around => new(Page);

    private OneOrganization Organization => new(Page);

    private BillingEditor Editor => new(Page);

    private Recharges Recharges => new(Page);

    [Fact]
    public async Task A_sub_organization_overshoots_is_refused_and_is_recharged_once()
    {
        var finance = await AnotherPersonAsync();
        await new SigningIn(finance).AsAsync(DemoPeople.Finance, "/imports");
        await new SigningIn(Page).AsAsync(DemoPeople.Reseller, $"/organizations/{SandboxMoneyFixture.Reseller}/sub-organizations");
        var number = await new SubOrganizations(Page).CreateAsync("Acme West", "west-1", Hands);
        await portal.PayInAsync(number, 60, StartOfMonth.AddMonths(-1));
        await ImportLastMonthAsync(finance);
        await AddCardAsync(number);
        await SetRuleAsync(number);
        using var program = await ProgramAsync();
        var uuid = await portal.UuidOfAsync(number);

        await OvershootAsync(finance, number);
        await RefusedAsync(program, uuid, 5, "blocked by an unfunded overdraft");

        (await portal.FlyAsync(number)).ShouldBe(1);
        (await portal.FlyAsync(number)).ShouldBe(0, "a recharge happens once for its cause");
        await ReadFlightRecordAsync(number);

        (await ChargeAsync(program, uuid, 5)).Status.ShouldBe(HttpStatusCode.Created);
        await RefusedAsync(program, uuid, 20, "cap");
        (await portal.FlyAsync(number)).ShouldBe(0, "what was refused causes nothing");
    }

    private async Task ImportLastMonthAsync(IPage finance)
    {
        var month = StartOfMonth.AddMonths(-1);
        var imports = new UsageImports(finance);
        await imports.ReadBillAsync("last-month.csv", SandboxMoneyFixture.Account, "west-1", (month.AddDays(3), "Compute", "8"), (month.AddDays(19), "Storage", "5"));
        await imports.DoAsync("Post 2 entries to 1 organization");
        await Expect(imports.Receipt).ToContainTextAsync("Posted 2 entries to 1 organization");
    }

    private async Task AddCardAsync(long number)
    {
        var cards = new OrganizationCards(Page);
        await cards.OpenAsync(number);
        await cards.LeaveForTheProviderAsync(Hands);
        await cards.TypeAsync("4242 4242 4242 4242", Hands);
        await Expect(cards.Receipt).ToContainTextAsync("Recharges charge it from now on.");
    }

    private async Task SetRuleAsync(long number)
    {
        await Editor.OpenAsync(number);
        await Editor.SwitchRechargeAsync(Hands);
        await Hands.WriteAsync(Editor.Threshold, "55");
        await Hands.WriteAsync(Editor.Amount, "50");
        await Expect(Editor.Figure("Would have fired")).ToContainTextAsync("Once");
        await Expect(Editor.Main).ToContainTextAsync("Visa ·4242 is charged $50.00 at once.");
        await Page.ShouldBeAccessibleAsync();

        await Hands.WriteAsync(Editor.Threshold, "20");
        await Hands.WriteAsync(Editor.Limit, "100");
        await Expect(Editor.Figure("Would have fired")).ToContainTextAsync("Never");
        await Editor.SwitchCapAsync(Hands);
        await Hands.WriteAsync(Editor.Cap, "10");
        await Expect(Editor.Figure("Cap would have stopped")).ToContainTextAsync("first on");
        await Hands.WriteAsync(Editor.Cap, "70");
        await Expect(Editor.Figure("Cap would have stopped")).ToContainTextAsync("Never");
        await Expect(Editor.Main).ToContainTextAsync("When Acme West falls below $20.00, charge Visa ·4242 $50.00, at most $100.00 a month.");
        await Expect(Editor.Main).ToContainTextAsync("Spending stops at $70.00 in a calendar month");

        await Editor.SaveAsync("Save rule", Hands);
        await Expect(Editor.Receipt).ToContainTextAsync("Saved the billing rule");
        await Expect(Editor.Main).ToContainTextAsync("Recharge on");
        await Page.ShouldBeAccessibleAsync();
    }

    private async Task<HttpClient> ProgramAsync()
    {
        await Around.OpenAsync("/tokens");
        await Page.GetByLabel("Name").FillAsync("meter");
        await Page.GetByLabel("charges:write").CheckAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Make token" }).ClickAsync();
        var program = Portal.CreateClient();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await Page.GetByLabel("The token").InnerTextAsync());
        return program;
    }

    /// <summary>There are 47 dollars, and 55 were used: 8 more than there is, and 15 less than the cap.</summary>
    private async Task OvershootAsync(IPage finance, long number)
    {
        var imports = new UsageImports(finance);
        await imports.OpenAsync();
        await imports.ReadBillAsync("this-month.csv", SandboxMoneyFixture.Account, "west-1", (StartOfMonth.AddDays(5), "Compute", "55"));
        await imports.DoAsync("Post 1 entry to 1 organization");
        await Expect(imports.Receipt).ToContainTextAsync("Posted 1 entry to 1 organization");

        await Organization.OpenAsync(number);
        await Expect(Organization.Main).ToContainTextAsync("Charges are refused.");
        await Expect(Organization.Main).ToContainTextAsync("Blocked: overdraft");
        await Expect(Organization.Held.GetByRole(AriaRole.Row, new() { Name = "Overdraft" })).ToContainTextAsync("−8.00");
        await Page.ShouldBeAccessibleAsync();
    }

    private async Task ReadFlightRecordAsync(long number)
    {
        await Recharges.OpenAsync(number);
        await Expect(Recharges.Rows).ToHaveCountAsync(1);
        await Recharges.ReadAsync(1, Hands);
        await Expect(Recharges.Sentence).ToContainTextAsync("Acme West was charged $50.00 with Visa ·4242 because");
        await Expect(Recharges.Sentence).ToContainTextAsync("Compute of $55.00 left");
        await Expect(Recharges.Sentence).ToContainTextAsync("8.00 available, below $20.00.");
        await Expect(Recharges.Steps.First).ToContainTextAsync("Planned");
        await Expect(Recharges.Steps.Last).ToContainTextAsync("Settled");
        await Expect(Recharges.Why).ToContainTextAsync("version");
        await Page.ShouldBeAccessibleAsync();

        await Hands.PressAsync(Recharges.Main.GetByRole(AriaRole.Link, new() { NameRegex = Shape.Begins($"entry {number}/") }));
        await Expect(Organization.Title).ToHaveTextAsync(Shape.Begins($"Entry {number}/"));
        await Expect(Organization.Postings.GetByRole(AriaRole.Row, new() { Name = "Overdraft" })).ToContainTextAsync("8.00");
        await Expect(Organization.Main.GetByRole(AriaRole.Link, new() { NameRegex = Shape.Begins("Recharge 1") }).First).ToBeVisibleAsync();
        await Organization.OpenAsync(number);
        await Expect(Organization.Held).ToContainTextAsync("$42.00");
        await Expect(Organization.Main).Not.ToContainTextAsync("Charges are refused.");
    }

    private static async Task RefusedAsync(HttpClient program, Guid organization, int amount, string naming)
    {
        var (status, why) = await ChargeAsync(program, organization, amount);
        status.ShouldBe(HttpStatusCode.UnprocessableEntity, why);
        why.ShouldContain(naming);
    }

    private static async Task<(HttpStatusCode Status, string Why)> ChargeAsync(HttpClient program, Guid organization, int amount)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/organizations/{organization}/charges", UriKind.Relative))
        {
            Content = JsonContent.Create(new { service = "Compute", amount }),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await program.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private DateTimeOffset StartOfMonth => new(portal.Clock.GetUtcNow().Year, portal.Clock.GetUtcNow().Month, 1, 0, 0, 0, TimeSpan.Zero);
}
