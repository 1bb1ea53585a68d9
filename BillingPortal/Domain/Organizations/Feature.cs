using System.Collections.Immutable;

namespace BillingPortal.Domain.Organizations;

/// <summary>
/// Something that an organization may use beyond what every one has: contract 1's features, as data. Adding one is adding a line. A parent
/// gives only what it has itself (<see cref="FeatureSet.Lacking"/>).
/// </summary>
/// <param name="Code">The contract's word, which is also stored.</param>
/// <param name="Name">For people.</param>
/// <param name="Meaning">What it allows, in a few words.</param>
public sealed record Feature(string Code, string Name, string Meaning)
{
    /// <summary>Requests may go into overdraft. Money decisions read it, so it is stored apart and written under the ledger head's lock.</summary>
    public static readonly Feature AllowOverdraft = new("allow_overdraft", "Overdraft", "Charges go on when nothing is left.");

    /// <summary>Every feature, in the contract's order.</summary>
    public static readonly ImmutableArray<Feature> All =
    [
        new("enterprise", "Enterprise", "What comes with an agreed price."),
        AllowOverdraft,
        new("workflows", "Workflows", "Automated sequences of work."),
        new("broadcasts", "Broadcasts", "Messages to many at once."),
        new("enable_japifon", "Japifon", "Calls through Japifon."),
        new("custom_domain", "Custom domain", "Pages under an address of its own."),
        new("slack_access", "Slack", "Work from within Slack."),
    ];

    /// <summary>The feature of <paramref name="code"/>; null where there is none.</summary>
    public static Feature? Find(string code) => All.FirstOrDefault(feature => string.Equals(feature.Code, code, StringComparison.Ordinal));
}
