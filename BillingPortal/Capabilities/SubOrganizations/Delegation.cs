using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Organizations;
using BillingPortal.Store;

namespace BillingPortal.Capabilities.SubOrganizations;

/// <summary>Says why features cannot be given, and in which words their changes are told.</summary>
internal static class Delegation
{
    /// <summary>An error for each feature that would be given and that <paramref name="parent"/> lacks; null where there is none.</summary>
    public static ImmutableArray<FieldError>? Refusal(FeatureSet now, FeatureSet wanted, Profile? parent)
    {
        var lacking = now.Lacking(wanted, parent?.Features ?? FeatureSet.Everything);
        return lacking.IsEmpty ? null : [.. lacking.Select(feature => new FieldError(
            FieldOf(feature), "not_delegable", $"{feature.Name} cannot be given: the parent organization does not have it itself."))];
    }

    /// <summary>The field of a feature, as in <c>Features.workflows</c>.</summary>
    public static string FieldOf(Feature feature) => "Features." + feature.Code;

    /// <summary>"Given: Workflows. Taken: Slack, Broadcasts."</summary>
    public static string Words(FeatureSet before, FeatureSet after)
    {
        return string.Join(' ', new[] { Part("Given", after.Without(before)), Part("Taken", before.Without(after)) }.Where(part => part.Length > 0));

        static string Part(string act, FeatureSet features) => features == FeatureSet.None ? "" : $"{act}: {string.Join(", ", features.Features.Select(feature => feature.Name))}.";
    }
}
