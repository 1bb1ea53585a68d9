using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;
using BillingPortal.Store.Usage;

namespace BillingPortal.Capabilities.ImportingUsage;

/// <summary>What publishing an import would change for one organization in one month.</summary>
/// <param name="Organization">Its number; null where the import creates it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Period">The month.</param>
/// <param name="Before">What was delivered before.</param>
/// <param name="Delivered">What is delivered now.</param>
/// <param name="Posted">What is posted.</param>
/// <param name="Entries">In how many entries.</param>
public sealed record UsageChange(
    OrganizationId? Organization, string Name, BillingPeriod Period, ExactAmount Before, ExactAmount Delivered, Money Posted, int Entries);

/// <summary>What publishing a staged import would do, bound to a digest.</summary>
/// <param name="Import">The import's number.</param>
/// <param name="Agreement">What a publication of exactly this agrees to.</param>
/// <param name="Summary">In figures.</param>
/// <param name="Changes">By organization and month, the largest first.</param>
public sealed record UsagePreview(long Import, Agreement Agreement, UsageSummary Summary, ImmutableArray<UsageChange> Changes)
{
    /// <summary>The last moment at which it can be agreed to.</summary>
    public Instant ValidUntil => Agreement.ShownAt.Plus(Agreement.Validity);
}
