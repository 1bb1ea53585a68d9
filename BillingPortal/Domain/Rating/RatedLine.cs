using System.Collections.Immutable;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Rating;

/// <summary>
/// Rated usage as it is kept, so that it explains itself: what was reported, by which rates it was priced, what was included, and where the fraction
/// below a millionth went. A line is never changed: re-rating writes another that supersedes it.
/// </summary>
public sealed record RatedLine
{
    /// <summary>Its number within the organization, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>The key under which it was reported or rated again.</summary>
    public required string Key { get; init; }

    /// <summary>What was used.</summary>
    public required string Service { get; init; }

    /// <summary>Where; empty where it was not said.</summary>
    public required string Ratezone { get; init; }

    /// <summary>How much.</summary>
    public required ExactAmount Quantity { get; init; }

    /// <summary>What a quantity of one is; empty where the tariff does not say.</summary>
    public string Unit { get; init; } = "";

    /// <summary>When it was used.</summary>
    public required Instant OccurredAt { get; init; }

    /// <summary>When it was reported; a line that supersedes another keeps that of the report.</summary>
    public required Instant ReportedAt { get; init; }

    /// <summary>When this line was written.</summary>
    public required Instant RatedAt { get; init; }

    /// <summary>The month it was used in, whose rates hold.</summary>
    public required BillingPeriod Period { get; init; }

    /// <summary>Its parts, each with one price.</summary>
    public required ImmutableArray<RatedPart> Parts { get; init; }

    /// <summary>What organization and service carry on after it, below a millionth (rules §3).</summary>
    public required ExactAmount CarriedOut { get; init; }

    /// <summary>Whose ledger was charged.</summary>
    public required OrganizationId Ledger { get; init; }

    /// <summary>The entry that it went into; null where it came to no millionth.</summary>
    public long? EntrySeq { get; init; }

    /// <summary>The report's line; its own number where nothing was rated again.</summary>
    public required long Origin { get; init; }

    /// <summary>The line whose place it takes; null for a report.</summary>
    public long? Supersedes { get; init; }

    /// <summary>What it costs, exactly.</summary>
    public ExactAmount Amount => Parts.Aggregate(ExactAmount.Zero, (sum, part) => sum + part.Amount);

    /// <summary>How much of it was included.</summary>
    public ExactAmount Included => Parts.Where(part => part.IsIncluded).Aggregate(ExactAmount.Zero, (sum, part) => sum + part.Quantity);

    /// <summary>How much of it was charged.</summary>
    public ExactAmount Charged => Quantity - Included;

    /// <summary>The last of its custom rates; null where none priced it.</summary>
    public long? CustomRate => Parts.LastOrDefault(part => part.By == RatedBy.Custom)?.Id;

    /// <summary>The tariff's rate by which a part of it was priced; null where none was.</summary>
    public long? TariffRate => Parts.LastOrDefault(part => part.By == RatedBy.Tariff)?.Id;

    /// <summary>The one price of what was charged; null where there is none, or several.</summary>
    public ExactAmount? Rate => Parts.Where(part => !part.IsIncluded).Select(part => part.Rate).Distinct().ToList() is [var only] ? only : null;

    /// <summary>The report as it is priced.</summary>
    public ReportedUsage Usage => new(Service, Ratezone, Quantity, Period, ReportedAt);
}
