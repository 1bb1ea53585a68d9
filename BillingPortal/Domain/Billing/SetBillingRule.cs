using System.Collections.Immutable;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>
/// Sets recharge and cap of one organization or of many, all or nothing (rules §6). The page, contract 1's PATCH and bulk edit are this one
/// command. Saving a rule may cause a recharge at once, and a cap below what is spent stops the next charge.
/// </summary>
public sealed record SetBillingRule(Actor Actor, string Key) : MoneyCommand(Actor, Key)
{
    /// <summary>What is wanted, an organization once.</summary>
    public required ImmutableArray<RuleWish> Wishes { get; init; }

    /// <summary>
    /// Millionths the actor may move alone in a rolling day, where they act for the platform; null for the organization's own people, whose own card
    /// it is. A rule weighs in at its worst month (rules §5).
    /// </summary>
    public long? Limit { get; init; }

    /// <inheritdoc />
    public override string Rule => "set-billing-rule/1";

    /// <inheritdoc />
    public override bool KeepsKey => true;

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => [.. Wishes.Select(wish => wish.Organization)];

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with { RollingTotals = Limit is not null };

    /// <inheritdoc />
    public override IEnumerable<WindowNeeded> WindowsNeeded(IReadOnlyDictionary<OrganizationId, LedgerState> states, Instant now) =>
        base.WindowsNeeded(states, now).Concat(Wishes.Select(wish => (State: states[wish.Organization], After: wish.On(states[wish.Organization].Rule).Cap))
            .Where(pair => pair.After.Enabled && (!pair.State.Rule.Cap.Enabled || pair.After.Anchor != pair.State.Rule.Cap.Anchor))
            .Select(pair => WindowNeeded.At(pair.State, now, pair.After.Anchor)));

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        var course = new Course(view);
        var weight = 0L;
        foreach (var wish in Wishes)
        {
            var state = view.States[wish.Organization];
            if (Objection(state, wish) is { } objection)
            {
                return objection;
            }

            weight += Set(course, view, state, wish);
        }

        return (Limit is { } limit && weight > 0 ? ApprovalLimit.Check(view.States[Organizations[0]], view.Facts, weight, limit) : null) ?? course.Decision;
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form)
    {
        foreach (var wish in Wishes)
        {
            form.Add(wish.RechargeEnabled is { } on ? on ? 1 : 0 : null).Add(wish.Threshold).Add(wish.Amount).Add(wish.MonthlyLimit).Add(wish.WithoutLimit ? 1 : 0)
                .Add(wish.CapEnabled is { } capped ? capped ? 1 : 0 : null).Add(wish.CapAmount).Add(wish.Anchor?.Micros).Add(wish.ByCalendarMonth ? 1 : 0)
                .Add(wish.Soft is { } soft ? soft ? 1 : 0 : null);
        }
    }

    private Decision? Objection(LedgerState state, RuleWish wish)
    {
        var named = Wishes.Length > 1 ? $"{state.Name}: " : "";
        if (state.Currency.Digits == 0)
        {
            return Decision.No(RefusalCode.CurrencyNotSupported, $"{named}{state.Currency.Code} has no decimals; recharge and cap are not offered in it. Nothing was changed.");
        }

        if (wish.Check(state) is [_, ..] errors)
        {
            return new Decision.Invalid([.. errors.Select(error => error with { Message = named + error.Message })]);
        }

        return state.ChargingModel == ChargingModel.Postpaid && wish.On(state.Rule).Recharge.Enabled
            ? Decision.No(RefusalCode.NotForPostpaid, $"{named}A postpaid organization pays by invoice; auto-recharge is for prepaid ones. Nothing was changed.", nameof(wish.RechargeEnabled))
            : null;
    }

    /// <summary>Sets one and gives what it weighs against approval limits.</summary>
    private long Set(Course course, DecisionView view, LedgerState state, RuleWish wish)
    {
        var before = state.Rule;
        var wished = Resumed(wish.On(before));
        var change = RuleChanges.Between(state, before, wished);
        change = Limit is null ? change with { Weight = 0 } : change;
        if (change.Lines.IsEmpty)
        {
            return 0;
        }

        course.Add(new Effect.SetRule(state.Organization, wished with { Version = before.Version + 1 }, change));
        if (wished.Cap != before.Cap)
        {
            course.Add(new Effect.Watch(state.Organization, Watched(view, state, wished.Cap)));
        }

        if (!wished.Recharge.Enabled)
        {
            Recharging.CancelWaiting(course, state.Organization);
        }

        Consequences.Follow(course, state.Organization, RechargeCause.Rule);
        return change.Weight;
    }

    /// <summary>Whoever saves a rule that is on has looked: the breaker and a dispute no longer hold it. A card that failed still does.</summary>
    private static BillingRule Resumed(BillingRule rule) =>
        rule is { Recharge.Enabled: true, Suspended: RechargeSuspension.Breaker or RechargeSuspension.Dispute or RechargeSuspension.AuthenticationNeeded }
            ? rule with { Suspended = null, SuspendedAt = null }
            : rule;

    /// <summary>The window that counts from now on. Levels already passed are not told again, but that nothing is left is.</summary>
    private static SpendingWindow? Watched(DecisionView view, LedgerState state, SpendingCap cap)
    {
        if (!cap.Enabled)
        {
            return null;
        }

        var window = view.WindowAt(state, view.Now, cap.Anchor);
        var level = Capping.LevelOf(cap, window.Spent);
        return window with { Alerted = level < 100 ? level : 0 };
    }
}
