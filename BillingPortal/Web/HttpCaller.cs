using BillingPortal.Store;

namespace BillingPortal.Web;

/// <summary>Who calls an endpoint.</summary>
public static class HttpCaller
{
    /// <summary>
    /// The caller of this request: the person of the cookie, or the program of the token. Routes that change something take tokens alone,
    /// so that no other site can use a person's cookie.
    /// </summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in: the endpoint allows anonymous callers.</exception>
    public static Caller GetCaller(this HttpContext context) =>
        CallerClaims.CallerOf(context.User) ?? throw new InvalidOperationException("Nobody is signed in.");
}
