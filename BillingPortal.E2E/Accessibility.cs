using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace BillingPortal.E2E;

/// <summary>What axe thinks of a page as it stands, in light and in dark.</summary>
internal static class Accessibility
{
    /// <summary>Axe is put into a page once and asked there, which a page without frames allows; only what it finds comes back.</summary>
    private const string Findings = """
        async ({ theme, rules }) => {
          const only = rules.length > 0 ? { runOnly: { type: 'rule', values: rules } } : {};
          const { violations } = await axe.run(document, { resultTypes: ['violations'], ...only });
          return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, help, nodes }) =>
            `${location.href} (${theme}): ${id}, ${help}\n` + nodes.map(node => `    ${node.target}: ${node.html}`).join('\n'));
        }
        """;

    /// <summary>The rules that look at colours. What all others look at is the same in either theme.</summary>
    private static readonly string[] Colours = ["color-contrast", "link-in-text-block"];

    private static readonly Lazy<string> Axe = new(() => new BundledAxeScriptProvider().GetScript());

    /// <summary>Fails naming each serious or critical finding, with the elements.</summary>
    public static async Task ShouldBeAccessibleAsync(this IPage page) => (await page.AccessibilityProblemsAsync()).ShouldBeEmpty();

    /// <summary>Each serious or critical finding in words: of every rule in light, and of those that look at colours in dark.</summary>
    public static async Task<IReadOnlyList<string>> AccessibilityProblemsAsync(this IPage page)
    {
        (await page.Locator("iframe, frame").CountAsync()).ShouldBe(0, "axe looks into no frame here");
        await page.EvaluateAsync(Axe.Value);
        List<string> problems = [];
        foreach (var (theme, rules) in new[] { (ColorScheme.Light, Array.Empty<string>()), (ColorScheme.Dark, Colours) })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = theme, ReducedMotion = ReducedMotion.Reduce });
            problems.AddRange(await page.EvaluateAsync<string[]>(Findings, new { theme = theme.ToString(), rules }));
        }

        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Null });
        return problems;
    }
}
