using BillingPortal.E2E.Pages;
using BillingPortal.Store;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BillingPortal.E2E.Journeys;

public sealed class PageWalkTests(PortalFixture portal, Browsers browsers) : BrowserTest(portal, browsers), IClassFixture<PortalFixture>
{
    private static readonly string[] Static = ["/sign-in", "/account", "/error"];

    [Fact]
    public void Every_page_has_its_line_in_the_walk() => PageWalk.Routes.Order().ShouldBe(PageWalk.Pages.Keys.Order());

    [Fact]
    public async Task No_page_has_a_serious_finding_in_either_theme_and_each_fits_320_pixels()
    {
        var imports = await AnotherPersonAsync();
        await Bill.ImportAsync(imports);
        await new SigningIn(Page).AsAsync(DemoPeople.Finance);
        List<string> problems = [];
        foreach (var path in PageWalk.Pages.Values)
        {
            await LookAsync(path);
            problems.AddRange(await Page.AccessibilityProblemsAsync());
            problems.AddRange(await Reflow.ProblemsAt320Async(Page));
        }

        problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_empty_missing_or_refused_says_so_and_is_as_accessible()
    {
        await new SigningIn(Page).AsAsync(DemoPeople.Finance);
        List<string> problems = [];
        foreach (var (path, words) in PageWalk.States)
        {
            await LookAsync(path);
            await Expect(Page.GetByRole(AriaRole.Main)).ToContainTextAsync(words);
            problems.AddRange(await Page.AccessibilityProblemsAsync());
            problems.AddRange(await Reflow.ProblemsAt320Async(Page));
        }

        problems.ShouldBeEmpty();
    }

    /// <summary>Opens a page and waits until it has read what it shows.</summary>
    private async Task LookAsync(string path)
    {
        if (Static.Contains(path))
        {
            await Page.GotoAsync(path);
        }
        else
        {
            await new AnyPage(Page).OpenAsync(path);
        }

        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Expect(Page.Locator("main .skrows:visible")).ToHaveCountAsync(0);
    }
}
