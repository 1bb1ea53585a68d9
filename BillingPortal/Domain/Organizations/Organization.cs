using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Domain.Organizations;

/// <summary>
/// A customer: a node in the tree of organizations. What money decisions read here (currency, charging model, blocks, closed periods)
/// is written only under its ledger head's lock.
/// </summary>
public sealed class Organization
{
    /// <summary>Its number.</summary>
    public long Id { get; set; }

    /// <summary>How other systems know it; never changes.</summary>
    public Guid Uuid { get; set; }

    /// <summary>Its readable name in addresses; unique on the platform, small letters, digits and hyphens.</summary>
    public string Slug { get; set; } = "";

    /// <summary>For people; 2 to 200 characters.</summary>
    public string Name { get; set; } = "";

    /// <summary>The name as it is searched and sorted: invariant small letters (<see cref="NameSearch.Normalise"/>).</summary>
    public string SearchName { get; set; } = "";

    /// <summary>Its reseller; null at the top.</summary>
    public long? ParentId { get; set; }

    /// <summary>The numbers from the top down to itself, as in <c>/10001/10007/</c>: everything below it begins with its path.</summary>
    public string Path { get; set; } = "";

    /// <summary>The one currency it keeps, ISO 4217.</summary>
    public string Currency { get; set; } = "USD";

    /// <summary>Whether it pays before or after.</summary>
    public ChargingModel ChargingModel { get; set; }

    /// <summary>The plan's code in the catalogue (rules §7).</summary>
    public string Plan { get; set; } = "free";

    /// <summary>The IANA zone in which its months end.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>True where requests may go into overdraft.</summary>
    public bool AllowOverdraft { get; set; }

    /// <summary>True while a person has switched it off.</summary>
    public bool Disabled { get; set; }

    /// <summary>Why requests are refused; null while they are not.</summary>
    public BlockCause? BlockedCause { get; set; }

    /// <summary>Since when, UTC microseconds.</summary>
    public long? BlockedAt { get; set; }

    /// <summary>The end of its last closed period, UTC microseconds; null before the first.</summary>
    public long? ClosedUntil { get; set; }

    /// <summary>When it was created, UTC microseconds.</summary>
    public long CreatedAt { get; set; }

    /// <summary>The provider whose bill it came from; null where it was created by hand.</summary>
    public string? Provider { get; set; }

    /// <summary>The provider's billing account; with <see cref="SubAccountId"/> its identity for imports (rules §3).</summary>
    public string? BillingAccountId { get; set; }

    /// <summary>The provider's sub-account; empty for the billing account itself.</summary>
    public string? SubAccountId { get; set; }

    /// <summary>Whose ledger pays for its charges, where it uses an ancestor's balance (rules §1); null where it pays for itself.</summary>
    public long? PayerId { get; set; }

    /// <summary>True where the platform has checked who it is.</summary>
    public bool Verified { get; set; }

    /// <summary>True for one person's organization, false for a team's.</summary>
    public bool Personal { get; set; }

    /// <summary>The address of its logo.</summary>
    public string? LogoUrl { get; set; }

    /// <summary>The codes of the features it has, separated by spaces, but for the overdraft's permission, which stands alone.</summary>
    public string Features { get; set; } = "";

    /// <summary>Where its people are written to.</summary>
    public string? ContactEmail { get; set; }

    /// <summary>Its postal address, as it is shown.</summary>
    public string? ContactAddress { get; set; }

    /// <summary>Where its terms are read.</summary>
    public string? TermsUrl { get; set; }

    /// <summary>Where its privacy policy is read.</summary>
    public string? PrivacyUrl { get; set; }

    /// <summary>When it was deleted, UTC microseconds; null while it stands.</summary>
    public long? DeletedAt { get; set; }

    /// <summary>When it was changed last, UTC microseconds; null before the first change.</summary>
    public long? UpdatedAt { get; set; }

    /// <summary>Counts its changes; a save against an older count is refused.</summary>
    public long Version { get; set; }

    /// <summary>Its zone.</summary>
    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    /// <summary>Its currency.</summary>
    public Currency Money => Domain.Currency.Of(Currency);
}
