using Microsoft.AspNetCore.Identity;

namespace BillingPortal.Store.Rows;

/// <summary>A person who signs in.</summary>
public sealed class BillingUser : IdentityUser
{
    /// <summary>For people.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>The code of a platform role; null for people of organizations.</summary>
    public string? PlatformRole { get; set; }

    /// <summary>True for the three people of the demo, with whom production does not start.</summary>
    public bool Demo { get; set; }

    /// <summary>
    /// True where a lock-out end means that somebody closed the account for good. Wrong passwords lock sign-in for minutes only, and
    /// must not stop a person's programs: anybody who knows an address could do that.
    /// </summary>
    public static bool IsClosed(DateTimeOffset? lockoutEnd) => lockoutEnd?.Year >= 9_000;
}

/// <summary>A person's role in an organization and everything below it.</summary>
public sealed class Membership
{
    /// <summary>Whose.</summary>
    public string UserId { get; set; } = "";

    /// <summary>Where.</summary>
    public long OrganizationId { get; set; }

    /// <summary>The role's code.</summary>
    public string Role { get; set; } = "";
}

/// <summary>An API token. The token itself is shown once and never stored.</summary>
public sealed class ApiToken
{
    /// <summary>Its number.</summary>
    public long Id { get; set; }

    /// <summary>The person it acts for.</summary>
    public string UserId { get; set; } = "";

    /// <summary>What its owner calls it.</summary>
    public string Name { get; set; } = "";

    /// <summary>SHA-256 of the token, hexadecimal.</summary>
    public string Hash { get; set; } = "";

    /// <summary>The token's last four characters, to tell tokens apart.</summary>
    public string LastFour { get; set; } = "";

    /// <summary>Scopes, separated by spaces.</summary>
    public string Scopes { get; set; } = "";

    /// <summary>UTC microseconds, here and below.</summary>
    public long CreatedAt { get; set; }

    /// <summary>When it ends; null for never.</summary>
    public long? ExpiresAt { get; set; }

    /// <summary>When it last opened a door, to the minute.</summary>
    public long? LastUsedAt { get; set; }

    /// <summary>When it was revoked.</summary>
    public long? RevokedAt { get; set; }
}

/// <summary>Something that happened to an organization and is not money: blocked, unblocked.</summary>
public sealed class OrganizationEvent
{
    /// <summary>Its number.</summary>
    public long Id { get; set; }

    /// <summary>To whom.</summary>
    public long OrganizationId { get; set; }

    /// <summary>When, UTC microseconds.</summary>
    public long At { get; set; }

    /// <summary>A stable word: <c>blocked</c>, <c>unblocked</c>.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Words for a person.</summary>
    public string Text { get; set; } = "";

    /// <summary>The entry that caused it.</summary>
    public long? Seq { get; set; }
}

/// <summary>When a law was last checked, over what, and whether it held.</summary>
public sealed class LawCheck
{
    /// <summary>The law's code.</summary>
    public string Law { get; set; } = "";

    /// <summary>When the check ended, UTC microseconds.</summary>
    public long CheckedAt { get; set; }

    /// <summary>Whether it held.</summary>
    public bool Holds { get; set; }

    /// <summary>Over how many things.</summary>
    public long Over { get; set; }

    /// <summary>What was found, in words.</summary>
    public string Finding { get; set; } = "";
}

/// <summary>A key of ASP.NET Core's data protection, kept in the store so that restarts and second nodes read the same cookies.</summary>
public sealed class ProtectionKey
{
    /// <summary>The key's own id.</summary>
    public string Id { get; set; } = "";

    /// <summary>The key as XML.</summary>
    public string Xml { get; set; } = "";
}
