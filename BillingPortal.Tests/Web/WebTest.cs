using System.Globalization;
using BillingPortal.Domain.Access;
using BillingPortal.Tests.Setup;
using BillingPortal.Web.Layout;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace BillingPortal.Tests.Web;

/// <summary>Renders components as in a live circuit, with a clock of its own and the culture of an English reader.</summary>
public abstract class WebTest : BunitContext
{
    /// <summary>How long is waited for what a test is sure to see: only a broken page waits that long, however busy the machine.</summary>
    static WebTest() => DefaultWaitTimeout = TimeSpan.FromSeconds(30);

    private protected WebTest()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddScoped<MaySee>(_ => () => Task.FromResult<Predicate<Permission>?>(permission => !Hidden.Contains(permission)));
        Services.AddScoped<Navigation>();
        Reader("en");
    }

    /// <summary>False before the circuit is up, when a page is only prerendered.</summary>
    private protected bool CircuitIsUp { get; set; } = true;

    /// <inheritdoc />
    public override IRenderedComponent<TComponent> Render<TComponent>(Action<ComponentParameterCollectionBuilder<TComponent>>? parameterBuilder = null)
    {
        SetRendererInfo(new RendererInfo("Server", CircuitIsUp));
        return base.Render(parameterBuilder);
    }

    private protected FakeClock Clock { get; } = new();

    /// <summary>Permissions that the person at this page does not hold.</summary>
    private protected HashSet<Permission> Hidden { get; } = [];

    /// <summary>
    /// Lets time pass over a page. An event may still wait behind a render on another thread; a clock that is moved before it came in does not
    /// ring for it, so what was dispatched comes first, and what rang has begun when this ends.
    /// </summary>
    private protected async Task PassAsync(TimeSpan span)
    {
        await Renderer.Dispatcher.InvokeAsync(() => { });
        Clock.Advance(span);
        await Renderer.Dispatcher.InvokeAsync(() => { });
    }

    /// <summary>Lets a form rest, and waits for its preview.</summary>
    private protected async Task RestAsync<T>(IRenderedComponent<T> page)
        where T : IComponent
    {
        await PassAsync(TimeSpan.FromSeconds(1));
        page.WaitForAssertion(() => page.Markup.ShouldNotContain("Reading"));
    }

    private protected static void Reader(string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
    }
}
