using System.Collections.Immutable;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>One organization's part of an import.</summary>
/// <param name="Organization">Whose.</param>
/// <param name="Charges">What changed, in the order in which it is posted. Changes that post nothing may stand among them.</param>
/// <param name="Again">Months that were delivered before: their charges are differences.</param>
public sealed record OrganizationUsage(OrganizationId Organization, ImmutableArray<UsageCharge> Charges, ImmutableHashSet<BillingPeriod> Again);

/// <summary>
/// Posts what an import charges and gives back, as facts: never refused for balance, cap or block (rules §2, §3). One command for the
/// whole import, so that it is there or is not.
/// </summary>
/// <param name="Actor">Who.</param>
/// <param name="Key">The idempotency key.</param>
/// <param name="Import">The import's number, which entries state.</param>
public sealed record PostUsage(Actor Actor, string Key, long Import) : MoneyCommand(Actor, Key)
{
    /// <summary>What it posts, an organization once.</summary>
    public required ImmutableArray<OrganizationUsage> Usage { get; init; }

    /// <inheritdoc />
    public override string Rule => "post-usage/1";

    /// <inheritdoc />
    public override ImmutableArray<OrganizationId> Organizations => [.. Usage.Select(usage => usage.Organization)];

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with
    {
        Draws =
        [
            .. Usage.SelectMany(usage => usage.Charges.Where(charge => charge.PostedMicros < 0)
                .Select(charge => (usage.Organization, charge.Group.Period.Number)).Distinct()),
        ],
    };

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        var draws = view.Facts.Draws.ToLookup(draw => draw.Organization);
        return new Decision.Effects(
        [
            .. Usage.SelectMany(usage =>
            {
                var posting = new UsagePosting(this, usage.Again, view.States[usage.Organization], draws[usage.Organization], view.Now);
                return usage.Charges.Where(charge => charge.PostedMicros != 0).SelectMany(charge => posting.Post(charge));
            }),
        ]);
    }

    /// <inheritdoc />
    protected override void Describe(CanonicalForm form)
    {
        form.Add(Import);
        foreach (var charge in Usage.SelectMany(usage => usage.Charges))
        {
            form.Add(charge.Group.Service).Add(charge.Group.Period.Number).Add(charge.Delivered.ToString()).Add(charge.PostedMicros).Add(charge.CarriedOut.ToString());
        }
    }
}
