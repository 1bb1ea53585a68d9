using System.Text.Json.Serialization;
using BillingPortal.Domain;
using BillingPortal.Domain.Plans;

namespace BillingPortal.Store.Plans;

/// <summary>A subscription as contract 2 shows it: one product, <c>modeling_app</c>.</summary>
/// <param name="ModelingApp">The tier.</param>
public sealed record SubscriptionTiers(TierJson ModelingApp)
{
    /// <summary>The tier of a version, with the price that holds for one organization.</summary>
    public static SubscriptionTiers Of(PlanVersion version, PlanPrice price) => new(TierJson.Of(version, price));
}

/// <summary>A tier as contract 2 shows it. Money is a decimal string of US dollars.</summary>
/// <param name="Description">One sentence.</param>
/// <param name="Features">What it offers, at most 15.</param>
/// <param name="Name">free, pro, team or enterprise.</param>
/// <param name="PayAsYouGoCredits">Lasting credits that come with each period.</param>
/// <param name="Price">The price.</param>
/// <param name="SupportTier">community, standard, premium or priority.</param>
/// <param name="TrainingDataBehavior">always, default_on or default_off.</param>
/// <param name="Type">For individuals or for organizations.</param>
/// <param name="ZooToolsIncluded">modeling_app, text_to_cad, diff_chrome_extension.</param>
public sealed record TierJson(
    string Description, IReadOnlyList<FeatureJson> Features, string Name, string PayAsYouGoCredits, PriceJson Price, string SupportTier, string TrainingDataBehavior,
    TierTypeJson Type, IReadOnlyList<string> ZooToolsIncluded)
{
    /// <summary>The tier of a version.</summary>
    public static TierJson Of(PlanVersion version, PlanPrice price)
    {
        var terms = version.Terms;
        return new TierJson(
            terms.Description, [.. terms.Features.Select(feature => new FeatureJson(feature))], terms.Names.Contract2, PriceJson.Units(terms.LastingIn(Currency.Usd)), PriceJson.Of(price),
            terms.SupportTier, terms.TrainingData, terms.ForOrganizations ? new TierTypeJson("organization", terms.SamlSso) : new TierTypeJson("individual", null), terms.Tools);
    }
}

/// <summary>A feature.</summary>
/// <param name="Info">1 to 80 characters.</param>
public sealed record FeatureJson(string Info);

/// <summary>A price: flat or per user with interval and price, or enterprise without either.</summary>
/// <param name="Interval">day, week, month or year.</param>
/// <param name="Price">A decimal string.</param>
/// <param name="Type">flat, per_user or enterprise.</param>
public sealed record PriceJson(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Interval,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Price,
    string Type)
{
    /// <summary>The price in US dollars; one that is agreed without a figure, or sold in other currencies alone, is <c>enterprise</c>.</summary>
    public static PriceJson Of(PlanPrice price) => price.Kind != PriceKind.Enterprise && price.Amounts.TryGetValue(Currency.Usd.Code, out var amount)
        ? new PriceJson(PlanPrice.CodeOf(price.Interval), Units(amount), PlanPrice.CodeOf(price.Kind))
        : new PriceJson(null, null, PlanPrice.CodeOf(PriceKind.Enterprise));

    internal static string Units(long micros) => new Money(micros, Currency.Usd).ToDecimalString();
}

/// <summary>For whom a tier is.</summary>
/// <param name="Type">individual or organization.</param>
/// <param name="SamlSso">Single sign-on, of organizations' tiers only.</param>
public sealed record TierTypeJson(string Type, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? SamlSso);
