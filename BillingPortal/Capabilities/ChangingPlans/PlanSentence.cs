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
            { Change.Code: "plan_cancelled" } => Say([
                name, " keeps ", B(Used(standing, was)), " until ", B(PlanText.Day((next.Trial?.EndsOn ?? next.Period!.Value.End).AddDays(-1))), ". Then it is on ", .. After(standing, next), ". ",
                .. outlook.Upcoming is null ? Say(["Nothing more is charged."]) : Say([$"Nothing is charged for {Used(standing, was)}; ", .. Foreseen(outlook, Amount), "."])]),
            { Next.Scheduled: { } later } when later != was.Scheduled => Say([
                name, " stays on ", B(from), " until ", B(PlanText.Day(next.Period!.Value.Last)), " and is on ", B(Seated(standing, later)), " from ", B(PlanText.Day(next.Period.Value.End)),
                ". Nothing is charged today", .. outlook.Upcoming is { } upcoming ? Say(["; ", B(Amount(upcoming.Total)), " on ", B(PlanText.Day(upcoming.Days.Start))]) : [], "."]),
            { Next.Trial: { } trial } when was.Trial is null => Say([
                name, " tries ", B(standing.File.Catalogue.Of(trial.Plan, trial.PlanVersion).Terms.Name), " free until ", B(PlanText.Day(trial.EndsOn.AddDays(-1))), ". ",
                .. standing.CardName is { } card && outlook.Upcoming is not null
                    ? Say([.. outlook.Then.IsEmpty ? Say(["Then "]) : [], .. Foreseen(outlook, Amount, dated: !outlook.Then.IsEmpty), $"{(outlook.Then.IsEmpty ? " is" : " are")} charged to {card}, unless it is cancelled before."])
                    : Say(["Then it returns to ", B(next.CancelAtPeriodEnd && next.Period!.Value.End <= trial.EndsOn ? FreeOf(standing) : from), $" and nothing is charged for {Used(standing, next)}, unless a payment method is added before."])]),
            { Today: { } today } => Say([
                name, was.Plan == next.Plan && was.Trial is null ? " has " : " moves to ", B(to), " when you confirm, ", standing.PaidByAnother ? standing.File.Payer.Name + " pays " : "pays ", B(Amount(today.Total)), " now",
                .. outlook.Upcoming is { } then ? Say([" and ", B(Amount(then.Total)), " on ", B(PlanText.Day(then.Days.Start))]) : [], .. CreditsOf(standing, next, Amount), "."]),
            { OnAccount: > 0 } => Say([
                name, " moves to ", B(to), " when you confirm. ", B(Amount(outlook.OnAccount)), " before tax is owed from today and invoiced with the month; no card is charged."]),
            _ when outlook.Change.Code == "plan_resumed" => Say([
                name, " goes on with ", B(next.Trial is null ? from : Used(standing, next)), .. outlook.Upcoming is null ? [] : Say(["; ", .. Foreseen(outlook, Amount)]), ". Nothing is charged today."]),
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
            { Change.Code: "plan_resumed" } => $"Keep {(was.Trial is null ? NameOf(standing, was) : Used(standing, was))}",
            { Change.Code: "price_agreed" } => $"Agree {PlanText.Price(next.Agreed!, standing.Currency)}",
            { Change.Code: "plan_cancelled" } => !next.CancelAtPeriodEnd ? "Cancel the trial" : standing.CancelsTrial ? $"Cancel {NameOf(standing, was)} and the trial" : $"Cancel {NameOf(standing, was)}",
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

    /// <summary>What it is on when what may be used now has ended.</summary>
    private static ImmutableArray<RuleSentence.Part> After(PlanStanding standing, Subscription next) =>
        next is { Trial: { } trial, Period: { } period } && (!next.CancelAtPeriodEnd || period.End > trial.EndsOn)
            ? Say([B(NameOf(standing, next)), .. next.CancelAtPeriodEnd ? Say([" until ", B(PlanText.Day(period.Last)), " and then on ", B(FreeOf(standing))]) : []])
            : Say([B(FreeOf(standing))]);

    /// <summary>What will be charged, one after the other.</summary>
    private static ImmutableArray<RuleSentence.Part> Foreseen(PlanOutlook outlook, Func<long, string> amount, bool dated = true) =>
        [.. outlook.Foreseen.SelectMany((charge, at) => Say([at == 0 ? "" : " and ", B(amount(charge.Total)), .. dated ? Say([" on ", B(PlanText.Day(charge.Days.Start))]) : []]))];

    private static string FreeOf(PlanStanding standing) => standing.File.Catalogue.InForce(PlanCatalogue.Free, standing.File.Now)!.Terms.Name;

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
