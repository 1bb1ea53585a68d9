namespace BillingPortal.Store;

/// <summary>Why the token of a request opened nothing. Stands among the request's features, so that each contract can say it its own way.</summary>
/// <param name="Failure">Why.</param>
public sealed record TokenRejection(TokenFailure Failure);

/// <summary>Every such reason.</summary>
public enum TokenFailure
{
    /// <summary>None was sent.</summary>
    Missing,

    /// <summary>The header is not <c>Bearer</c> and one token, or no such token was ever given.</summary>
    Unknown,

    /// <summary>It ended.</summary>
    Expired,

    /// <summary>Its owner revoked it.</summary>
    Revoked,

    /// <summary>Its owner's account is closed.</summary>
    OwnerClosed,
}
