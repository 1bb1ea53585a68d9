using System.Collections.Immutable;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>
/// A program's request that was found wanting before it became a command. It decides nothing but its own rejection; it exists so that the
/// rejection is kept under the request's key like every other answer (ledger.md, "Idempotency").
/// </summary>
public sealed record RejectedRequest(Actor Actor, string Key, OrganizationId Organization, Decision Answer) : MoneyCommand(Actor, Key)
{
    /// <inheritdoc />
    public override string Rule => "rejected-request/1";

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => [Organization];

    /// <inheritdoc />
    public override Decision Decide(DecisionView view) => Answer;

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form) => form.Add(Key);
}
