using BillingPortal.Domain.Billing;

namespace BillingPortal.Capabilities.Overviews;

/// <summary>Whether an organization can be charged: the three states a list tells apart.</summary>
public enum OrganizationState
{
    /// <summary>Neither blocked nor disabled.</summary>
    Active,

    /// <summary>Its requests are refused until the cause ends.</summary>
    Blocked,

    /// <summary>A person has switched it off.</summary>
    Disabled,
}

/// <summary>Which organizations of those a caller may see. What is null lets everything through; the default is everything.</summary>
public sealed record OrganizationFilter
{
    /// <summary>The beginning of the name, of a word of it or of the slug; or the whole number or UUID.</summary>
    public string? Text { get; init; }

    /// <summary>In this state.</summary>
    public OrganizationState? State { get; init; }

    /// <summary>Paying this way.</summary>
    public ChargingModel? Model { get; init; }

    /// <summary>Keeping this currency, ISO 4217.</summary>
    public string? Currency { get; init; }

    /// <summary>True for those alone that have sub-organizations.</summary>
    public bool ResellersOnly { get; init; }

    /// <summary>This organization's number and everything below it.</summary>
    public long? Tree { get; init; }

    /// <summary>The direct sub-organizations of this number.</summary>
    public long? Parent { get; init; }
}

/// <summary>What a list of organizations is sorted by. Ties go by number.</summary>
public enum OrganizationSort
{
    /// <summary>The name as it is searched.</summary>
    Name,

    /// <summary>The number: oldest first.</summary>
    Number,

    /// <summary>Cash, bonus and overdraft; currency by currency, since amounts of two currencies have no order.</summary>
    Balance,
}

/// <summary>Which part of a list is wanted. Parts go by key: there is neither an offset nor a page number.</summary>
/// <param name="Sort">The order.</param>
/// <param name="Descending">True for the reverse order.</param>
/// <param name="Rows">How many organizations at most, 1 to 1,000.</param>
/// <param name="After">The part follows this organization; null from the start.</param>
/// <param name="Before">The part ends before this organization; wins over <paramref name="After"/>.</param>
/// <param name="Month">The month whose spend is shown; null for the present one, each in its own zone.</param>
public sealed record ListPart(
    OrganizationSort Sort = OrganizationSort.Name, bool Descending = false, int Rows = 25,
    OrganizationCursor? After = null, OrganizationCursor? Before = null, BillingPeriod? Month = null)
{
    /// <summary>The most rows that one part has.</summary>
    public const int Most = 1_000;
}
