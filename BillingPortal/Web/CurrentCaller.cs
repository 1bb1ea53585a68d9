using System.Security.Claims;
using BillingPortal.Domain.Access;
using BillingPortal.Store;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;

namespace BillingPortal.Web;

/// <summary>
/// Who sits before this page. Only the id is taken from the cookie's principal; what they may do is read from the store by each command,
/// because a circuit outlives a cookie.
/// </summary>
public sealed class CurrentCaller(AuthenticationStateProvider authentication, IDbContextFactory<BillingStore> stores)
{
    /// <summary>The caller.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in: the page lacks its <c>[Authorize]</c>.</exception>
    public async Task<Caller> GetAsync() => await FindAsync() ?? throw new InvalidOperationException("Nobody is signed in.");

    /// <summary>What they may do, as the store says now. A page asks it to hide or explain what would be refused; commands ask it themselves.</summary>
    public async Task<Access> AccessAsync(CancellationToken cancel)
    {
        await using var store = await stores.CreateDbContextAsync(cancel);
        return await Access.ReadAsync(store, await GetAsync(), cancel);
    }

    /// <summary>The person of <paramref name="principal"/> at a page, or the program; null where nobody is signed in.</summary>
    public static Caller? Of(ClaimsPrincipal principal) => CallerClaims.CallerOf(principal);

    /// <summary>What they hold somewhere, for the navigation; null where nobody is signed in.</summary>
    internal async Task<Predicate<Permission>?> MayAsync() =>
        await FindAsync() is null ? null : (await AccessAsync(CancellationToken.None)).MaySomewhere;

    private async Task<Caller?> FindAsync() => Of((await authentication.GetAuthenticationStateAsync()).User);
}
