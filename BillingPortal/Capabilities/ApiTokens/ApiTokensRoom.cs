using BillingPortal.Web.CommandLine;
using Microsoft.AspNetCore.Authentication;

namespace BillingPortal.Capabilities.ApiTokens;

/// <summary>Programs in people's names: tokens, how a request carries one, the page and the verb that make them.</summary>
public static class ApiTokensRoom
{
    /// <summary>Adds it.</summary>
    public static IServiceCollection AddApiTokens(this IServiceCollection services)
    {
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.SchemeName, displayName: null, configureOptions: null);
        services.AddSingleton<TokenUses>().AddHostedService(provider => provider.GetRequiredService<TokenUses>());
        services.AddSingleton<CreateToken>().AddSingleton<ListTokens>().AddSingleton<RevokeToken>();
        services.AddScoped<IVerb, CreateTokenVerb>();
        return services;
    }
}
