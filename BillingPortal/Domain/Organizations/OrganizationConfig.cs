namespace BillingPortal.Domain.Organizations;

/// <summary>How an organization is written to and where its words are read: contract 1's <c>config</c>. Null where nothing is known.</summary>
/// <param name="Email">Where its people are written to.</param>
/// <param name="Address">Its postal address, as it is shown.</param>
/// <param name="TermsUrl">Where its terms are read.</param>
/// <param name="PrivacyUrl">Where its privacy policy is read.</param>
public sealed record OrganizationConfig(string? Email = null, string? Address = null, string? TermsUrl = null, string? PrivacyUrl = null)
{
    /// <summary>Nothing known.</summary>
    public static readonly OrganizationConfig Empty = new();

    /// <summary>What is stored for <paramref name="organization"/>.</summary>
    public static OrganizationConfig Of(Organization organization) =>
        new(organization.ContactEmail, organization.ContactAddress, organization.TermsUrl, organization.PrivacyUrl);

    /// <summary>Each changed part in place of its own; parts that the change does not name stay.</summary>
    public OrganizationConfig After(ConfigChange change) => new(
        change.Email.Over(Email), change.Address.Over(Address), change.TermsUrl.Over(TermsUrl), change.PrivacyUrl.Over(PrivacyUrl));
}

/// <summary>A wish about <see cref="OrganizationConfig"/>, part by part.</summary>
public sealed record ConfigChange
{
    /// <summary>Leaves everything as it is.</summary>
    public static readonly ConfigChange None = new();

    /// <summary>The address for mail.</summary>
    public Setting Email { get; init; }

    /// <summary>The postal address.</summary>
    public Setting Address { get; init; }

    /// <summary>The terms.</summary>
    public Setting TermsUrl { get; init; }

    /// <summary>The privacy policy.</summary>
    public Setting PrivacyUrl { get; init; }
}

/// <summary>A text that somebody may have sent: the default was not sent and changes nothing; a sent null clears.</summary>
/// <param name="IsSent">True where it was sent.</param>
/// <param name="Value">The new text; null clears.</param>
public readonly record struct Setting(bool IsSent, string? Value)
{
    /// <summary>To this text, or cleared.</summary>
    public static Setting To(string? value) => new(true, value);

    /// <summary>What results where <paramref name="current"/> stands.</summary>
    public string? Over(string? current) => IsSent ? Value : current;
}
