using System.Collections.Immutable;

namespace BillingPortal.Domain.Plans;

/// <summary>What a version of a plan says: data, fixed once the version is published (rules §7).</summary>
public sealed record PlanTerms
{
    /// <summary>For people.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence for people.</summary>
    public required string Description { get; init; }

    /// <summary>Which plan is more: moving to a higher rank is an upgrade, to a lower one a downgrade.</summary>
    public required int Rank { get; init; }

    /// <summary>What the contracts call it.</summary>
    public required PlanNames Names { get; init; }

    /// <summary>What it costs.</summary>
    public required PlanPrice Price { get; init; }

    /// <summary>Monthly credits granted with each paid period, by currency code; they lapse at the period's end.</summary>
    public ImmutableSortedDictionary<string, long> MonthlyCredits { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>Credits granted with each paid period as bonus, by currency code: they do not lapse, and usage beyond the monthly ones draws on them.</summary>
    public ImmutableSortedDictionary<string, long> PayAsYouGoCredits { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>What programs may do with it: contract 5's words.</summary>
    public ImmutableArray<string> Scopes { get; init; } = [];

    /// <summary>Contract 2's support tier: community, standard, premium, priority.</summary>
    public string SupportTier { get; init; } = "community";

    /// <summary>Contract 2's training data behaviour: always, default_on, default_off.</summary>
    public string TrainingData { get; init; } = "default_off";

    /// <summary>True for a plan of organizations, false for one of individuals.</summary>
    public bool ForOrganizations { get; init; }

    /// <summary>Single sign-on by SAML; organizations only.</summary>
    public bool SamlSso { get; init; }

    /// <summary>Contract 2's tools: modeling_app, text_to_cad, diff_chrome_extension.</summary>
    public ImmutableArray<string> Tools { get; init; } = [];

    /// <summary>What it offers, in words of at most 80 characters; 15 at most.</summary>
    public ImmutableArray<string> Features { get; init; } = [];

    /// <summary>How many days it may be tried, once for an organization; 0 for none.</summary>
    public int TrialDays { get; init; }

    /// <summary>What happens to usage beyond the credits: a word of <see cref="PlanWords.Overages"/>.</summary>
    public string Overage { get; init; } = "balance";

    /// <summary>True where only finance may move an organization to it.</summary>
    public bool ByFinance { get; init; }

    /// <summary>The plans from which contract 5's upgrade leads here; empty where it does not.</summary>
    public ImmutableArray<string> UpgradeFrom { get; init; } = [];

    /// <summary>The monthly credits in a currency, millionths.</summary>
    public long MonthlyIn(Currency currency) => MonthlyCredits.GetValueOrDefault(currency.Code);

    /// <summary>The lasting credits in a currency, millionths.</summary>
    public long LastingIn(Currency currency) => PayAsYouGoCredits.GetValueOrDefault(currency.Code);
}

/// <summary>What the contracts call a plan (rules §7).</summary>
/// <param name="Contract1"><c>free</c> or <c>business</c>.</param>
/// <param name="Contract2">The tier: <c>free</c>, <c>pro</c>, <c>team</c> or <c>enterprise</c>.</param>
/// <param name="Contract5"><c>free</c>, <c>standard</c>, <c>advanced</c> or <c>enterprise</c>.</param>
public sealed record PlanNames(string Contract1, string Contract2, string Contract5);

/// <summary>The words that plans may use, with what they mean to people: the contracts' closed lists as data.</summary>
public static class PlanWords
{
    /// <summary>Support tiers.</summary>
    public static IReadOnlyDictionary<string, string> SupportTiers { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["community"] = "Community", ["standard"] = "Standard", ["premium"] = "Premium", ["priority"] = "Priority",
    };

    /// <summary>Whether data is used for training.</summary>
    public static IReadOnlyDictionary<string, string> TrainingData { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["always"] = "Always used", ["default_on"] = "Used unless switched off", ["default_off"] = "Not used unless switched on",
    };

    /// <summary>Tools.</summary>
    public static IReadOnlyDictionary<string, string> Tools { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["modeling_app"] = "Modeling app", ["text_to_cad"] = "Text to CAD", ["diff_chrome_extension"] = "Diff extension for Chrome",
    };

    /// <summary>What happens to usage beyond the credits.</summary>
    public static IReadOnlyDictionary<string, string> Overages { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["balance"] = "Charged to the balance at usage prices",
    };

    /// <summary>Contract 5's scopes with their names.</summary>
    public static IReadOnlyDictionary<string, string> Scopes { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["connect_only"] = "Connect only", ["design"] = "Design", ["api_keys"] = "API keys", ["visit_management"] = "Visit management",
        ["settings_general"] = "General settings", ["settings_security"] = "Security settings", ["settings_privacy"] = "Privacy settings",
        ["admin_orgs"] = "Organizations", ["admin_billing"] = "Billing", ["admin_members"] = "Members", ["user_management"] = "User management",
        ["connect_and_sign"] = "Connect and sign", ["multi_wallet"] = "Several wallets", ["api_tokens"] = "API tokens", ["info_capture"] = "Information capture",
        ["access_list"] = "Access lists", ["chainalysis"] = "Chainalysis", ["analytics_users"] = "Analytics of users", ["analytics_visits"] = "Analytics of visits",
        ["captcha"] = "Captcha", ["signin_with_email"] = "Sign-in by e-mail", ["gating"] = "Gating", ["account_abstraction"] = "Account abstraction",
        ["webhooks"] = "Webhooks",
    };
}
