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

    private protected static void Reader(string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
    }
}
