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
    public override FactsNeeded Needs => FactsNeeded.None with { Plans = new PlansNeeded(Organization, Payer ?? Organization) };

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
        if (state.Payer != Payer)
        {
            return Decision.No(RefusalCode.PayerChanged, "Another organization pays by now.");
        }

        fee = fee.Payer == payer.Organization ? fee : Moved(course, facts, fee, payer);
        if (PlanPaying.Obstacle(state, payer, Now) is { } obstacle)
        {
            if (Now)
            {
                return obstacle.Code == "no_card" ? Decision.No(RefusalCode.PaymentMethodNeeded, "A payment method is needed: add a card first.", "PaymentMethod")
                    : Decision.No(RefusalCode.Disabled, obstacle.Message);
            }

            FeeCollection.Decline(course, Organization, facts, facts.ViewOf(state, payer, view.Now, byFinance: true), fee with { CardId = 0, Attempt = fee.Attempt + 1 }, obstacle.Code, obstacle.Message, null, "engine");
            return course.Decision;
        }

        var card = payer.Rule.Card!;
        course.Add(new Effect.Fee(Organization, fee with
        {
            State = FeeState.Submitted,
            AskedBy = Now ? Actor : fee.AskedBy,
            Attempt = fee.Attempt + 1,
            Pressed = fee.Pressed + (Now ? 1 : 0),
            RetryAt = Now ? due : null,
            CardId = card.Id,
            PaymentId = null,
            DueAt = view.Now.Plus(PlanPaying.Lease),
            Steps = fee.Steps + 1,
        }, new FeeStep("", $"{card} is charged.", Actor.Via)));
        return course.Decision;
    }

    /// <summary>
    /// Who pays is another by now: the fee is owed by them, in a number of theirs and taxed as they are, and their card has attempts of its own. What the
    /// earlier payer owed is given up.
    /// </summary>
    private PlanFee Moved(Course course, PlanFacts facts, PlanFee fee, LedgerState payer)
    {
        course.Add(new Effect.Fee(Organization, fee with { State = FeeState.Cancelled, DueAt = null, Steps = fee.Steps + 1 },
            new FeeStep("payer_changed", $"{payer.Name} pays by now. It is charged there, and here no more.", "engine")));
        var tax = facts.TaxOn(PlanCalendar.Today(course.Now, payer.Zone));
        return fee with
        {
            Number = facts.Fees + 1,
            Next = fee.Next with { Paid = fee.Next.Paid is { } paid ? paid with { Tax = tax } : null },
            Payer = payer.Organization,
            CardId = 0,
            Charge = fee.Charge with { Tax = tax },
            CommandKey = "",
            Attempt = 0,
            Pressed = 0,
            Steps = 0,
            CreatedAt = course.Now,
        };
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Number).Add(Now ? 1 : 0);
}
