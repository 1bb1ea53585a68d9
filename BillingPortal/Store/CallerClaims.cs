using System.Security.Claims;

namespace BillingPortal.Store;

/// <summary>The claims by which a principal tells who calls and how. What they may do is never a claim: it is read from the store.</summary>
public static class CallerClaims
{
    /// <summary>The authentication scheme of API tokens.</summary>
    public const string TokenScheme = "Bearer";

    /// <summary>The person's name, for people.</summary>
    public const string Name = "name";

    /// <summary>The API token's number, where a program calls.</summary>
    public const string Token = "token";

    /// <summary>One scope of that token.</summary>
    public const string Scope = "scope";

    /// <summary>Who <paramref name="principal"/> is; null where nobody is signed in.</summary>
    public static Caller? CallerOf(ClaimsPrincipal principal) => principal.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id ? null
        : principal.FindFirstValue(Token) is { } token ? new Caller(id, "token:" + token, principal.FindAll(Scope).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal))
        : new Caller(id, "page");
}
