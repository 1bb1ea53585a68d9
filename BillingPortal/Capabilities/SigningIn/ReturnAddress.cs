namespace BillingPortal.Capabilities.SigningIn;

/// <summary>Where to go after signing in: only to this portal, or sign-in would send people wherever a link says.</summary>
public static class ReturnAddress
{
    /// <summary><paramref name="wanted"/> where it is a path of this portal, else the first page.</summary>
    public static string Of(string? wanted) => wanted is ['/', ..] and not ['/', '/' or '\\', ..] && !wanted.Any(char.IsControl) && !IsSignIn(wanted) ? wanted : "/";

    private static bool IsSignIn(string path) => path.StartsWith("/sign-", StringComparison.OrdinalIgnoreCase);
}
