using System.Globalization;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Domain.Rating;

/// <summary>Where an allowance comes from. In the order in which they are used.</summary>
public enum AllowanceKind
{
    /// <summary>A data package: paid for by the month.</summary>
    Package = 1,

    /// <summary>An inclusive volume: given.</summary>
    Volume = 2,
}

/// <summary>So much of a service that costs nothing more each month: an inclusive volume, or what a data package holds.</summary>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Id">The volume's or the package's number.</param>
/// <param name="Name">For people: the package's name; empty for a volume.</param>
/// <param name="Service">What is used.</param>
/// <param name="Ratezone">Where; empty for everywhere.</param>
/// <param name="Volume">How much each month, in the service's unit; above 0.</param>
/// <param name="Months">When it holds.</param>
public sealed record Allowance(AllowanceKind Kind, long Id, string Name, string Service, string Ratezone, ExactAmount Volume, Months Months)
{
    /// <summary>When it was taken away at once; null while it stands.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>Its name in a month's tally, as in <c>v12</c>.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{(Kind == AllowanceKind.Package ? 'p' : 'v')}{Id}");

    /// <summary>True where it counts for usage of <paramref name="period"/> that was reported at <paramref name="reportedAt"/>.</summary>
    public bool Holds(BillingPeriod period, Instant reportedAt) => Months.Contains(period) && (EndedAt is not { } ended || reportedAt < ended);

    /// <summary>True where it can be used for <paramref name="service"/> in <paramref name="ratezone"/>.</summary>
    public bool Covers(string service, string ratezone) => string.Equals(Service, service, StringComparison.Ordinal)
        && (Ratezone.Length == 0 || string.Equals(Ratezone, ratezone, StringComparison.Ordinal));
}
