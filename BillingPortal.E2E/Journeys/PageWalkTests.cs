using BillingPortal.E2E.Pages;
using BillingPortal.Store;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BillingPortal.E2E.Journeys;

public sealed class PageWalkTests(PortalFixture portal, Browsers browsers) : BrowserTest(portal, browsers), IClassFixture<PortalFixture>
{
    [Fact]
    public void Every_page_has_its_line_in_the_walk() => PageWalk.Routes.Order().ShouldBe(PageWalk.Pages.Keys.Order());

    [Fact]
    public async Task What_axe_objects_to_is_named_with_the_theme_where_it_shows()
    {
        await Page.SetContentAsync("""
            <html lang="en"><title>Wrong</title><style>@media (prefers-color-scheme: dark) { p { color: #777; background: #666 } }</style>
            <main><h1>Wrong</h1><p>Dim</p><img src="data:,"></main></html>
            """);
        var problems = await Page.AccessibilityProblemsAsync();
        problems.Count.ShouldBe(2);
        problems[0].ShouldContain("(Light): image-alt");
        problems[1].ShouldContain("(Dark): color-contrast");
    }

    [Fact]
    public async Task No_page_has_a_serious_finding_in_either_theme_and_each_fits_320_pixels()
    {
        var imports = await AnotherPersonAsync();
        await Bill.ImportAsync(imports);
        await new SigningIn(Page).AsAsync(DemoPeople.Finance);
        List<string> problems = [];
        foreach (var path in PageWalk.Pages.Values)
        {
            await PageWalk.LookAsync(Page, path);
            problems.AddRange(await Page.AccessibilityProblemsAsync());
            problems.AddRange(await Reflow.ProblemsAt320Async(Page));
        }

        problems.ShouldBeEmpty();
    }
}

/// <summary>The same of what a page shows when there is nothing, or nothing for this person.</summary>
public sealed class StateWalkTests(PortalFixture portal, Browsers browsers) : BrowserTest(portal, browsers), IClassFixture<PortalFixture>
{
    [Fact]
    public async Task What_is_empty_missing_or_refused_says_so_and_is_as_accessible()
    {
        await new SigningIn(Page).AsAsync(DemoPeople.Finance);
        List<string> problems = [];
        foreach (var (path, words) in PageWalk.States)
        {
            await PageWalk.LookAsync(Page, path);
            await Expect(Page.GetByRole(AriaRole.Main)).ToContainTextAsync(words);
            problems.AddRange(await Page.AccessibilityProblemsAsync());
            problems.AddRange(await Reflow.ProblemsAt320Async(Page));
        }

        problems.ShouldBeEmpty();
    }
}
