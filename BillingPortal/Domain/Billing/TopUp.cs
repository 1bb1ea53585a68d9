using System.Collections.Immutable;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>
/// Cash paid in, with a bonus on top. It repays an overdraft first; the bonus is reckoned on the whole payment (rules §1).
/// </summary>
public sealed record TopUp(Actor Actor, string Key, OrganizationId Organization) : MoneyCommand(Actor, Key)
{
    /// <summary>Millionths paid in, above zero.</summary>
    public required long Amount { get; init; }

    /// <summary>Bonus in millionths of the payment: 200,000 for a multiplier of 1.2.</summary>
    public long BonusRate { get; init; }

    /// <summary>When it was paid; null for now.</summary>
    public Instant? PaidAt { get; init; }

    /// <summary>A person's words.</summary>
    public string Comment { get; init; } = "";

    /// <inheritdoc />
    public override string Rule => "top-up/1";

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => [Organization];

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        var state = view.Only;
        if (Amount <= 0)
        {
            return Decision.Wrong(nameof(Amount), "too_small", "The amount must be above zero.");
        }

        if (EffectiveTime.Check(state, PaidAt, view.Now, nameof(PaidAt)) is { } wrong)
        {
            return wrong;
        }

        var repaid = Math.Min(Amount, -state.BalanceOf(AccountKind.Overdraft));
        var bonus = (long)((Int128)Amount * BonusRate / Money.Unit);
        return Consequences.After(view, Organization, new EntryDraft(EntryKind.TopUp, ReasonCode.PaidIn,
            [
                new(AccountKey.Of(AccountKind.PaymentsClearing), -Amount),
                new(AccountKey.Of(AccountKind.CreditsGranted), -bonus),
                new(AccountKey.Of(AccountKind.Overdraft), repaid),
                new(AccountKey.Of(AccountKind.Cash), Amount - repaid),
                new(AccountKey.Of(AccountKind.Bonus), bonus),
            ])
        { EffectiveAt = PaidAt, Comment = Comment, Detail = """{"rule":"top-up/1"}""" });
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Amount).Add(BonusRate).Add(PaidAt?.Micros).Add(Comment);
}
