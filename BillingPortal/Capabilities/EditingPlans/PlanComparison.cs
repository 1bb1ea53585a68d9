using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Plans;

namespace BillingPortal.Capabilities.EditingPlans;

/// <summary>One line of two versions side by side.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Before">What is in force.</param>
/// <param name="After">What the draft says.</param>
public sealed record PlanDifference(string Name, string Before, string After)
{
    /// <summary>True where the draft says something else.</summary>
    public bool Changes => Before != After;

    /// <summary>Everything that a plan says, in force and in the draft.</summary>
    public static ImmutableArray<PlanDifference> Between(PlanTerms before, PlanTerms after)
    {
        return
        [
            Line("Name", terms => terms.Name), Line("Description", terms => terms.Description), Line("Price", Price), Line("Monthly credits", terms => None(PlanForm.Text(terms.MonthlyCredits))),
            Line("Pay-as-you-go credits", terms => None(PlanForm.Text(terms.PayAsYouGoCredits))), Line("Beyond the credits", terms => Word(PlanWords.Overages, terms.Overage)),
            Line("Trial", terms => terms.TrialDays == 0 ? "none" : string.Create(CultureInfo.InvariantCulture, $"{terms.TrialDays} days")),
            Line("Support", terms => Word(PlanWords.SupportTiers, terms.SupportTier)), Line("Training data", terms => Word(PlanWords.TrainingData, terms.TrainingData)),
            Line("For", terms => terms.ForOrganizations ? terms.SamlSso ? "organizations, with SAML" : "organizations" : "individuals"),
            Line("Chosen by", terms => terms.ByFinance ? "finance" : "the organization"), Line("Features", terms => None(string.Join(" · ", terms.Features))),
            Line("Tools", terms => None(string.Join(" · ", terms.Tools.Select(tool => Word(PlanWords.Tools, tool))))),
            Line("Scopes", terms => None(string.Join(" · ", terms.Scopes.Select(scope => Word(PlanWords.Scopes, scope))))),
        ];

        PlanDifference Line(string name, Func<PlanTerms, string> of) => new(name, of(before), of(after));
    }

    private static string Price(PlanTerms terms) => terms.Price.Kind switch
    {
        PriceKind.Enterprise => "agreed",
        PriceKind.PerUser => $"{PlanForm.Text(terms.Price.Amounts)} a seat and {PlanPrice.CodeOf(terms.Price.Interval)}",
        _ => $"{PlanForm.Text(terms.Price.Amounts)} a {PlanPrice.CodeOf(terms.Price.Interval)}",
    };

    private static string None(string text) => text.Length == 0 ? "none" : text;

    private static string Word(IReadOnlyDictionary<string, string> words, string code) => words.TryGetValue(code, out var name) ? name : code;
}
