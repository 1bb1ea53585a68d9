using System.Collections.Immutable;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Rating;

/// <summary>What must be loaded under the lock to price usage.</summary>
/// <param name="Organization">Whose usage.</param>
/// <param name="Service">Of which service; null for every service.</param>
/// <param name="Period">Of which month.</param>
/// <param name="Lines">True where the month's lines are rated again.</param>
public sealed record RatingNeeded(OrganizationId Organization, string? Service, BillingPeriod Period, bool Lines);

/// <summary>What was loaded.</summary>
public sealed record RatingFacts
{
    /// <summary>By what usage is priced.</summary>
    public required RateBook Book { get; init; }

    /// <summary>The number of the organization's next line.</summary>
    public required long NextNumber { get; init; }

    /// <summary>What the month came to so far, by service; empty where lines are rated again, from nothing.</summary>
    public ImmutableDictionary<string, UsageTally> Tallies { get; init; } = ImmutableDictionary<string, UsageTally>.Empty;

    /// <summary>What each service carries below a millionth; one that carries nothing may be missing.</summary>
    public ImmutableDictionary<string, ExactAmount> Carries { get; init; } = ImmutableDictionary<string, ExactAmount>.Empty;

    /// <summary>The month's lines as they stand, in the order in which they were reported, where they were asked for.</summary>
    public ImmutableArray<RatedLine> Lines { get; init; } = [];

    /// <summary>True where the month has more lines than are rated again at once.</summary>
    public bool TooMany { get; init; }
}

/// <summary>What a decision writes down of rated usage.</summary>
/// <param name="Lines">New lines.</param>
/// <param name="Months">What months come to with them.</param>
/// <param name="Carries">What services carry after them.</param>
public sealed record RatedUsage(
    ImmutableArray<RatedLine> Lines, ImmutableArray<(string Service, BillingPeriod Period, UsageTally Tally)> Months,
    ImmutableArray<(string Service, ExactAmount Carried)> Carries)
{
    /// <summary>What an agreement to it is bound to: which lines get which prices. Numbers and what is carried are the commit's own.</summary>
    internal void Describe(CanonicalForm form)
    {
        foreach (var line in Lines)
        {
            form.Add(line.Service).Add(line.Quantity.ToString()).Add(line.Supersedes);
            foreach (var part in line.Parts)
            {
                form.Add((long)part.By).Add(part.Id).Add(part.Quantity.ToString()).Add(part.Rate.ToString());
            }
        }
    }
}
