using BillingPortal.E2E.Pages;
using BillingPortal.Store;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BillingPortal.E2E.Journeys;

public sealed class ImportUsageTests(PortalFixture portal, Browsers browsers) : BrowserTest(portal, browsers), IClassFixture<PortalFixture>
{
    [Fact]
    public async Task A_file_is_mended_shown_posted_and_replaced_only_after_its_differences_were_seen()
    {
        var imports = await SignInAsync(DemoPeople.Finance);
        await Page.ShouldBeAccessibleAsync();

        await imports.ReadAsync("wrong.csv", ("1.00", "11"), ("one dollar", "12"));
        await Expect(imports.Errors.GetByRole(AriaRole.Row, new() { Name = "BilledCost" })).ToContainTextAsync("one dollar");
        await Page.ShouldBeAccessibleAsync();
        var report = await Page.RunAndWaitForDownloadAsync(() => Page.GetByRole(AriaRole.Link, new() { Name = "Download all as CSV" }).ClickAsync());
        (await File.ReadAllTextAsync(await report.PathAsync())).ShouldContain("3,BilledCost,one dollar,");

        await imports.OpenAsync();
        await imports.ReadAsync("september.csv", ("1.00", "11"), ("2.50", "12"));
        await Expect(imports.Changes).ToContainTextAsync("Atlas 12");
        await Page.ShouldBeAccessibleAsync();
        await imports.DoAsync("Post 2 entries to 2 organizations");
        await Expect(imports.Receipt).ToContainTextAsync("Posted 2 entries to 2 organizations");
        await Page.ShouldBeAccessibleAsync();

        await imports.OpenAsync();
        await imports.ReadAsync("again.csv", ("2.50", "12"), ("1.00", "11"));
        await Expect(imports.Main).ToContainTextAsync("Everything in this file was delivered before");

        await imports.OpenAsync();
        await imports.ReadAsync("corrected.csv", ("2.00", "12"), ("1.00", "11"));
        await Expect(imports.Main).ToContainTextAsync("AWS 1000 2024-09");
        await imports.DoAsync("Replace 1 month, post 1 difference");
        await Expect(imports.Receipt).ToContainTextAsync("-0.5 USD");

        await imports.OpenAsync();
        await Expect(imports.Main.GetByRole(AriaRole.Row)).ToHaveCountAsync(5);
        await Page.ShouldBeAccessibleAsync();
    }

    [Fact]
    public async Task Whoever_may_not_import_is_told_so()
    {
        var imports = await SignInAsync(DemoPeople.Support);
        await Expect(imports.Main).ToContainTextAsync("You cannot import usage");
        var report = await Page.APIRequest.GetAsync("/usage-imports/1/errors.csv");
        report.Status.ShouldBe(404);
    }

    private async Task<UsageImports> SignInAsync(DemoPerson person)
    {
        await Page.GotoAsync("/sign-in?returnUrl=%2Fimports");
        await Page.GetByLabel("Email").FillAsync(person.Email);
        await Page.GetByLabel("Password").FillAsync(DemoPeople.Password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        var imports = new UsageImports(Page);
        await Page.WaitForURLAsync("**/imports");
        await imports.BecomeInteractiveAsync();
        return imports;
    }
}
