using BillingPortal.Domain.Billing;

namespace BillingPortal.Domain.Rating;

/// <summary>What became of a custom rate. Stored: never renumber.</summary>
public enum CustomRateState
{
    /// <summary>It holds in its months.</summary>
    Standing = 0,

    /// <summary>It was taken away after it had begun: it holds for what was reported before that, and for nothing after.</summary>
    Expired = 1,

    /// <summary>It was taken away before it began.</summary>
    Deleted = 2,
}

/// <summary>
/// A price that one organization was given instead of its tariff's. It holds for what is used beyond <see cref="Volume"/> in a month, so that several
/// of them make steps; the first step's volume is 0.
/// </summary>
/// <param name="Id">Its number.</param>
/// <param name="Tariff">The tariff within which it holds; null for whatever tariff the organization has.</param>
/// <param name="Service">What is used.</param>
/// <param name="Ratezone">Where; empty for everywhere that has no rate of its own.</param>
/// <param name="Volume">How much of it is used in the month before this price holds; at least 0.</param>
/// <param name="Rate">The price of one unit; at least 0, at most eleven decimals.</param>
/// <param name="Months">When it holds.</param>
public sealed record CustomRate(long Id, long? Tariff, string Service, string Ratezone, ExactAmount Volume, ExactAmount Rate, Months Months)
{
    /// <summary>What became of it.</summary>
    public CustomRateState State { get; init; }

    /// <summary>When it was taken away.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>True where it counts for usage of <paramref name="period"/> that was reported at <paramref name="reportedAt"/>.</summary>
    public bool Holds(BillingPeriod period, Instant reportedAt) =>
        State != CustomRateState.Deleted && Months.Contains(period) && (EndedAt is not { } ended || reportedAt < ended);

    /// <summary>True where both price the same step of the same usage.</summary>
    public bool IsSameStep(CustomRate other) => Tariff == other.Tariff && Volume == other.Volume
        && string.Equals(Service, other.Service, StringComparison.Ordinal) && string.Equals(Ratezone, other.Ratezone, StringComparison.Ordinal);
}
