using Microsoft.Playwright;

namespace BillingPortal.E2E;

/// <summary>
/// A test with a person at a browser. Where it fails, a screenshot and a trace (open it at trace.playwright.dev) are left in
/// TestResults, under the test's name.
/// </summary>
public abstract class BrowserTest(PortalFixture portal, Browsers browsers) : IAsyncLifetime
{
    private readonly List<IBrowserContext> _contexts = [];

    /// <summary>The portal under test.</summary>
    protected PortalFixture Portal => portal;

    /// <summary>The only person of most tests.</summary>
    protected IPage Page { get; private set; } = null!;

    /// <inheritdoc />
    public virtual async ValueTask InitializeAsync() => Page = await AnotherPersonAsync();

    /// <summary>Another person, at another browser.</summary>
    protected async Task<IPage> AnotherPersonAsync(BrowserNewContextOptions? options = null)
    {
        var context = await browsers.OpenAsync(portal.Address, options);
        _contexts.Add(context);
        context.SetDefaultTimeout(Browsers.Patience);
        await context.Tracing.StartAsync(new() { Snapshots = true });
        return await context.NewPageAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        var failed = TestContext.Current.TestState?.Result is TestResult.Failed;
        foreach (var (number, context) in _contexts.Index())
        {
            if (failed)
            {
                await KeepEvidenceAsync(context, number);
            }

            await context.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    private static async Task KeepEvidenceAsync(IBrowserContext context, int number)
    {
        var name = string.Concat((TestContext.Current.Test?.TestDisplayName ?? "test").Split(Path.GetInvalidFileNameChars()));
        var folder = Path.Combine(AppContext.BaseDirectory, "../../../TestResults", name[^Math.Min(name.Length, 120)..]);
        Directory.CreateDirectory(folder);
        await context.Tracing.StopAsync(new() { Path = Path.Combine(folder, $"person-{number}.trace.zip") });
        foreach (var (index, page) in context.Pages.Index())
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"person-{number}-page-{index}.png"), FullPage = true });
        }
    }
}
