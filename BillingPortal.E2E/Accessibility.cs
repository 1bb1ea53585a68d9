using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace BillingPortal.E2E;

/// <summary>What axe thinks of a page as it stands, in light and in dark.</summary>
internal static class Accessibility
{
    /// <summary>Fails naming each serious or critical finding, with the elements.</summary>
    public static async Task ShouldBeAccessibleAsync(this IPage page) => (await page.AccessibilityProblemsAsync()).ShouldBeEmpty();

    /// <summary>Each serious or critical finding in words, light and dark.</summary>
    public static async Task<IReadOnlyList<string>> AccessibilityProblemsAsync(this IPage page)
    {
        List<string> problems = [];
        foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = theme, ReducedMotion = ReducedMotion.Reduce });
            var result = await page.RunAxe();
            problems.AddRange(result.Violations.Where(violation => violation.Impact is "serious" or "critical")
                .Select(violation => Describe(violation, theme, page.Url)));
        }

        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Null });
        return problems;
    }

    private static string Describe(AxeResultItem violation, ColorScheme theme, string url) =>
        $"{url} ({theme}): {violation.Id}, {violation.Help}\n"
        + string.Join('\n', violation.Nodes.Select(node => $"    {node.Target}: {node.Html}"));
}
