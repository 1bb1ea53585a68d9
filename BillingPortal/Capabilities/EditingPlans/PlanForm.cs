using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Plans;

namespace BillingPortal.Capabilities.EditingPlans;

/// <summary>A plan's terms as they are typed. Money stands as "USD 99.00, EUR 99.00"; lists one on a line.</summary>
public sealed record PlanForm
{
    /// <summary>For people.</summary>
    public string Name { get; init; } = "";

    /// <summary>One sentence.</summary>
    public string Description { get; init; } = "";

    /// <summary>Flat, for each user, or agreed.</summary>
    public PriceKind Kind { get; init; } = PriceKind.Flat;

    /// <summary>How long the period is.</summary>
    public PlanInterval Interval { get; init; } = PlanInterval.Month;

    /// <summary>The price by currency.</summary>
    public string Amounts { get; init; } = "";

    /// <summary>Monthly credits by currency.</summary>
    public string Monthly { get; init; } = "";

    /// <summary>Lasting credits by currency.</summary>
    public string Lasting { get; init; } = "";

    /// <summary>The support tier's word.</summary>
    public string Support { get; init; } = "community";

    /// <summary>The training data's word.</summary>
    public string Training { get; init; } = "default_off";

    /// <summary>The overage rule's word.</summary>
    public string Overage { get; init; } = "balance";

    /// <summary>For organizations.</summary>
    public bool ForOrganizations { get; init; }

    /// <summary>Single sign-on.</summary>
    public bool SamlSso { get; init; }

    /// <summary>Only finance moves anybody to it.</summary>
    public bool ByFinance { get; init; }

    /// <summary>Days of trial.</summary>
    public string TrialDays { get; init; } = "0";

    /// <summary>What it offers, one on a line.</summary>
    public string Features { get; init; } = "";

    /// <summary>Contract 2's tools, one on a line.</summary>
    public string Tools { get; init; } = "";

    /// <summary>Contract 5's scopes, one on a line.</summary>
    public string Scopes { get; init; } = "";

    /// <summary>The form that shows <paramref name="terms"/>.</summary>
    public static PlanForm Of(PlanTerms terms) => new()
    {
        Name = terms.Name,
        Description = terms.Description,
        Kind = terms.Price.Kind,
        Interval = terms.Price.Interval,
        Amounts = Text(terms.Price.Amounts),
        Monthly = Text(terms.MonthlyCredits),
        Lasting = Text(terms.PayAsYouGoCredits),
        Support = terms.SupportTier,
        Training = terms.TrainingData,
        Overage = terms.Overage,
        ForOrganizations = terms.ForOrganizations,
        SamlSso = terms.SamlSso,
        ByFinance = terms.ByFinance,
        TrialDays = terms.TrialDays.ToString(CultureInfo.InvariantCulture),
        Features = string.Join('\n', terms.Features),
        Tools = string.Join('\n', terms.Tools),
        Scopes = string.Join('\n', terms.Scopes),
    };

    /// <summary>The terms that it means, over those in force, whose rank, names and upgrade stay; or what is wrong, field by field.</summary>
    public Outcome<PlanTerms> Over(PlanTerms before)
    {
        var errors = ImmutableArray.CreateBuilder<FieldError>();
        var (amounts, monthly, lasting) = (Money(nameof(Amounts), Amounts, errors), Money(nameof(Monthly), Monthly, errors), Money(nameof(Lasting), Lasting, errors));
        var (features, tools, scopes) = (Lines(Features), Lines(Tools), Lines(Scopes));
        Check(Name.Trim().Length is < 1 or > 40, nameof(Name), "must have 1 to 40 characters.");
        Check(Description.Trim().Length is < 1 or > 200, nameof(Description), "must have 1 to 200 characters.");
        Check(Kind == PriceKind.Enterprise ? amounts.Count > 0 : amounts.Count == 0, nameof(Amounts), Kind == PriceKind.Enterprise ? "is agreed for each organization: leave it empty." : "needs a price in one currency at least, as in USD 99.00.");
        Check(!int.TryParse(TrialDays, NumberStyles.None, CultureInfo.InvariantCulture, out var days) || days > 366, nameof(TrialDays), "must be a whole number of days, 0 to 366.");
        Check(Kind == PriceKind.Enterprise && !ByFinance, nameof(ByFinance), "is needed where the price is agreed: nobody else could agree one.");
        Check(Kind == PriceKind.Enterprise && days > 0, nameof(TrialDays), "must be 0 where the price is agreed: a trial would turn into a plan without a price.");
        Check(features.Length > 15 || features.Any(feature => feature.Length > 80), nameof(Features), "must be at most 15 lines of at most 80 characters.");
        Check(tools.Any(tool => !PlanWords.Tools.ContainsKey(tool)), nameof(Tools), $"must be of {string.Join(", ", PlanWords.Tools.Keys)}.");
        Check(scopes.Any(scope => !PlanWords.Scopes.ContainsKey(scope)), nameof(Scopes), $"has an unknown word: {scopes.FirstOrDefault(scope => !PlanWords.Scopes.ContainsKey(scope))}.");
        Check(SamlSso && !ForOrganizations, nameof(SamlSso), "is of plans for organizations alone.");
        return errors.Count > 0 ? new Outcome<PlanTerms>.Invalid(errors.ToImmutable()) : new Outcome<PlanTerms>.Done(before with
        {
            Name = Name.Trim(),
            Description = Description.Trim(),
            Price = new PlanPrice(Kind, Interval, amounts),
            MonthlyCredits = monthly,
            PayAsYouGoCredits = lasting,
            SupportTier = Support,
            TrainingData = Training,
            Overage = Overage,
            ForOrganizations = ForOrganizations,
            SamlSso = SamlSso,
            ByFinance = ByFinance,
            TrialDays = days,
            Features = features,
            Tools = tools,
            Scopes = scopes,
        });

        void Check(bool wrong, string field, string message)
        {
            if (wrong)
            {
                errors.Add(new FieldError(field, "not_accepted", message));
            }
        }
    }

    /// <summary>Amounts as they are typed: "EUR 99.00, USD 99.00".</summary>
    public static string Text(ImmutableSortedDictionary<string, long> amounts) => string.Join(", ", amounts.Select(line =>
        $"{line.Key} {Domain.Money.FormatMicros(line.Value, Currency.Of(line.Key).Digits, CultureInfo.InvariantCulture, grouped: false)}"));

    private static ImmutableArray<string> Lines(string text) => [.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    /// <summary>Reads "USD 99.00, EUR 99.00": known currencies, each once, whole minor units, not below zero.</summary>
    internal static ImmutableSortedDictionary<string, long> Money(string field, string text, ImmutableArray<FieldError>.Builder errors)
    {
        var amounts = ImmutableSortedDictionary.CreateBuilder<string, long>(StringComparer.Ordinal);
        foreach (var part in text.Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var code, var figure] && Currency.TryOf(code.ToUpperInvariant(), out var currency)
                && decimal.TryParse(figure, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var units) && units is >= 0 and <= 1_000_000_000
                && units * Domain.Money.Unit % currency.MinorUnit == 0 && amounts.TryAdd(currency.Code, (long)(units * Domain.Money.Unit)))
            {
                continue;
            }

            errors.Add(new FieldError(field, "not_amounts", $"“{part}” is not an amount: write each currency once with a whole number of its smallest unit, as in USD 99.00, EUR 99.00."));
        }

        return amounts.ToImmutable();
    }
}
