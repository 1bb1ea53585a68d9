using System.Collections.Immutable;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Domain.Rating;

/// <summary>What one organization used of one service in one month so far, and of which allowances: where its next report goes on.</summary>
/// <param name="Used">How much in each ratezone, what cost nothing included.</param>
/// <param name="Included">How much of each allowance, by <see cref="Allowance.Key"/>.</param>
public sealed record UsageTally(ImmutableSortedDictionary<string, ExactAmount> Used, ImmutableSortedDictionary<string, ExactAmount> Included)
{
    /// <summary>Nothing used yet.</summary>
    public static readonly UsageTally Empty = new(
        ImmutableSortedDictionary.Create<string, ExactAmount>(StringComparer.Ordinal), ImmutableSortedDictionary.Create<string, ExactAmount>(StringComparer.Ordinal));

    /// <summary>How much was used in <paramref name="ratezone"/>; everywhere for an empty one.</summary>
    public ExactAmount UsedIn(string ratezone) => ratezone.Length > 0
        ? Used.GetValueOrDefault(ratezone)
        : Used.Values.Aggregate(ExactAmount.Zero, (sum, used) => sum + used);

    /// <summary>After that much more in <paramref name="ratezone"/>.</summary>
    public UsageTally Using(string ratezone, ExactAmount quantity) => this with { Used = Used.SetItem(ratezone, Used.GetValueOrDefault(ratezone) + quantity) };

    /// <summary>After that much more of an allowance.</summary>
    public UsageTally Taking(Allowance allowance, ExactAmount quantity) =>
        this with { Included = Included.SetItem(allowance.Key, Included.GetValueOrDefault(allowance.Key) + quantity) };
}
