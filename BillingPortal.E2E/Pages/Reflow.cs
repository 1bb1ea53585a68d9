using Microsoft.Playwright;

namespace BillingPortal.E2E.Pages;

/// <summary>Whether a page fits a window of 320 CSS px: 1280 px at 400 %, as WCAG 1.4.10 has it.</summary>
public static class Reflow
{
    private const string Problems = """
        () => {
          const found = [];
          const over = document.documentElement.scrollWidth - innerWidth;
          if (over > 0) {
            const wide = [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 3);
            found.push(`scrolls sideways by ${over} px: ` + wide.map(e => e.tagName.toLowerCase() + '.' + e.className).join(', '));
          }
          for (const frame of document.querySelectorAll('main *')) {
            const scrolls = /auto|scroll/.test(getComputedStyle(frame).overflowX) && frame.scrollWidth > frame.clientWidth + 1 && frame.clientWidth > 0;
            const input = frame.matches('input, textarea, select');
            const reachable = frame.tabIndex === 0 ? frame.hasAttribute('aria-label') || frame.hasAttribute('aria-labelledby') : frame.querySelector('a, button, input') !== null;
            if (scrolls && !input && !reachable) found.push(`a frame scrolls and has no name or focus: ${frame.tagName.toLowerCase()}.${frame.className}`);
          }
          return found;
        }
        """;

    /// <summary>What is wrong at 320 px; empty where the page reflows. The window has its old size afterwards.</summary>
    public static async Task<IReadOnlyList<string>> ProblemsAt320Async(IPage page)
    {
        var before = page.ViewportSize!;
        await page.SetViewportSizeAsync(320, 640);
        var found = await page.EvaluateAsync<string[]>(Problems);
        await page.SetViewportSizeAsync(before.Width, before.Height);
        return [.. found.Select(problem => $"{page.Url}: {problem}")];
    }
}
