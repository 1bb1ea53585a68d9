using System.Collections.Immutable;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>One organization's part of an import.</summary>
/// <param name="Organization">Whose.</param>
/// <param name="Charges">What changed, in the order in which it is posted. Changes that post nothing may stand among them.</param>
/// <param name="Again">Months that were delivered before: their charges are differences.</param>
public sealed record OrganizationUsage(OrganizationId Organization, ImmutableArray<UsageCharge> Charges, ImmutableHashSet<BillingPeriod> Again)
{
    /// <summary>Whose ledger pays, where it uses another's balance; null for its own.</summary>
    public OrganizationId? Payer { get; init; }
}

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
    public override ImmutableArray<OrganizationId> Organizations => [.. Usage.Select(usage => usage.Organization).Concat(Usage.Where(usage => usage.Payer is not null).Select(usage => usage.Payer!.Value)).Distinct()];

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with
    {
        Draws =
        [
            .. Usage.SelectMany(usage => usage.Charges.Where(charge => charge.PostedMicros < 0)
                .Select(charge => (usage.Payer ?? usage.Organization, charge.Group.Period.Number))).Distinct(),
        ],
    };

    /// <inheritdoc />
    public override Decision Decide(DecisionView view)
    {
        if (Usage.Any(usage => view.States[usage.Organization].Payer != usage.Payer))
        {
            return Decision.No(RefusalCode.PayerChanged, "Who pays for one of the organizations changed meanwhile. Nothing was posted. Ask again.");
        }

        var draws = view.Facts.Draws.ToLookup(draw => draw.Organization);
        var course = new Course(view);
        foreach (var usage in Usage)
        {
            var payer = usage.Payer ?? usage.Organization;
            var posting = new UsagePosting(this, usage, course, draws[payer].Where(draw => draw.Consumer == (usage.Payer is null ? null : usage.Organization)));
            foreach (var charge in usage.Charges.Where(charge => charge.PostedMicros != 0))
            {
                posting.Post(charge);
            }
        }

        return course.Decision;
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
