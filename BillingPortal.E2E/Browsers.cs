using BillingPortal.Tests.Setup;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(BillingPortal.E2E.Browsers))]

namespace BillingPortal.E2E;

/// <summary>Debian's Chromium, started by the first test that needs a browser and shared by all; each test has its own context.</summary>
public sealed class Browsers : IAsyncDisposable
{
    /// <summary>How long, in milliseconds, is waited for what a page is sure to show: only a broken page waits that long, however busy the machine.</summary>
    internal const float Patience = 30_000;

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--disable-dev-shm-usage",
    ];

    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> _running = new(LaunchAsync);

    /// <summary>A browser with nothing in it: no cookies, no storage.</summary>
    internal async Task<IBrowserContext> OpenAsync(Uri address, BrowserNewContextOptions? options = null)
    {
        var (_, browser) = await _running.Value;
        options ??= new() { ViewportSize = new() { Width = 1280, Height = 800 } };
        options.BaseURL = address.ToString();
        options.Locale ??= "en-US";
        options.TimezoneId ??= "UTC";
        return await browser.NewContextAsync(options);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_running is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            var (playwright, browser) = await _running.Value;
            await browser.DisposeAsync();
            playwright.Dispose();
        }
    }

    private static async Task<(IPlaywright Playwright, IBrowser Browser)> LaunchAsync()
    {
        var chromium = SystemParts.Chromium();
        Assertions.SetDefaultExpectTimeout(Patience);
        var playwright = await Playwright.CreateAsync();
        return (playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = Arguments }));
    }
}
