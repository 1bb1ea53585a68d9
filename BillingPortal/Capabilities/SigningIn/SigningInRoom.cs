using BillingPortal.Store;
using BillingPortal.Store.Rows;
using BillingPortal.Web.CommandLine;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace BillingPortal.Capabilities.SigningIn;

/// <summary>Who people are: Identity over the store, the cookie, the circuit's revalidation and the keys that seal them.</summary>
public static class SigningInRoom
{
    /// <summary>How long a changed security stamp may go unnoticed by a cookie or a circuit.</summary>
    public static readonly TimeSpan Revalidation = TimeSpan.FromMinutes(1);

    /// <summary>Adds it.</summary>
    public static IServiceCollection AddSigningIn(this IServiceCollection services)
    {
        services.AddIdentityCore<BillingUser>(Shape)
            .AddEntityFrameworkStores<BillingStore>()
            .AddSignInManager()
            .AddClaimsPrincipalFactory<PersonClaims>();
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = Revalidation);
        var authentication = services.AddAuthentication();

        // No second factor yet, but Identity ends its memory along with a session that is no longer valid.
        authentication.AddTwoFactorRememberMeCookie();
        authentication.AddApplicationCookie().Configure(options =>
        {
            options.Cookie.Name = "billing";
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.LoginPath = "/sign-in";
            options.ReturnUrlParameter = "returnUrl";
            options.ExpireTimeSpan = TimeSpan.FromHours(12);
            options.SlidingExpiration = true;
            options.Events.OnRedirectToLogin = SignInFirst;
            options.Events.OnRedirectToAccessDenied = context =>
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            };
        });
        services.AddScoped<AuthenticationStateProvider, SessionRevalidation>();
        services.AddDataProtection().SetApplicationName("BillingPortal");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, StoredKeys>();
        services.AddSingleton<PeopleRegister>();
        services.AddSingleton<PasswordSignIn>();
        services.AddSingleton<ChangePassword>();
        services.AddSingleton<EndSessions>();
        services.AddSingleton<GetOwnAccount>();
        services.AddSingleton<IStartStep, DemoPeopleStep>();
        services.AddSingleton<AskPassword>(PasswordPrompt.AskAsync);
        services.AddScoped<IVerb, CreateAdminVerb>();
        return services;
    }

    /// <summary>People are shown the way in; programs are told what they lack, and that a page is nothing for them.</summary>
    private static Task SignInFirst(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (context.Request.Headers.Authorization.Count > 0)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        else if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
            || context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
        {
            context.Response.Redirect(context.RedirectUri);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = CallerClaims.TokenScheme;
        }

        return Task.CompletedTask;
    }

    /// <summary>Length is what makes a password hard to guess; five wrong ones close the account for a quarter of an hour.</summary>
    private static void Shape(IdentityOptions options)
    {
        options.Password = new PasswordOptions
        {
            RequiredLength = 10,
            RequiredUniqueChars = 4,
            RequireDigit = false,
            RequireLowercase = false,
            RequireUppercase = false,
            RequireNonAlphanumeric = false,
        };
        options.Lockout.MaxFailedAccessAttempts = 5;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
        options.User.RequireUniqueEmail = true;
        options.User.AllowedUserNameCharacters = "";
    }
}
