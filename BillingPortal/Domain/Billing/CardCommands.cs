using System.Collections.Immutable;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>
/// Enters a card. It becomes the one that recharges charge where there is none that works, or where that is asked; recharging that stood still
/// for a card's sake resumes (rules §6).
/// </summary>
public sealed record AddCard(Actor Actor, string Key, OrganizationId Organization, NewCard Card) : MoneyCommand(Actor, Key)
{
    /// <summary>True to charge this one from now on, whatever was charged before.</summary>
    public bool Choose { get; init; }

    /// <inheritdoc />
    public override string Rule => "add-card/1";

    /// <inheritdoc />
    public override bool KeepsKey => true;

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => [Organization];

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with { Card = CardChange.IdOf(Card.Provider, Card.Method) };

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        var id = CardChange.IdOf(Card.Provider, Card.Method);
        if (view.Facts.Card is { Organization: var holder } && holder != Organization)
        {
            return Decision.No(RefusalCode.Taken, "This card belongs to another organization at the payment provider. Nothing was changed.");
        }

        var course = new Course(view);
        course.Add(new Effect.SetCard(Organization, new CardChange(id) { New = Card }));
        if (Choose || view.Only.Rule.Card is null or { Inactive: true })
        {
            Cards.Choose(course, view.Only, new CardOnFile(id, Card.Brand, Card.Last4, Inactive: false));
        }

        return course.Decision;
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Card.Provider).Add(Card.Method).Add(Choose ? 1 : 0);
}

/// <summary>Charges another card on file from now on; one that failed is given another chance.</summary>
public sealed record ChooseCard(Actor Actor, string Key, OrganizationId Organization, long Card) : MoneyCommand(Actor, Key)
{
    /// <inheritdoc />
    public override string Rule => "choose-card/1";

    /// <inheritdoc />
    public override bool KeepsKey => true;

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => [Organization];

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with { Card = Card };

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        if (view.Facts.Card is not { Card: var card, Organization: var holder } || holder != Organization)
        {
            return new Decision.NotFound("There is no such card.");
        }

        if (view.Only.Rule.Card == card && !card.Inactive)
        {
            return Decision.Nothing;
        }

        var course = new Course(view);
        if (card.Inactive)
        {
            course.Add(new Effect.SetCard(Organization, new CardChange(card.Id)));
        }

        Cards.Choose(course, view.Only, card with { Inactive = false });
        return course.Decision;
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Card);
}

/// <summary>Takes a card away. Where recharges charged it, recharging waits for another.</summary>
public sealed record RemoveCard(Actor Actor, string Key, OrganizationId Organization, long Card) : MoneyCommand(Actor, Key)
{
    /// <inheritdoc />
    public override string Rule => "remove-card/1";

    /// <inheritdoc />
    public override bool KeepsKey => true;

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => [Organization];

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with { Card = Card };

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        var state = view.Only;
        if (view.Facts.Card is not { Organization: var holder } || holder != Organization)
        {
            return new Decision.NotFound("There is no such card.");
        }

        if (view.Facts.CardPaysFee)
        {
            return Decision.No(RefusalCode.NotDue, "The card is being charged for a plan. Take it away when that has ended.");
        }

        if (Recharging.InFlight(state) is { State: RechargeState.Submitted or RechargeState.Unknown or RechargeState.AuthenticationNeeded } asked && asked.CardId == Card)
        {
            return Decision.No(RefusalCode.NotDue, "The card is being charged. Take it away when that has ended.");
        }

        var course = new Course(view);
        course.Add(new Effect.SetCard(Organization, new CardChange(Card) { Removed = true }));
        if (state.Rule.Card?.Id == Card)
        {
            var without = state.Rule with { Card = null };
            course.Add(new Effect.SetRule(Organization, without with { Version = without.Version + 1 }, RuleChanges.Between(state, state.Rule, without)));
            if (Recharging.InFlight(state) is { State: RechargeState.Planned or RechargeState.Retrying } waiting)
            {
                course.Add(new Effect.Recharge(Organization, waiting with { State = RechargeState.Cancelled, DueAt = null, Steps = waiting.Steps + 1 },
                    new RechargeStep("no_card", "The card was taken away before it was charged.", "engine")));
            }
        }

        return course.Decision;
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Card);
}

/// <summary>What choosing a card comes to.</summary>
internal static class Cards
{
    /// <summary>Makes it the rule's card, resumes what stood still for a card's sake, and goes on at once with a recharge that waits for one.</summary>
    public static void Choose(Course course, LedgerState state, CardOnFile card)
    {
        var rule = state.Rule with { Card = card };
        if (rule.Suspended is RechargeSuspension.PaymentFailed or RechargeSuspension.AuthenticationNeeded)
        {
            rule = rule with { Suspended = null, SuspendedAt = null };
        }

        course.Add(new Effect.SetRule(state.Organization, rule with { Version = rule.Version + 1 }, RuleChanges.Between(state, state.Rule, rule)));
        if (Recharging.InFlight(state) is { State: RechargeState.Retrying or RechargeState.AuthenticationNeeded } waiting)
        {
            course.Add(new Effect.Recharge(state.Organization, waiting with { DueAt = course.Now, Steps = waiting.Steps + 1 },
                new RechargeStep("new_card", $"{card} was chosen; the recharge goes on with it.", "engine")));
        }

        Consequences.Follow(course, state.Organization, RechargeCause.Rule);
    }
}
