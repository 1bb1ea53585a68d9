namespace BillingPortal.Web;

/// <summary>Where to go once something is done that a page was left for, as signing in or adding a card: only to this portal, or a link could send people anywhere.</summary>
public static class ReturnAddress
{
    /// <summary><paramref name="wanted"/> where it is a path of this portal, else null.</summary>
    public static string? Find(string? wanted) => Of(wanted) is var path && path == wanted ? path : null;

    /// <summary><paramref name="wanted"/> where it is a path of this portal, else the first page.</summary>
    public static string Of(string? wanted) => wanted is ['/', ..] and not ['/', '/' or '\\', ..] && !wanted.Any(char.IsControl) && !IsSignIn(wanted) ? wanted : "/";

    private static bool IsSignIn(string path) => path.StartsWith("/sign-", StringComparison.OrdinalIgnoreCase);
}
