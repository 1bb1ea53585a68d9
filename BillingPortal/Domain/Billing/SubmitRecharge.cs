using System.Collections.Immutable;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>
/// Claims a recharge whose step is due, under the head's lock: whoever's claim commits asks the provider, nobody else until the lease ends. A
/// planned one that may not go on any more is cancelled instead.
/// </summary>
public sealed record SubmitRecharge(Actor Actor, string Key, OrganizationId Organization, long Number) : MoneyCommand(Actor, Key)
{
    /// <summary>How long a claim lasts: whoever died holding it is followed by another who asks with the same key.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <inheritdoc />
    public override string Rule => "submit-recharge/1";

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => [Organization];

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with { Recharge = (Organization, Number) };

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        if (view.Facts.Recharge is not { } intent)
        {
            return new Decision.NotFound("There is no such recharge.");
        }

        if (!intent.InFlight || intent.DueAt is not { } due || due > view.Now)
        {
            return Decision.No(RefusalCode.NotDue, "The recharge has ended, is being asked about, or its time has not come.");
        }

        var course = new Course(view);
        if (intent.State is not (RechargeState.Planned or RechargeState.Retrying))
        {
            course.Add(Asked(intent, view.Now));
            return course.Decision;
        }

        course.Add(Charged(course[Organization], intent, view.Now));
        if (course[Organization].Rule.Recharge.Amount != intent.Amount)
        {
            // The rule's amount is another by now: what is due is decided anew, with it.
            Recharging.Add(course, Organization, RechargeCause.Rule);
        }

        return course.Decision;
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Number);

    private Effect.Recharge Charged(LedgerState state, RechargeIntent intent, Instant now)
    {
        var (code, why) = state switch
        {
            { Rule.Recharge.Enabled: false } => ("rule_off", "Auto-recharge is off."),
            { Rule.Suspended: not null } => ("suspended", "Recharging stands still until a person acts."),
            { Disabled: true } => ("disabled", "The organization is disabled."),
            { Rule.Card: null or { Inactive: true } } => ("no_card", "There is no card that works."),
            _ when state.Rule.Recharge.Amount != intent.Amount => ("rule_changed", "The rule charges another amount by now."),
            _ when state.AvailableAt(now) >= state.Rule.Recharge.Threshold => ("not_needed", "No longer needed: enough is available by now."),
            _ when Recharging.LimitLeft(state with { Recharges = state.Recharges.RemoveAll(other => other.Number == intent.Number) }, now) < intent.Amount =>
                ("limit", "The month's limit leaves less than one recharge."),
            _ when Capping.IsExhausted(state) => ("cap_reached", "The hard spending cap is used up: more money would not help."),
            _ => ("", ""),
        };
        return code.Length > 0
            ? new Effect.Recharge(Organization, intent with { State = RechargeState.Cancelled, DueAt = null, Steps = intent.Steps + 1 }, new RechargeStep(code, why + " Nothing was charged.", "engine"))
            : new Effect.Recharge(Organization, intent with
            {
                State = RechargeState.Submitted,
                Attempt = intent.Attempt + 1,
                CardId = state.Rule.Card!.Id,
                DueAt = now.Plus(Lease),
                PaymentId = null,
                Steps = intent.Steps + 1,
            }, new RechargeStep("", $"{state.Rule.Card} is charged.", "engine"));
    }

    /// <summary>Nobody knows what became of it: it is asked about with the same key, never charged anew.</summary>
    private Effect.Recharge Asked(RechargeIntent intent, Instant now) => new(Organization,
        intent with { State = intent.State == RechargeState.Submitted ? RechargeState.Unknown : intent.State, DueAt = now.Plus(Lease), Steps = intent.Steps + 1 },
        new RechargeStep("", "The provider is asked what became of it, with the same key.", "engine"));
}
