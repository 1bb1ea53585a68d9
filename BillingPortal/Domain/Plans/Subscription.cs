using BillingPortal.Domain.Invoices;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Plans;

/// <summary>Where a subscription stands, but for a trial and a pending cancellation, which lie over it. Stored: never renumber.</summary>
public enum SubscriptionState
{
    /// <summary>On the plan that costs nothing; there is no period.</summary>
    Free = 1,

    /// <summary>On a plan whose period is paid, or costs nothing by agreement.</summary>
    Active = 2,

    /// <summary>A period has begun whose fee could not be collected; the plan still stands and the fee is tried again.</summary>
    PastDue = 3,

    /// <summary>Ended by a person or because the fee could not be collected; on the plan that costs nothing.</summary>
    Cancelled = 4,
}

/// <summary>What people and programs see of a subscription: one word.</summary>
public enum SubscriptionStanding
{
    /// <summary>On the plan that costs nothing.</summary>
    Free,

    /// <summary>Trying a plan.</summary>
    Trial,

    /// <summary>On a plan that is paid.</summary>
    Active,

    /// <summary>The fee is owed.</summary>
    PastDue,

    /// <summary>Ends with the period, or with the trial.</summary>
    Cancelling,

    /// <summary>Ended.</summary>
    Cancelled,
}

/// <summary>
/// What an organization has subscribed to (rules §7). Immutable: <see cref="Transitions"/> and <see cref="Renewals"/> give the next one, and it is written
/// only under the organization's head lock.
/// </summary>
public sealed record Subscription
{
    /// <summary>The plan's code.</summary>
    public required string Plan { get; init; }

    /// <summary>Which version of it; kept until the plan is changed.</summary>
    public required int PlanVersion { get; init; }

    /// <summary>Where it stands.</summary>
    public SubscriptionState State { get; init; } = SubscriptionState.Free;

    /// <summary>Seats, from 1; above 1 on plans with a price for each user only.</summary>
    public int Seats { get; init; } = 1;

    /// <summary>The day from which periods are counted; null where there are none.</summary>
    public DateOnly? Anchor { get; init; }

    /// <summary>How long its periods are; null where there are none.</summary>
    public PlanInterval? Interval { get; init; }

    /// <summary>The number of the current period, 0 from the anchor.</summary>
    public int Index { get; init; }

    /// <summary>What was paid for the rest of the current period; null where nothing was.</summary>
    public PaidPart? Paid { get; init; }

    /// <summary>What credits came with the current period; null for none.</summary>
    public GrantedCredits? Granted { get; init; }

    /// <summary>The plan being tried; null where none is.</summary>
    public PlanTrial? Trial { get; init; }

    /// <summary>True once a trial was begun: an organization has one.</summary>
    public bool TrialUsed { get; init; }

    /// <summary>True where the plan ends with its period. A trial that lies over it has a cancellation of its own.</summary>
    public bool CancelAtPeriodEnd { get; init; }

    /// <summary>What it becomes with the next period; null where it stays.</summary>
    public PlanChoice? Scheduled { get; init; }

    /// <summary>The coupon on it; null for none.</summary>
    public AppliedCoupon? Coupon { get; init; }

    /// <summary>The price that finance agreed for a plan that has none of its own; null for none.</summary>
    public PlanPrice? Agreed { get; init; }

    /// <summary>The agreed price that the current period has: what is agreed meanwhile holds from the next. Null where the plan has a price of its own.</summary>
    public PlanPrice? Holds { get; init; }

    /// <summary>
    /// True where nobody ever chose it: the organization had the plan before subscriptions were kept. It stands in the calendar month and costs nothing
    /// until somebody changes the plan itself; a price or a coupon alone begins no charges.
    /// </summary>
    public bool Carried { get; init; }

    /// <summary>Counts its changes.</summary>
    public long Version { get; init; }

    /// <summary>What everybody has who never chose.</summary>
    public static Subscription None(PlanVersion free) => new() { Plan = free.Code, PlanVersion = free.Number };

    /// <summary>
    /// What an organization has whose plan was set before subscriptions were kept: active in the calendar month, with nothing paid for it, so that
    /// nothing is given back for it either, and nothing charged until it is changed.
    /// </summary>
    public static Subscription CarriedOver(PlanVersion plan, DateOnly today) => new()
    {
        Plan = plan.Code,
        PlanVersion = plan.Number,
        State = SubscriptionState.Active,
        Anchor = new DateOnly(today.Year, today.Month, 1),
        Interval = PlanInterval.Month,
        Carried = true,
    };

    /// <summary>The same on that day: what nobody chose stands in the calendar month, unless it was to change or to end with the one it stood in.</summary>
    public Subscription On(DateOnly today) => Lasts && Period is { } period && period.End <= today ? this with { Anchor = new DateOnly(today.Year, today.Month, 1) } : this;

    /// <summary>True where its period ends without anything happening.</summary>
    private bool Lasts => Carried && !CancelAtPeriodEnd && Scheduled is null;

    /// <summary>True where what may be used now ends: the trial turns into no paid period, or without a trial the plan ends with its period.</summary>
    public bool Ends => Trial is not null ? TrialEnds : CancelAtPeriodEnd;

    /// <summary>True where a trial runs that turns into no paid period.</summary>
    public bool TrialEnds => Trial is { Cancelled: true } || (Trial is not null && CancelAtPeriodEnd && Period is null);

    /// <summary>The current period; null on the plan that costs nothing.</summary>
    public PlanPeriod? Period => Anchor is { } anchor && Interval is { } interval ? PlanCalendar.PeriodOf(anchor, interval, Index) : null;

    /// <summary>The plan that it may use now: the one being tried, else its own.</summary>
    public (string Code, int Number) Effective => Trial is { } trial ? (trial.Plan, trial.PlanVersion) : (Plan, PlanVersion);

    /// <summary>One word for where it stands.</summary>
    public SubscriptionStanding Standing => this switch
    {
        { Ends: true } => SubscriptionStanding.Cancelling,
        { Trial: not null } => SubscriptionStanding.Trial,
        { State: SubscriptionState.Active } => SubscriptionStanding.Active,
        { State: SubscriptionState.PastDue } => SubscriptionStanding.PastDue,
        { State: SubscriptionState.Cancelled } => SubscriptionStanding.Cancelled,
        _ => SubscriptionStanding.Free,
    };

    /// <summary>When something happens to it of itself: its trial or its period ends. Null where nothing will.</summary>
    public Instant? DueAt(TimeZoneInfo zone)
    {
        var day = (Trial?.EndsOn, Lasts ? null : Period?.End) switch
        {
            ({ } trial, { } period) => trial < period ? trial : period,
            var (trial, period) => trial ?? period,
        };
        return day is { } due ? LocalTime.FirstMomentOf(due, zone) : null;
    }

    /// <summary>What a version costs this organization in the current period where it has that plan, else from when it begins.</summary>
    public PlanPrice PriceOf(PlanVersion version) =>
        version.Terms.Price.Kind == PriceKind.Enterprise && version.Code == Plan && Holds is { } held ? held : NextPriceOf(version);

    /// <summary>What a version costs this organization in a period that begins: agreed where the plan has no price of its own.</summary>
    public PlanPrice NextPriceOf(PlanVersion version) => version.Terms.Price.Kind == PriceKind.Enterprise ? Agreed ?? version.Terms.Price : version.Terms.Price;

    internal void Describe(CanonicalForm form)
    {
        form.Add(Plan).Add(PlanVersion).Add((long)State).Add(Seats).Add(Anchor?.DayNumber).Add((long?)Interval).Add(Index)
            .Add(Paid?.From.DayNumber).Add(Paid?.Net).Add(Trial?.Plan ?? "").Add(Trial?.EndsOn.DayNumber).Add(TrialUsed ? 1 : 0)
            .Add(CancelAtPeriodEnd ? 1 : 0).Add(Scheduled?.Plan ?? "").Add(Scheduled?.PlanVersion).Add(Scheduled?.Seats)
            .Add(Coupon?.Code ?? "").Add(Coupon?.Left).Add(Coupon?.Used == true ? 1 : 0).Add(Trial?.Cancelled == true ? 1 : 0).Add(Carried ? 1 : 0);
        Agreed?.Describe(form.Add("agreed"));
        Holds?.Describe(form.Add("holds"));
    }
}

/// <summary>What was paid for the days of the current period from one on, without tax: what is given back of it is reckoned on this, coupons included.</summary>
/// <param name="From">The first day that it pays for; it pays to the period's end.</param>
/// <param name="Net">Millionths.</param>
public sealed record PaidPart(DateOnly From, long Net)
{
    /// <summary>How it was taxed: what is given back of it carries that tax, whatever holds by then. Null where the month's invoice taxes it.</summary>
    public TaxTreatment? Tax { get; init; }
}

/// <summary>The credits that the current period was granted, in the ledger that paid.</summary>
/// <param name="Payer">Whose ledger.</param>
/// <param name="Lot">The lot of the monthly ones.</param>
/// <param name="Monthly">Millionths that lapse with the period.</param>
/// <param name="Lasting">Millionths that do not.</param>
public sealed record GrantedCredits(OrganizationId Payer, int Lot, long Monthly, long Lasting);

/// <summary>A plan on trial.</summary>
/// <param name="Plan">Its code.</param>
/// <param name="PlanVersion">Which version.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="StartedOn">The first day: it counts whole, like every other.</param>
/// <param name="EndsOn">The first day after it.</param>
public sealed record PlanTrial(string Plan, int PlanVersion, Instant StartedAt, DateOnly StartedOn, DateOnly EndsOn)
{
    /// <summary>True where it turns into no paid period.</summary>
    public bool Cancelled { get; init; }

    /// <summary>Days left on <paramref name="today"/>, today included.</summary>
    public int DaysLeft(DateOnly today) => Math.Max(0, EndsOn.DayNumber - today.DayNumber);
}

/// <summary>A plan with seats.</summary>
public sealed record PlanChoice(string Plan, int PlanVersion, int Seats);
