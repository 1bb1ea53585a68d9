using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Plans;

namespace BillingPortal.Capabilities.ChangingPlans;

/// <summary>What a person has chosen so far; kept in the browser's tab, so that Back, a card added elsewhere and a lost connection lose nothing of it.</summary>
/// <param name="Plan">The plan's code; null while none is chosen.</param>
/// <param name="Trial">True to try it first.</param>
/// <param name="Seats">As typed.</param>
/// <param name="Coupon">As typed.</param>
public sealed record PlanDraft(string? Plan = null, bool Trial = false, string Seats = "1", string Coupon = "")
{
    /// <summary>The draft with a plan chosen: its seats as they are where the organization has it already.</summary>
    public static PlanDraft For(PlanStanding standing, string plan, bool trial = false) =>
        new(plan, trial, (standing.Subscription.Plan == plan ? standing.Subscription.Seats : 1).ToString(CultureInfo.InvariantCulture));

    /// <summary>The seats as a number; 0 where what was typed is none, which no plan takes.</summary>
    public int SeatCount => int.TryParse(Seats, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var seats) ? seats : 0;

    /// <summary>What it wishes; null while no plan is chosen that there is.</summary>
    public SubscriptionWish? Wish(PlanStanding standing) => standing.VersionOf(Plan) switch
    {
        null => null,
        { Code: PlanCatalogue.Free } => new SubscriptionWish.Cancel(),
        _ when Trial => new SubscriptionWish.StartTrial(Plan!),
        var version => new SubscriptionWish.Choose(Plan!, IsPerUser(standing, version) ? SeatCount : 1, string.IsNullOrWhiteSpace(Coupon) ? null : Coupon.Trim()),
    };

    /// <summary>The steps that it takes, in order.</summary>
    public ImmutableArray<PlanStep> Steps(PlanStanding standing) => standing.VersionOf(Plan) switch
    {
        { Code: PlanCatalogue.Free } => [PlanStep.Plan, PlanStep.Due, PlanStep.Confirm],
        _ when Trial => [PlanStep.Plan, PlanStep.Payment, PlanStep.Due, PlanStep.Confirm],
        { } version when IsPerUser(standing, version) => [PlanStep.Plan, PlanStep.Seats, PlanStep.Payment, PlanStep.Coupon, PlanStep.Due, PlanStep.Confirm],
        _ => [PlanStep.Plan, PlanStep.Payment, PlanStep.Coupon, PlanStep.Due, PlanStep.Confirm],
    };

    private static bool IsPerUser(PlanStanding standing, PlanVersion version) => standing.PriceOf(version).Kind == PriceKind.PerUser;
}

/// <summary>A step of changing the plan. Its name in small letters stands in the address.</summary>
public enum PlanStep
{
    /// <summary>Compare plans and choose one.</summary>
    Plan,

    /// <summary>How many seats.</summary>
    Seats,

    /// <summary>Which card pays.</summary>
    Payment,

    /// <summary>A coupon.</summary>
    Coupon,

    /// <summary>What is due today and from the next period.</summary>
    Due,

    /// <summary>Agree to it.</summary>
    Confirm,
}

/// <summary>Words about the steps.</summary>
public static class PlanStepNames
{
    /// <summary>For people.</summary>
    public static string Of(PlanStep step) => step switch
    {
        PlanStep.Payment => "Payment method",
        PlanStep.Due => "Due today and next",
        _ => step.ToString(),
    };

    /// <summary>In the address.</summary>
    public static string CodeOf(PlanStep step) => step.ToString().ToLowerInvariant();

    /// <summary>The step of a word in the address; null for none.</summary>
    public static PlanStep? Find(string? code) => Enum.GetValues<PlanStep>().Cast<PlanStep?>().FirstOrDefault(step => CodeOf(step!.Value) == code);
}
