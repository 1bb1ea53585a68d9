using System.Globalization;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>Where an organization's recharging stands, for people.</summary>
public enum RechargeStanding
{
    /// <summary>Switched off, or never set.</summary>
    Off,

    /// <summary>It will act when less than the threshold is available.</summary>
    On,

    /// <summary>A recharge is in flight.</summary>
    WaitingForPayment,

    /// <summary>The month's limit leaves less than one recharge.</summary>
    PausedByLimit,

    /// <summary>A hard cap is used up: more money would not help.</summary>
    PausedByCap,

    /// <summary>The card was declined to the end.</summary>
    PaymentFailed,

    /// <summary>A person must act: the breaker tripped, a payment was disputed, the card's holder must confirm, or there is no card.</summary>
    ActionNeeded,
}

/// <summary>
/// When auto-recharge acts (rules §6): strictly below the threshold, one in flight, never partial, within the month's limit, one an hour and
/// five a day at most. Pure.
/// </summary>
public static class Recharging
{
    /// <summary>Name and version of this rule.</summary>
    public const string Rule = "auto-recharge/1";

    /// <summary>The most recharges in a day; one more and a person must act.</summary>
    public const int MostADay = 5;

    /// <summary>How long one recharge must last; a second one sooner, and a person must act.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromHours(1);

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Where it stands at <paramref name="now"/>.</summary>
    public static RechargeStanding StandingOf(LedgerState state, Instant now) => state switch
    {
        _ when InFlight(state) is { State: RechargeState.AuthenticationNeeded } => RechargeStanding.ActionNeeded,
        _ when InFlight(state) is not null => RechargeStanding.WaitingForPayment,
        { Rule.Recharge.Enabled: false } => RechargeStanding.Off,
        { Rule.Suspended: RechargeSuspension.PaymentFailed } => RechargeStanding.PaymentFailed,
        { Rule.Suspended: not null } or { Rule.Card: null or { Inactive: true } } => RechargeStanding.ActionNeeded,
        _ when LimitLeft(state, now) is { } left && left < state.Rule.Recharge.Amount => RechargeStanding.PausedByLimit,
        _ when Capping.IsExhausted(state) => RechargeStanding.PausedByCap,
        _ => RechargeStanding.On,
    };

    /// <summary>What the month's limit leaves, counting settled, in flight and unknown by intent time; null without a limit.</summary>
    public static long? LimitLeft(LedgerState state, Instant now)
    {
        if (state.Rule.Recharge.MonthlyLimit is not { } limit)
        {
            return null;
        }

        var zone = state.Zone;
        var (start, end) = SpendingCalendar.WindowOf(now, null, zone);
        return limit - state.Recharges
            .Where(intent => (intent.InFlight || intent.State == RechargeState.Settled) && intent.CreatedAt >= start && intent.CreatedAt < end)
            .Sum(intent => intent.Amount);
    }

    /// <summary>What the rule may charge in its worst month: its limit, or five a day all month (rules §5). 0 while it is off.</summary>
    public static long WorstMonth(AutoRecharge recharge) => recharge switch
    {
        { Enabled: false } or { Amount: null } => 0,
        { MonthlyLimit: { } limit } => limit,
        _ => checked(recharge.Amount.Value * MostADay * 31),
    };

    /// <summary>Adds the recharge that is due now, or trips the breaker.</summary>
    internal static void Add(Course course, OrganizationId organization, RechargeCause cause)
    {
        var state = course[organization];
        var now = course.Now;
        if (!Acts(state, now) || (LimitLeft(state, now) is { } left && left < state.Rule.Recharge.Amount))
        {
            return;
        }

        if (Trips(state, now, cause))
        {
            course.Add(new Effect.SetRule(organization, state.Rule with { Suspended = RechargeSuspension.Breaker, SuspendedAt = now }));
            course.Add(new Effect.Notify(organization, new Notice(NoticeKind.RechargeSuspended, 0, $"Auto-recharge of {state.Name} stopped: action needed",
                $"It would have charged again within an hour, or a sixth time within a day. Look at the usage; saving the rule resumes it.", "billing", now)));
            return;
        }

        var rule = state.Rule.Recharge;
        course.Add(new Effect.Recharge(organization, new RechargeIntent
        {
            Number = state.Recharges.Select(intent => intent.Number).DefaultIfEmpty(0).Max() + 1,
            State = RechargeState.Planned,
            Amount = rule.Amount!.Value,
            CreatedAt = now,
            DueAt = now,
            CardId = state.Rule.Card!.Id,
            CausedByRule = cause == RechargeCause.Rule,
            CauseSeq = cause == RechargeCause.Rule ? null : state.Seq,
            Available = state.AvailableAt(now),
            Threshold = rule.Threshold!.Value,
            RuleVersion = state.Rule.Version,
            LimitLeft = LimitLeft(state, now),
            Steps = 1,
        }, new RechargeStep("", string.Create(CultureInfo.InvariantCulture,
            $"{Words(state, state.AvailableAt(now))} available, below {Words(state, rule.Threshold.Value)}: {Words(state, rule.Amount.Value)} will be charged to {state.Rule.Card}."), "engine")));
    }

    /// <summary>The recharge in flight; null for none.</summary>
    public static RechargeIntent? InFlight(LedgerState state) => state.Recharges.FirstOrDefault(intent => intent.InFlight);

    /// <summary>Cancels a recharge that was not submitted yet, because its rule was switched off; a submitted one always settles (rules §6).</summary>
    internal static void CancelWaiting(Course course, OrganizationId organization)
    {
        if (InFlight(course[organization]) is { State: RechargeState.Planned or RechargeState.Retrying } waiting)
        {
            course.Add(new Effect.Recharge(organization, waiting with { State = RechargeState.Cancelled, DueAt = null, Steps = waiting.Steps + 1 },
                new RechargeStep("rule_off", "Auto-recharge was switched off before the card was charged.", "engine")));
        }
    }

    private static bool Acts(LedgerState state, Instant now) =>
        state is { ChargingModel: ChargingModel.Prepaid, Payer: null, Disabled: false, Rule: { Suspended: null, Card: { Inactive: false }, Recharge: { Enabled: true, Threshold: { } threshold, Amount: not null } } }
        && InFlight(state) is null && state.AvailableAt(now) < threshold && !Capping.IsExhausted(state);

    /// <summary>The breaker. A person who saves the rule has looked, so the hour does not hold them; the day does.</summary>
    private static bool Trips(LedgerState state, Instant now, RechargeCause cause)
    {
        var recent = state.Recharges.Where(intent => intent.State != RechargeState.Cancelled && intent.CreatedAt > now.Plus(-Day)).ToList();
        return recent.Count >= MostADay || (cause != RechargeCause.Rule && recent.Exists(intent => intent.CreatedAt > now.Plus(-Apart)));
    }

    private static string Words(LedgerState state, long micros) => new Money(micros, state.Currency).ToString(CultureInfo.InvariantCulture);
}
