using System.Collections.Immutable;
using System.Globalization;

namespace BillingPortal.Domain.Plans;

/// <summary>A plan's terms as published. Never changed afterwards: a change is the next version, and who is on this one keeps it.</summary>
/// <param name="Code">The plan's code in the catalogue.</param>
/// <param name="Number">Counts the plan's versions from 1.</param>
/// <param name="From">From when new subscriptions get it.</param>
/// <param name="Terms">What it says.</param>
public sealed record PlanVersion(string Code, int Number, Instant From, PlanTerms Terms)
{
    /// <summary>What contract 5 calls a version: <c>advanced-1</c>.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{Code}-{Number}");
}

/// <summary>Every version of every plan. Adding a plan is adding an entry.</summary>
/// <param name="Versions">By code and number.</param>
public sealed record PlanCatalogue(ImmutableArray<PlanVersion> Versions)
{
    /// <summary>The code of the plan that everybody has who chose none.</summary>
    public const string Free = "free";

    /// <summary>The version of <paramref name="code"/> that new subscriptions get at <paramref name="now"/>; null where there is none.</summary>
    public PlanVersion? InForce(string code, Instant now) =>
        Versions.Where(version => version.Code == code && version.From <= now).MaxBy(version => (version.From, version.Number));

    /// <summary>A version that somebody has.</summary>
    /// <exception cref="InvalidOperationException">It was never published.</exception>
    public PlanVersion Of(string code, int number) => Versions.FirstOrDefault(version => version.Code == code && version.Number == number)
        ?? throw new InvalidOperationException($"Plan {code} has no version {number}.");

    /// <summary>What is sold at <paramref name="now"/>, the smallest first.</summary>
    public ImmutableArray<PlanVersion> SoldAt(Instant now) =>
        [.. Versions.Select(version => version.Code).Distinct(StringComparer.Ordinal).Select(code => InForce(code, now)).OfType<PlanVersion>().OrderBy(version => version.Terms.Rank)];

    /// <summary>Where contract 5's upgrade leads; null where the catalogue names no such plan.</summary>
    public PlanVersion? UpgradeTarget(Instant now) => SoldAt(now).FirstOrDefault(version => !version.Terms.UpgradeFrom.IsEmpty);

    /// <summary>The plan that contract 2 calls <paramref name="tier"/>; null where there is none.</summary>
    public PlanVersion? OfTier(string tier, Instant now) => SoldAt(now).FirstOrDefault(version => version.Terms.Names.Contract2 == tier);
}
