using System.Collections.Immutable;

namespace BillingPortal.Domain.Plans;

/// <summary>
/// The catalogue with which a new store begins (rules §7). The migration writes it; what finance publishes later stands beside it in the store. Prices
/// in US dollars are the rules'; those in other currencies, monthly credits and words are the portal's own (decision 0030).
/// </summary>
public static class SeededPlans
{
    private static readonly ImmutableArray<string> FreeScopes =
    [
        "connect_only", "design", "api_keys", "visit_management", "settings_general", "settings_security", "settings_privacy", "admin_orgs", "admin_billing",
        "admin_members", "user_management",
    ];

    private static readonly ImmutableArray<string> AdvancedScopes =
    [
        .. FreeScopes, "connect_and_sign", "multi_wallet", "api_tokens", "info_capture", "access_list", "chainalysis", "analytics_users", "analytics_visits",
        "captcha", "signin_with_email", "gating", "account_abstraction", "webhooks",
    ];

    /// <summary>The catalogue.</summary>
    public static PlanCatalogue Catalogue { get; } = new(
    [
        new PlanVersion("free", 1, new Instant(0), new PlanTerms
        {
            Name = "Free",
            Description = "To try things out: usage is paid from the balance, nothing is charged for the plan.",
            Rank = 0,
            Names = new PlanNames("free", "free", "free"),
            Price = Monthly(0, 0, 0, 0, 0, 0),
            Scopes = FreeScopes,
            SupportTier = "community",
            TrainingData = "default_on",
            Tools = ["modeling_app"],
            Features = ["Wallet connection", "API keys", "Members and organizations"],
        }),
        new PlanVersion("standard", 1, new Instant(0), new PlanTerms
        {
            Name = "Standard",
            Description = "For one team: monthly credits and support by e-mail.",
            Rank = 1,
            Names = new PlanNames("business", "pro", "standard"),
            Price = Monthly(20, 20, 18, 20, 3_000, 1_700),
            MonthlyCredits = Amounts(20, 20, 18, 20, 3_000, 1_700),
            Scopes = FreeScopes,
            SupportTier = "standard",
            TrainingData = "default_off",
            Tools = ["modeling_app", "text_to_cad"],
            Features = ["Everything in Free", "Monthly credits", "Data is not used for training"],
        }),
        new PlanVersion("advanced", 1, new Instant(0), new PlanTerms
        {
            Name = "Advanced",
            Description = "For organizations: every programming interface, single sign-on and premium support.",
            Rank = 2,
            Names = new PlanNames("business", "team", "advanced"),
            Price = Monthly(99, 99, 89, 99, 15_000, 8_500),
            MonthlyCredits = Amounts(60, 60, 54, 60, 9_000, 5_100),
            Scopes = AdvancedScopes,
            SupportTier = "premium",
            TrainingData = "default_off",
            ForOrganizations = true,
            SamlSso = true,
            Tools = ["modeling_app", "text_to_cad", "diff_chrome_extension"],
            Features = ["Everything in Standard", "Signing, several wallets, account abstraction", "Analytics, gating and webhooks", "Single sign-on by SAML"],
            TrialDays = 14,
            UpgradeFrom = ["free", "standard"],
        }),
        new PlanVersion("enterprise", 1, new Instant(0), new PlanTerms
        {
            Name = "Enterprise",
            Description = "Agreed with finance: price, period and seats as the contract says.",
            Rank = 3,
            Names = new PlanNames("business", "enterprise", "enterprise"),
            Price = PlanPrice.Agreed,
            MonthlyCredits = Amounts(60, 60, 54, 60, 9_000, 5_100),
            Scopes = AdvancedScopes,
            SupportTier = "priority",
            TrainingData = "default_off",
            ForOrganizations = true,
            SamlSso = true,
            Tools = ["modeling_app", "text_to_cad", "diff_chrome_extension"],
            Features = ["Everything in Advanced", "A price of your own", "Priority support"],
            ByFinance = true,
        }),
    ]);

    private static PlanPrice Monthly(long usd, long eur, long gbp, long chf, long jpy, long inr) =>
        new(PriceKind.Flat, PlanInterval.Month, Amounts(usd, eur, gbp, chf, jpy, inr));

    private static ImmutableSortedDictionary<string, long> Amounts(long usd, long eur, long gbp, long chf, long jpy, long inr) =>
        new (string Code, long Units)[] { ("USD", usd), ("EUR", eur), ("GBP", gbp), ("CHF", chf), ("JPY", jpy), ("INR", inr) }
            .ToImmutableSortedDictionary(line => line.Code, line => line.Units * Money.Unit, StringComparer.Ordinal);
}
