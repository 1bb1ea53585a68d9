using BillingPortal.Domain.Ledger;

namespace BillingPortal.Domain.Billing;

/// <summary>
/// What a person may move alone: the absolute amounts moved by hand in a rolling 24 hours, per actor and per organization, reversals
/// included, so that splitting does not help (rules §5). Limits and totals are in the organization's currency; currencies are never added.
/// </summary>
public static class ApprovalLimit
{
    /// <summary>The window.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);

    /// <summary>What must be approved, or null where <paramref name="size"/> millionths more stay within <paramref name="limit"/> millionths.</summary>
    public static Decision? Check(LedgerState state, Facts facts, long size, long limit)
    {
        var (used, scope) = facts.MovedByActor >= facts.MovedInOrganization ? (facts.MovedByActor, "you") : (facts.MovedInOrganization, "organization");
        return used + size <= limit
            ? null
            : new Decision.NeedsApproval(new ApprovalNeed(
                new Money(limit, state.Currency), new Money(used, state.Currency), new Money(size, state.Currency), scope));
    }
}
