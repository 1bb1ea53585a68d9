using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Plans;

namespace BillingPortal.Capabilities.ChangingPlans;

/// <summary>The plans beside each other, as far as this organization is concerned. Which may be chosen and why not is what the rules themselves answer.</summary>
/// <param name="Plans">The smallest first.</param>
/// <param name="Rows">What they say.</param>
/// <param name="Against">The plan that the others are compared with: the one that may be used now.</param>
public sealed record PlanComparison(ImmutableArray<ComparedPlan> Plans, ImmutableArray<ComparedRow> Rows, PlanVersion Against)
{
    /// <summary>Compares what is sold.</summary>
    public static PlanComparison Of(PlanStanding standing, CultureInfo culture)
    {
        var against = standing.File.Effective;
        ImmutableArray<PlanVersion> versions = [.. standing.File.Catalogue.SoldAt(standing.File.Now).Select(sold => standing.VersionOf(sold.Code)!)];
        return new PlanComparison([.. versions.Select(version => ComparedPlan.Of(standing, version))], [.. RowsOf(standing, versions, against, culture)], against);
    }

    /// <summary>What goes when one plan takes another's place, one line each; empty where nothing does.</summary>
    public static ImmutableArray<string> Lost(PlanTerms from, PlanTerms to, Currency currency, CultureInfo culture)
    {
        var lost = ImmutableArray.CreateBuilder<string>();
        if (from.MonthlyIn(currency) > to.MonthlyIn(currency))
        {
            lost.Add($"Monthly credits: {Credits(from.MonthlyIn(currency), currency, culture)} become {Credits(to.MonthlyIn(currency), currency, culture).ToLower(culture)}.");
        }

        if (from.SupportTier != to.SupportTier)
        {
            lost.Add($"Support: {Word(PlanWords.SupportTiers, from.SupportTier)} becomes {Word(PlanWords.SupportTiers, to.SupportTier)}.");
        }

        if (from.SamlSso && !to.SamlSso)
        {
            lost.Add("Single sign-on by SAML.");
        }

        if (from.TrainingData != to.TrainingData)
        {
            lost.Add($"Data for training: {Word(PlanWords.TrainingData, from.TrainingData).ToLower(culture)} becomes {Word(PlanWords.TrainingData, to.TrainingData).ToLower(culture)}.");
        }

        Named("Tools", from.Tools.Except(to.Tools), PlanWords.Tools);
        Named("Scopes for programs", from.Scopes.Except(to.Scopes), PlanWords.Scopes);
        return lost.ToImmutable();

        void Named(string what, IEnumerable<string> gone, IReadOnlyDictionary<string, string> words)
        {
            if (gone.Select(code => Word(words, code)).ToArray() is { Length: > 0 } names)
            {
                lost.Add($"{what}: {string.Join(", ", names)}.");
            }
        }
    }

    private static IEnumerable<ComparedRow> RowsOf(PlanStanding standing, ImmutableArray<PlanVersion> versions, PlanVersion against, CultureInfo culture)
    {
        var currency = standing.Currency;
        yield return Row("Monthly credits", terms => [Credits(terms.MonthlyIn(currency), currency, culture)]);
        if (versions.Any(version => version.Terms.LastingIn(currency) > 0))
        {
            yield return Row("Credits that last", terms => [Credits(terms.LastingIn(currency), currency, culture)]);
        }

        yield return Row("Support", terms => [Word(PlanWords.SupportTiers, terms.SupportTier)]);
        yield return Row("Data for training", terms => [Word(PlanWords.TrainingData, terms.TrainingData)]);
        yield return Row("Single sign-on", terms => [terms.SamlSso ? "By SAML" : "No"]);
        yield return Row("Tools", terms => [.. terms.Tools.Select(tool => Word(PlanWords.Tools, tool))]);
        yield return Row("Scopes for programs", terms => [string.Create(culture, $"{terms.Scopes.Length} of {PlanWords.Scopes.Count}")]);
        yield return Row("Offers", terms => [.. terms.Features]);
        yield return Row("Beyond the credits", terms => [Word(PlanWords.Overages, terms.Overage)]);

        ComparedRow Row(string name, Func<PlanTerms, ImmutableArray<string>> lines) =>
            new(name, [.. versions.Select(version => new ComparedCell(lines(version.Terms), !lines(version.Terms).SequenceEqual(lines(against.Terms), StringComparer.Ordinal)))]);
    }

    private static string Credits(long micros, Currency currency, CultureInfo culture) => micros == 0 ? "None" : new Money(micros, currency).ToString(culture);

    private static string Word(IReadOnlyDictionary<string, string> words, string code) => words.GetValueOrDefault(code, code);
}

/// <summary>A plan as it can be chosen.</summary>
/// <param name="Version">The version that this organization would get.</param>
/// <param name="Price">What it would pay.</param>
public sealed record ComparedPlan(PlanVersion Version, PlanPrice Price)
{
    /// <summary>True for the one that the organization has.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>True for the one that it tries.</summary>
    public bool IsTried { get; init; }

    /// <summary>Why it cannot be chosen; null where it can.</summary>
    public string? Closed { get; init; }

    /// <summary>When choosing it takes effect, and what that means.</summary>
    public string When { get; init; } = "";

    /// <summary>True where it can be tried first.</summary>
    public bool MayTry { get; init; }

    internal static ComparedPlan Of(PlanStanding standing, PlanVersion version)
    {
        var subscription = standing.Subscription;
        var plan = new ComparedPlan(version, standing.PriceOf(version))
        {
            IsCurrent = subscription.Plan == version.Code,
            IsTried = subscription.Trial?.Plan == version.Code,
            MayTry = version.Terms.TrialDays > 0 && standing.Foresee(new SubscriptionWish.StartTrial(version.Code)) is Transition.Taken,
        };
        var seats = plan.IsCurrent ? subscription.Seats : 1;
        SubscriptionWish wish = version.Code == PlanCatalogue.Free ? new SubscriptionWish.Cancel() : new SubscriptionWish.Choose(version.Code, seats);
        return (standing.Foresee(wish), plan) switch
        {
            (null, _) => plan with { Closed = standing.Standstill ?? "It cannot be changed just now." },
            (_, { IsCurrent: true, Version.Code: PlanCatalogue.Free }) => plan with { Closed = subscription.Trial is null ? "Your plan now." : "What it returns to after the trial." },
            (Transition.Refused no, _) => plan with { Closed = no.Refusal.Message },
            (Transition.Invalid wrong, _) => plan with { Closed = wrong.Errors[0].Message },
            (Transition.Unchanged, { IsCurrent: true }) => plan with { When = plan.Price.Kind == PriceKind.PerUser ? "For other seats, or a coupon." : "For a coupon." },
            (Transition.Unchanged, _) => plan with { Closed = subscription.Ends ? "It follows already: the plan was cancelled." : "It follows already with the next period." },
            (Transition.Taken { Charge: not null }, _) => plan with { When = plan.IsTried ? "Ends the trial; paid from today." : "At once; only the days left are charged." },
            (Transition.Taken { Next: { Scheduled: not null } next }, _) => plan with { When = $"From {PlanText.Day(next.Period!.Value.End)}, when the paid period is over." },
            (Transition.Taken { Next: { CancelAtPeriodEnd: true } next }, _) => plan with { When = $"From {PlanText.Day(next.Period!.Value.End)}: a cancellation." },
            (Transition.Taken { Next.Trial: { Cancelled: true } trial }, _) => plan with { When = $"From {PlanText.Day(trial.EndsOn)}: a cancellation." },
            (Transition.Taken { Change.Code: "plan_resumed" }, _) => plan with { When = "Stays: takes back what was to change." },
            _ => plan with { When = "At once." },
        };
    }
}

/// <summary>A row of the comparison.</summary>
/// <param name="Name">What it compares.</param>
/// <param name="Cells">One for each plan.</param>
public sealed record ComparedRow(string Name, ImmutableArray<ComparedCell> Cells);

/// <summary>What a plan says.</summary>
/// <param name="Lines">One, or several.</param>
/// <param name="Differs">True where the plan that may be used now says something else.</param>
public sealed record ComparedCell(ImmutableArray<string> Lines, bool Differs);
