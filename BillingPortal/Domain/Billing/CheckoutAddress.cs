namespace BillingPortal.Domain.Billing;

/// <summary>
/// An address outside of the portal that a person is sent to from a purchase: checked when the purchase is begun, so that no address in a link can send
/// anybody anywhere, and shown with its host before the person leaves.
/// </summary>
public static class CheckoutAddress
{
    /// <summary>The longest address.</summary>
    public const int MaxLength = 2_000;

    /// <summary>What stands in an address in the place of the purchase's id.</summary>
    public const string Placeholder = "{CHECKOUT_SESSION_ID}";

    /// <summary>What is wrong with it, as contract 3 names it; null where it can be used.</summary>
    public static (string Code, string Message)? Fault(string address) =>
        address.Length == 0 ? ("string_too_short", "must not be empty.")
        : address.Length > MaxLength ? ("string_too_long", $"must be at most {MaxLength} characters.")
        : Parsed(address) is null ? ("value_error", "must be an https address, or an http one of this machine (localhost), without a user's name.")
        : null;

    /// <summary>Where the person goes.</summary>
    public static string Of(string address, string id) => Parsed(address)?.AbsoluteUri.Replace(Uri.EscapeDataString(Placeholder), id, StringComparison.Ordinal)
        ?? throw new ArgumentException("The address was not checked.", nameof(address));

    /// <summary>The host as people are shown it: letters of other alphabets in the form that cannot be mistaken for Latin ones.</summary>
    public static string HostOf(string address) => Parsed(address) is not { } uri ? "" : uri.IsDefaultPort ? uri.IdnHost : $"{uri.IdnHost}:{uri.Port}";

    private static Uri? Parsed(string address) =>
        !address.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter) || letter == '\\')
        && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && uri.Host.Length > 0
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            ? uri
            : null;
}
