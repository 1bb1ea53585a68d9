using System.Net;
using System.Net.Http.Headers;
using BillingPortal.E2E.Pages;
using BillingPortal.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BillingPortal.E2E.Journeys;

/// <summary>The demo's reseller has Acme Robotics and what is below it. Baltic Maps is somebody else's.</summary>
public sealed class ResellerTests(PortalFixture portal, Browsers browsers) : BrowserTest(portal, browsers), IClassFixture<PortalFixture>
{
    private const string Other = "Baltic Maps";

    private AnyPage Around => new(Page);

    private OneOrganization Organization => new(Page);

    [Fact]
    public async Task A_reseller_sees_its_own_tree_and_nothing_of_another()
    {
        var (other, own, below) = await NumbersAsync();
        await new SigningIn(Page).AsAsync(DemoPeople.Reseller);
        await Expect(Around.Main.Locator("tbody").GetByRole(AriaRole.Row)).ToHaveCountAsync(7);
        await Expect(Around.Main).Not.ToContainTextAsync(Other);
        await Expect(Around.MenuItem("Import usage")).ToHaveCountAsync(0);
        await Expect(Around.MenuItem("Trial balance")).ToHaveCountAsync(0);

        await Around.Search.ClickAsync();
        await Page.Keyboard.TypeAsync(Other);
        await Expect(Around.Said).ToHaveTextAsync("Nothing found.");

        foreach (var path in new[] { "", "/journal", "/journal/1", "/as-of", "/adjust", "/journal/1/undo" })
        {
            await Around.OpenAsync($"/organizations/{other}{path}");
            await Expect(Around.Title).ToBeVisibleAsync();
            await Expect(Page.Locator("body")).Not.ToContainTextAsync(Other);
            await Expect(Page.Locator("body")).Not.ToContainTextAsync("EUR");
        }

        (await Page.APIRequest.GetAsync($"/organizations/{other}")).Status.ShouldBe(404);
        (await Page.APIRequest.GetAsync($"/organizations/{other}/journal/export.csv")).Status.ShouldBe(404);

        await Around.OpenAsync($"/organizations/{own}");
        var denied = Page.GetByRole(AriaRole.Button, new() { Name = "Adjust balance" });
        await Expect(denied).ToHaveAttributeAsync("aria-disabled", "true");
        await Expect(denied).ToHaveAccessibleDescriptionAsync(Shape.Begins("Needs permission"));
        await Around.OpenAsync($"/organizations/{own}/adjust");
        await Expect(Around.Main).ToContainTextAsync("You cannot adjust this balance");

        await Organization.OpenAsync(below);
        await Organization.Act("Journal").ClickAsync();
        await Expect(Organization.Entries.Locator("tbody").GetByRole(AriaRole.Row)).Not.ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_resellers_token_reads_its_own_tree_and_finds_nothing_of_another()
    {
        await new SigningIn(Page).AsAsync(DemoPeople.Reseller, "/tokens");
        await Page.GetByLabel("Name").FillAsync("reader");
        await Page.GetByLabel("organizations:read").CheckAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Make token" }).ClickAsync();
        var token = await Page.GetByLabel("The token").InnerTextAsync();

        using var program = Portal.CreateClient();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        (await StatusAsync(program, "Acme Robotics")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(program, "Acme Labs")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(program, Other)).ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<HttpStatusCode> StatusAsync(HttpClient program, string name)
    {
        await using var store = await StoreAsync();
        var uuid = await store.Organizations.Where(organization => organization.Name == name).Select(organization => organization.Uuid).SingleAsync();
        using var answer = await program.GetAsync(new Uri($"/organizations/{uuid}/balance", UriKind.Relative));
        return answer.StatusCode;
    }

    private Task<BillingStore> StoreAsync() => Portal.Services.GetRequiredService<IDbContextFactory<BillingStore>>().CreateDbContextAsync();

    private async Task<(long Other, long Own, long Below)> NumbersAsync()
    {
        await using var store = await StoreAsync();
        var numbers = await store.Organizations.ToDictionaryAsync(organization => organization.Name, organization => organization.Id);
        return (numbers[Other], numbers["Acme Robotics"], numbers["Acme Labs"]);
    }
}
