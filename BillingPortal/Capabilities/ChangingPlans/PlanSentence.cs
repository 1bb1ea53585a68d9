using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Plans;

namespace BillingPortal.Capabilities.ChangingPlans;

/// <summary>A change restated as it will act, and the words of the button that does it.</summary>
public static class PlanSentence
{
    /// <summary>The sentence; what it hangs on is strong.</summary>
    public static RuleSentence Of(PlanStanding standing, PlanOutlook outlook, CultureInfo culture)
    {
        var (name, next, was) = (standing.Name, outlook.Next, standing.Subscription);
        var (from, to) = (NameOf(standing, was), NameOf(standing, next));
        string Amount(long micros) => new Money(micros, standing.Currency).ToString(culture);
        var parts = outlook switch
        {
            { Next.CancelAtPeriodEnd: true } when !was.CancelAtPeriodEnd => Say([
                name, " keeps ", B(Used(standing, was)), " until ", B(PlanText.Day((next.Trial?.EndsOn ?? next.Period!.Value.End).AddDays(-1))), ". Then it is on ",
                B(standing.File.Catalogue.InForce(PlanCatalogue.Free, standing.File.Now)!.Terms.Name), ". Nothing more is charged."]),
            { Next.Scheduled: { } later } when later != was.Scheduled => Say([
                name, " stays on ", B(from), " until ", B(PlanText.Day(next.Period!.Value.Last)), " and is on ", B(Seated(standing, later)), " from ", B(PlanText.Day(next.Period.Value.End)),
                ". Nothing is charged today", .. outlook.Upcoming is { } upcoming ? Say(["; ", B(Amount(upcoming.Total)), " on ", B(PlanText.Day(upcoming.Days.Start))]) : [], "."]),
            { Next.Trial: { } trial } when was.Trial is null => Say([
                name, " tries ", B(standing.File.Catalogue.Of(trial.Plan, trial.PlanVersion).Terms.Name), " free until ", B(PlanText.Day(trial.EndsOn.AddDays(-1))), ". ",
                .. standing.CardName is { } card && outlook.Upcoming is { } first
                    ? Say(["Then ", B(Amount(first.Total)), $" is charged to {card}, unless it is cancelled before."])
                    : Say(["Then it returns to ", B(from), $" and nothing is charged for {Used(standing, next)}, unless a payment method is added before."])]),
            { Today: { } today } => Say([
                name, was.Plan == next.Plan && was.Trial is null ? " has " : " moves to ", B(to), " when you confirm, ", standing.PaidByAnother ? standing.File.Payer.Name + " pays " : "pays ", B(Amount(today.Total)), " now",
                .. outlook.Upcoming is { } then ? Say([" and ", B(Amount(then.Total)), " on ", B(PlanText.Day(then.Days.Start))]) : [], .. CreditsOf(standing, next, Amount), "."]),
            { OnAccount: > 0 } => Say([
                name, " moves to ", B(to), " when you confirm. ", B(Amount(outlook.OnAccount)), " before tax is owed from today and invoiced with the month; no card is charged."]),
            _ when outlook.Change.Code == "plan_resumed" => Say([
                name, " goes on with ", B(from), .. outlook.Upcoming is { } on ? Say(["; ", B(Amount(on.Total)), " is due on ", B(PlanText.Day(on.Days.Start))]) : [], ". Nothing is charged today."]),
            _ => Say([outlook.Change.Text, " Nothing is charged today."]),
        };
        return new RuleSentence(parts);
    }

    /// <summary>The words of the button.</summary>
    public static string Act(PlanStanding standing, PlanOutlook outlook, CultureInfo culture)
    {
        var (next, was) = (outlook.Next, standing.Subscription);
        string Amount(long micros) => new Money(micros, standing.Currency).ToString(culture);
        return outlook switch
        {
            { Change.Code: "plan_resumed" } => $"Keep {NameOf(standing, was)}",
            { Change.Code: "price_agreed" } => $"Agree {PlanText.Price(next.Agreed!, standing.Currency)}",
            { Next.CancelAtPeriodEnd: true } when !was.CancelAtPeriodEnd => was.Trial is null ? $"Cancel {NameOf(standing, was)}" : "Cancel the trial",
            { Change.Code: "plan_ended" } => $"Cancel {NameOf(standing, was)} now",
            { Next.Scheduled: { } later } when later != was.Scheduled => $"Change to {Seated(standing, later)} on {PlanText.Day(next.Period!.Value.End)}",
            { Next.Trial: not null } when was.Trial is null => $"Start the trial of {Used(standing, next)}",
            { Today: { } today } => $"Change to {NameOf(standing, next)} and pay {Amount(today.Total)}",
            { Change.Code: "coupon_redeemed", Redeems: { } coupon } => $"Redeem {coupon}",
            _ => $"Change to {NameOf(standing, next)}",
        };
    }

    private static ImmutableArray<RuleSentence.Part> CreditsOf(PlanStanding standing, Subscription next, Func<long, string> amount)
    {
        var (before, after) = (standing.Current.Terms.MonthlyIn(standing.Currency), standing.File.Catalogue.Of(next.Plan, next.PlanVersion).Terms.MonthlyIn(standing.Currency));
        return before == after ? [] : Say([$"; monthly credits {(after > before ? "rise" : "fall")} from ", B(amount(before)), " to ", B(amount(after)),
            standing.Subscription.Period?.Contains(standing.File.Today) == true && standing.Subscription.Anchor == next.Anchor ? " with the next grant" : " at once"]);
    }

    private static string NameOf(PlanStanding standing, Subscription subscription) => Seated(standing, new PlanChoice(subscription.Plan, subscription.PlanVersion, subscription.Seats));

    private static string Used(PlanStanding standing, Subscription subscription) => standing.File.Catalogue.Of(subscription.Effective.Code, subscription.Effective.Number).Terms.Name;

    private static string Seated(PlanStanding standing, PlanChoice choice)
    {
        var version = standing.File.Catalogue.Of(choice.Plan, choice.PlanVersion);
        return version.Terms.Name + (standing.PriceOf(version).Kind == PriceKind.PerUser ? string.Create(CultureInfo.InvariantCulture, $" with {choice.Seats} {(choice.Seats == 1 ? "seat" : "seats")}") : "");
    }

    private static RuleSentence.Part B(string text) => new(text, Strong: true);

    private static ImmutableArray<RuleSentence.Part> Say(ImmutableArray<Words> words) => [.. words.Select(word => word.Part)];

    /// <summary>Plain words or strong ones.</summary>
    private sealed record Words(RuleSentence.Part Part)
    {
        public static implicit operator Words(string text) => new(new RuleSentence.Part(text, Strong: false));

        public static implicit operator Words(RuleSentence.Part part) => new(part);
    }
}
