using System.Collections.Immutable;

namespace BillingPortal.Domain.Organizations;

/// <summary>The features of one organization. Equal where the features are equal; the default has none.</summary>
public readonly record struct FeatureSet
{
    private readonly int _bits;

    private FeatureSet(int bits) => _bits = bits;

    /// <summary>No feature.</summary>
    public static FeatureSet None => default;

    /// <summary>All of them: what the platform itself can give.</summary>
    public static FeatureSet Everything => new((1 << Feature.All.Length) - 1);

    /// <summary>What is in it, in the contract's order.</summary>
    public IEnumerable<Feature> Features
    {
        get
        {
            var set = this;
            return Feature.All.Where(set.Has);
        }
    }

    /// <summary>As the store keeps it: codes separated by spaces, without the overdraft's permission, which stands in a column of its own.</summary>
    public string Stored => string.Join(' ', Features.Where(feature => feature != Feature.AllowOverdraft).Select(feature => feature.Code));

    /// <summary>The features that the store keeps for <paramref name="organization"/>; codes that no longer mean anything are passed over.</summary>
    public static FeatureSet Of(Organization organization) => Of(organization.Features, organization.AllowOverdraft);

    /// <summary>The same from the stored columns.</summary>
    public static FeatureSet Of(string stored, bool allowOverdraft) =>
        stored.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Feature.Find).OfType<Feature>().Where(feature => feature != Feature.AllowOverdraft)
            .Aggregate(None, (set, feature) => set.With(feature, true)).With(Feature.AllowOverdraft, allowOverdraft);

    /// <summary>True where it has <paramref name="feature"/>.</summary>
    public bool Has(Feature feature) => (_bits & BitOf(feature)) != 0;

    /// <summary>With the feature, or without it.</summary>
    public FeatureSet With(Feature feature, bool has) => new(has ? _bits | BitOf(feature) : _bits & ~BitOf(feature));

    /// <summary>After <paramref name="wishes"/>; features they do not name stay as they are.</summary>
    public FeatureSet After(IEnumerable<KeyValuePair<Feature, bool>> wishes) => wishes.Aggregate(this, (set, wish) => set.With(wish.Key, wish.Value));

    /// <summary>What this has and <paramref name="other"/> has not.</summary>
    public FeatureSet Without(FeatureSet other) => new(_bits & ~other._bits);

    /// <summary>
    /// What stands against giving a sub-organization <paramref name="wanted"/> in place of this: features newly given that
    /// <paramref name="parent"/> lacks. What it has already it keeps, however it came by it.
    /// </summary>
    public ImmutableArray<Feature> Lacking(FeatureSet wanted, FeatureSet parent) => [.. wanted.Without(this).Without(parent).Features];

    /// <inheritdoc />
    public override string ToString() => string.Join(' ', Features.Select(feature => feature.Code));

    private static int BitOf(Feature feature) => 1 << Feature.All.IndexOf(feature);
}
