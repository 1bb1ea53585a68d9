using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Access;

namespace BillingPortal.Capabilities.ApiTokens;

/// <summary>What a new token is to be.</summary>
/// <param name="Name">What its owner calls it, 1 to 100 characters.</param>
/// <param name="Scopes">What it may do of what its owner may.</param>
/// <param name="ExpiresAt">When it ends; null for never.</param>
public sealed record TokenForm(string Name, ImmutableArray<string> Scopes, Instant? ExpiresAt)
{
    /// <summary>The longest name.</summary>
    public const int MaxName = 100;

    /// <summary>What cannot be meant of it.</summary>
    public IEnumerable<FieldError> Errors(Instant now)
    {
        if (string.IsNullOrWhiteSpace(Name))
        {
            yield return new FieldError(nameof(Name), "required", "Give the token a name, so that you know it again.");
        }
        else if (Name.Length > MaxName)
        {
            yield return new FieldError(nameof(Name), "too_long", $"At most {MaxName} characters.");
        }

        if (Scopes.IsEmpty)
        {
            yield return new FieldError(nameof(Scopes), "required", "Choose at least one scope.");
        }

        foreach (var unknown in Scopes.Where(scope => !PermissionNames.Scopes.Contains(scope)))
        {
            yield return new FieldError(nameof(Scopes), "unknown", $"'{unknown}' is not a scope. There are: {string.Join(", ", PermissionNames.Scopes)}.");
        }

        if (ExpiresAt is { } end && end <= now)
        {
            yield return new FieldError(nameof(ExpiresAt), "in_past", "It would have ended already.");
        }
    }
}
