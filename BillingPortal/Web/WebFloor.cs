using System.Globalization;
using BillingPortal.Web.Api;
using BillingPortal.Web.Forms;
using BillingPortal.Web.Layout;
using BillingPortal.Web.Searching;
using BillingPortal.Store;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Radzen;

namespace BillingPortal.Web;

/// <summary>Puts the faces' kit into the application: components, theme, culture of the request, static files.</summary>
public static class WebFloor
{
    /// <summary>Languages whose way of writing numbers is honoured; the words stay English. A region falls back to its language.</summary>
    private static readonly string[] Cultures =
        ["en", "en-GB", "en-IN", "bg", "cs", "da", "de", "de-AT", "de-CH", "el", "es", "es-MX", "et", "fi", "fr", "fr-CH", "hr", "hu", "it", "it-CH", "ja", "ko", "lt", "lv", "nb", "nl", "nn", "pl", "pt", "pt-BR", "ro", "sk", "sl", "sv", "tr", "uk", "zh"];

    /// <summary>The default scheme: the cookie, or the token where a request carries one.</summary>
    private const string WayIn = "cookie-or-token";

    /// <summary>Adds what pages need.</summary>
    public static IServiceCollection AddWebFloor(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddRadzenComponents();
        services.AddApiDocument();
        services.AddSingleton<RequestAllowance>();
        services.AddCascadingAuthenticationState();
        services.AddAuthentication(WayIn).AddPolicyScheme(WayIn, displayName: null, options => options.ForwardDefaultSelector = Carries);
        services.AddHealthChecks();
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddScoped<MaySee>(provider => provider.GetRequiredService<CurrentCaller>().MayAsync);
        services.AddScoped<Navigation>();
        services.AddScoped<ISearchSource, PageSearch>();
        services.AddScoped<DraftKeeper>();
        services.Configure<RequestLocalizationOptions>(options =>
        {
            options.SetDefaultCulture("en");
            options.SupportedCultures = [.. Cultures.Select(CultureInfo.GetCultureInfo)];
            options.SupportedUICultures = [CultureInfo.GetCultureInfo("en")];
        });
        return services;
    }

    /// <summary>
    /// Adds what stands before every page: headers, culture, who is there, the pages for what is missing or failed. Authorization stands
    /// after those, since they run the pipeline again for another page.
    /// </summary>
    public static WebApplication UseWebFloor(this WebApplication app)
    {
        app.UseWhen(IsForPeople, people => people.UseExceptionHandler("/error", createScopeForErrors: true));
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use(WithPagesForPeopleAsync);
        app.Use(WithHeadersAsync);
        app.UseRequestLocalization();
        app.UseApiErrors();
        app.UseApiTrial();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        return app;
    }

    /// <summary>Maps static files and pages.</summary>
    public static WebApplication MapWebFloor(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapHealthChecks("/health").AllowAnonymous();
        app.MapApiDocument();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
        return app;
    }

    private static bool IsForPeople(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    /// <summary>Pages are for people: no token opens one.</summary>
    private static string Carries(HttpContext context) =>
        context.Request.Headers.Authorization.Count > 0 && context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is null
            ? CallerClaims.TokenScheme
            : IdentityConstants.ApplicationScheme;

    /// <summary>A program's empty 404 stays as its contract made it.</summary>
    private static Task WithPagesForPeopleAsync(HttpContext context, RequestDelegate next)
    {
        if (!IsForPeople(context) && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled = false;
        }

        return next(context);
    }

    /// <summary>Styles in attributes are allowed: Radzen and the charts size themselves with them. Scripts come from this origin only.</summary>
    private static Task WithHeadersAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
            + "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
        return next(context);
    }
}
