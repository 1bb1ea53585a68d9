using System.Collections.Immutable;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>Grants monthly credits, against credits granted (rules §1).</summary>
public sealed record GrantCredits(Actor Actor, string Key, OrganizationId Organization) : MoneyCommand(Actor, Key)
{
    /// <summary>Millionths granted, above zero.</summary>
    public required long Amount { get; init; }

    /// <summary>When they are granted; null for now.</summary>
    public Instant? GrantedAt { get; init; }

    /// <inheritdoc />
    public override string Rule => "grant-credits/1";

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => [Organization];

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        if (Amount <= 0)
        {
            return Decision.Wrong(nameof(Amount), "too_small", "The amount must be above zero.");
        }

        return EffectiveTime.Check(view.Only, GrantedAt, view.Now, nameof(GrantedAt))
            ?? Consequences.After(view, Organization, new EntryDraft(EntryKind.Grant, ReasonCode.PlanCredits,
            [
                new(AccountKey.Of(AccountKind.CreditsGranted), -Amount),
                new(AccountKey.Of(AccountKind.Monthly), Amount),
            ])
            { EffectiveAt = GrantedAt, Detail = """{"rule":"grant-credits/1"}""" });
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Amount).Add(GrantedAt?.Micros);
}
