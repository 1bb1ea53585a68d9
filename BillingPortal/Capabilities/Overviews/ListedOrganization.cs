using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Capabilities.Overviews;

/// <summary>An organization as lists show it.</summary>
public sealed record ListedOrganization
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>How other systems know it.</summary>
    public required Guid Uuid { get; init; }

    /// <summary>Its name in addresses.</summary>
    public required string Slug { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Name { get; init; }

    /// <summary>Its name as it is sorted.</summary>
    public required string SearchName { get; init; }

    /// <summary>Its reseller's number.</summary>
    public required long? ParentId { get; init; }

    /// <summary>Whether it can be charged.</summary>
    public required OrganizationState State { get; init; }

    /// <summary>Why it is blocked; null where it is not.</summary>
    public required BlockCause? BlockedCause { get; init; }

    /// <summary>True where it has sub-organizations.</summary>
    public required bool IsReseller { get; init; }

    /// <summary>The plan's code.</summary>
    public required string Plan { get; init; }

    /// <summary>When it pays.</summary>
    public required ChargingModel Model { get; init; }

    /// <summary>The zone in which its months end, an IANA name.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The currency of its amounts.</summary>
    public required Currency Currency { get; init; }

    /// <summary>The month that <see cref="Spend"/> is of.</summary>
    public required BillingPeriod Month { get; init; }

    /// <summary>Charges net of corrections in <see cref="Month"/>, by effective time in its own zone.</summary>
    public required Money Spend { get; init; }

    /// <summary>Cash + bonus + overdraft (rules §4).</summary>
    public required Money Balance { get; init; }

    /// <summary>Unbilled and invoiced receivable: negative where it owes.</summary>
    public required Money Owed { get; init; }
}

/// <summary>A part of a list.</summary>
/// <param name="Rows">In order.</param>
/// <param name="Previous">Ask for what is before this; null at the start.</param>
/// <param name="Next">Ask for what follows this; null at the end.</param>
public sealed record OrganizationList(IReadOnlyList<ListedOrganization> Rows, OrganizationCursor? Previous, OrganizationCursor? Next);
