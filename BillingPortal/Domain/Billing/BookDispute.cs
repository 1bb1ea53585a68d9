using System.Collections.Immutable;
using System.Text.Json;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>Books a disputed card payment: the money leaves cash, then bonus, then overdraft, and recharging stands still (rules §8).</summary>
public sealed record BookDispute(Actor Actor, OrganizationId Organization, DisputeChange Dispute) : MoneyCommand(Actor, $"dispute:{Dispute.Provider}:{Dispute.Id}")
{
    /// <inheritdoc />
    public override string Rule => "book-dispute/1";

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => [Organization];

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with { Dispute = (Dispute.Provider, Dispute.Id) };

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        if (view.Facts.Dispute is not null)
        {
            return Decision.Nothing;
        }

        var state = view.Only;
        var cash = Math.Min(Dispute.Amount, state.Refundable);
        var bonus = Math.Min(Dispute.Amount - cash, Math.Max(0, state.BalanceOf(AccountKind.Bonus)));
        var course = new Course(view);

        // Suspended first: the decrease must not charge the very card whose payment is disputed.
        course.Add(new Effect.SetRule(Organization, state.Rule with { Suspended = RechargeSuspension.Dispute, SuspendedAt = view.Now }));
        Consequences.Post(course, Organization, new EntryDraft(EntryKind.Dispute, ReasonCode.PaymentDisputed,
        [
            new(AccountKey.Of(AccountKind.Cash), -cash),
            new(AccountKey.Of(AccountKind.Bonus), -bonus),
            new(AccountKey.Of(AccountKind.Overdraft), -(Dispute.Amount - cash - bonus)),
            new(AccountKey.Of(AccountKind.RefundsAndDisputes), Dispute.Amount),
        ])
        { Detail = $$"""{"rule":"{{Rule}}","dispute":{{JsonSerializer.Serialize(Dispute.Id)}},"payment":{{JsonSerializer.Serialize(Dispute.PaymentId)}}}""" });
        course.Add(new Effect.Dispute(Organization, Dispute with { Status = "open" }));
        var amount = new Money(Dispute.Amount, state.Currency).ToString(System.Globalization.CultureInfo.InvariantCulture);
        course.Add(new Effect.Notify(Organization, new Notice(NoticeKind.PaymentDisputed, 0, $"A card payment of {amount} by {state.Name} was disputed",
            $"The bank took back {amount}. Auto-recharge stands still until its rule is saved again.", "billing", view.Now)));
        return course.Decision;
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Dispute.PaymentId).Add(Dispute.Amount);
}

/// <summary>Closes a dispute: where it was won the money comes back, to an overdraft first and what was bonus as bonus; where it was lost nothing more happens.</summary>
public sealed record CloseDispute(Actor Actor, OrganizationId Organization, string Provider, string Id, bool Won)
    : MoneyCommand(Actor, $"dispute:{Provider}:{Id}:closed")
{
    /// <inheritdoc />
    public override string Rule => "close-dispute/1";

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => [Organization];

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with { Dispute = (Provider, Id) };

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        if (view.Facts.Dispute is not { Dispute: var dispute, Organization: var holder } || holder != Organization)
        {
            return new Decision.NotFound("There is no such dispute.");
        }

        if (dispute.Status != "open")
        {
            return Decision.Nothing;
        }

        var course = new Course(view);
        if (Won)
        {
            // An overdraft is repaid first, and out of what was cash before what was bonus.
            var repaid = Math.Min(dispute.Amount, -view.Only.BalanceOf(AccountKind.Overdraft));
            var bonus = Math.Min(dispute.Bonus, dispute.Amount - repaid);
            Consequences.Post(course, Organization, new EntryDraft(EntryKind.DisputeWon, ReasonCode.PaymentDisputeWon,
            [
                new(AccountKey.Of(AccountKind.RefundsAndDisputes), -dispute.Amount),
                new(AccountKey.Of(AccountKind.Overdraft), repaid),
                new(AccountKey.Of(AccountKind.Cash), dispute.Amount - repaid - bonus),
                new(AccountKey.Of(AccountKind.Bonus), bonus),
            ])
            { Detail = $$"""{"rule":"{{Rule}}","dispute":{{JsonSerializer.Serialize(Id)}}}""" });
        }

        course.Add(new Effect.Dispute(Organization, dispute with { Status = Won ? "won" : "lost" }));
        return course.Decision;
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Won ? 1 : 0);
}
