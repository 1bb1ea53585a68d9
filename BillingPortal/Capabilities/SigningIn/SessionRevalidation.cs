using System.Security.Claims;
using BillingPortal.Store.Rows;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace BillingPortal.Capabilities.SigningIn;

/// <summary>
/// Looks every minute whether the person of a circuit still has the security stamp they signed in with: a circuit outlives its cookie,
/// and nothing else would end it.
/// </summary>
public sealed class SessionRevalidation(
    ILoggerFactory log, IServiceScopeFactory scopes, IOptions<SecurityStampValidatorOptions> stamps, IOptions<IdentityOptions> identity)
    : RevalidatingServerAuthenticationStateProvider(log)
{
    /// <inheritdoc />
    protected override TimeSpan RevalidationInterval => stamps.Value.ValidationInterval;

    /// <inheritdoc />
    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<BillingUser>>();
        var stamp = authenticationState.User.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType);
        return await users.GetUserAsync(authenticationState.User) is { } user
            && string.Equals(stamp, await users.GetSecurityStampAsync(user), StringComparison.Ordinal);
    }
}
