using System.Security.Claims;
using BillingPortal.Store;
using Microsoft.AspNetCore.Components.Authorization;

namespace BillingPortal.Web;

/// <summary>
/// Who sits before this page. Only the id is taken from the cookie's principal; what they may do is read from the store by each command,
/// because a circuit outlives a cookie.
/// </summary>
public sealed class CurrentCaller(AuthenticationStateProvider authentication)
{
    /// <summary>The caller.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in: the page lacks its <c>[Authorize]</c>.</exception>
    public async Task<Caller> GetAsync() => Of((await authentication.GetAuthenticationStateAsync()).User)
        ?? throw new InvalidOperationException("Nobody is signed in.");

    /// <summary>The person of <paramref name="principal"/> at a page; null where nobody is signed in.</summary>
    public static Caller? Of(ClaimsPrincipal principal) =>
        principal.FindFirstValue(ClaimTypes.NameIdentifier) is { } id ? new Caller(id, "page") : null;
}
