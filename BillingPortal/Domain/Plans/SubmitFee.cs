using System.Collections.Immutable;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Plans;

/// <summary>
/// Claims a fee whose next step is due, or that a person wants paid now, under the head's lock: whoever's claim commits asks the provider. One whose
/// answer never came is asked about with the same key.
/// </summary>
public sealed record SubmitFee(Actor Actor, string Key, OrganizationId Organization, long Number) : MoneyCommand(Actor, Key)
{
    /// <summary>Who pays, where that is another organization.</summary>
    public OrganizationId? Payer { get; init; }

    /// <summary>True where a person asks for the next attempt before its time.</summary>
    public bool Now { get; init; }

    /// <inheritdoc />
    public override string Rule => "submit-fee/1";

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => Payer is { } payer ? [Organization, payer] : [Organization];

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with { Plans = new PlansNeeded(Organization, Payer ?? Organization) { Fee = Number } };

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        var facts = view.Facts.Plans ?? throw new InvalidOperationException("The facts about plans were not loaded.");
        if (facts.Fee is not { } fee || fee.Number != Number)
        {
            return new Decision.NotFound("There is no such fee.");
        }

        if (!fee.IsOpen || fee.DueAt is not { } due || (due > view.Now && (fee.InFlight || !Now)))
        {
            return Decision.No(RefusalCode.NotDue, "The fee is paid or given up, is being asked about, or its time has not come.");
        }

        var course = new Course(view);
        if (fee.InFlight)
        {
            course.Add(new Effect.Fee(Organization, fee with { State = FeeState.Unknown, DueAt = view.Now.Plus(PlanPaying.Lease), Steps = fee.Steps + 1 },
                new FeeStep("", "The provider is asked what became of it, with the same key.", "engine")));
            return course.Decision;
        }

        var (state, payer) = (view.States[Organization], view.States[Payer ?? Organization]);
        if (state.Payer != Payer || fee.Payer != (Payer ?? Organization))
        {
            return Decision.No(RefusalCode.PayerChanged, "Another organization pays than when the fee became due. Cancel the plan and choose it anew.");
        }

        if (payer.Rule.Card is not { Inactive: false } card)
        {
            if (Now)
            {
                return Decision.No(RefusalCode.PaymentMethodNeeded, "A payment method is needed: add a card first.", "PaymentMethod");
            }

            FeeCollection.Decline(course, Organization, facts, facts.ViewOf(state, payer, view.Now, byFinance: true), fee with { Attempt = fee.Attempt + 1 }, "no_card", "There is no card that works.", null, "engine");
            return course.Decision;
        }

        course.Add(new Effect.Fee(Organization, fee with
        {
            State = FeeState.Submitted,
            Attempt = fee.Attempt + 1,
            CardId = card.Id,
            PaymentId = null,
            DueAt = view.Now.Plus(PlanPaying.Lease),
            Steps = fee.Steps + 1,
        }, new FeeStep("", $"{card} is charged.", Actor.Via)));
        return course.Decision;
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Number).Add(Now ? 1 : 0);
}
