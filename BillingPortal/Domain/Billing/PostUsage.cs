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

    /// <summary>Who was charged before for what is given back now, last charged first.</summary>
    public ImmutableArray<PaidUsage> Paid { get; init; } = [];

    /// <summary>The ledger that is charged now.</summary>
    public OrganizationId Ledger => Payer ?? Organization;

    /// <summary>
    /// Whose ledgers a charge is posted in, and how much: what is charged is the present payer's; what is given back goes to whoever paid for it, last charged
    /// first, and what nobody paid for to the present payer.
    /// </summary>
    public IEnumerable<(OrganizationId Ledger, long Micros)> Shares(UsageCharge charge)
    {
        var left = charge.PostedMicros;
        var shares = new List<(OrganizationId Ledger, long Micros)>();
        foreach (var paid in Paid.Where(paid => paid.Service == charge.Group.Service && paid.Period == charge.Group.Period && paid.Micros > 0))
        {
            var back = Math.Max(left, -paid.Micros);
            if (back < 0)
            {
                shares.Add((paid.Ledger, back));
                left -= back;
            }
        }

        shares.Add((Ledger, left));
        return shares.Where(share => share.Micros != 0).GroupBy(share => share.Ledger).Select(ledger => (ledger.Key, ledger.Sum(share => share.Micros)));
    }
}

/// <summary>What one ledger was charged for a service and month of imported usage, net of what it was given back.</summary>
/// <param name="Service">The service.</param>
/// <param name="Period">The month in which the provider billed it.</param>
/// <param name="Ledger">Whose ledger.</param>
/// <param name="Micros">Millionths.</param>
public sealed record PaidUsage(string Service, BillingPeriod Period, OrganizationId Ledger, long Micros);

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
    public override ImmutableArray<OrganizationId> Organizations =>
        [.. Usage.Select(usage => usage.Organization).Concat(Usage.Select(usage => usage.Ledger)).Concat(Usage.SelectMany(usage => usage.Paid.Select(paid => paid.Ledger))).Distinct()];

    /// <inheritdoc />
    public override FactsNeeded Needs => FactsNeeded.None with
    {
        Draws =
        [
            .. Usage.SelectMany(usage => usage.Charges.Where(charge => charge.PostedMicros < 0)
                .SelectMany(charge => usage.Shares(charge).Select(share => (share.Ledger, charge.Group.Period.Number)))).Distinct(),
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
            var postings = new Dictionary<OrganizationId, UsagePosting>();
            foreach (var charge in usage.Charges.Where(charge => charge.PostedMicros != 0))
            {
                foreach (var (ledger, micros) in usage.Shares(charge))
                {
                    if (!postings.TryGetValue(ledger, out var posting))
                    {
                        OrganizationId? consumer = ledger == usage.Organization ? null : usage.Organization;
                        postings[ledger] = posting = new UsagePosting(this, usage, ledger, course, draws[ledger].Where(draw => draw.Consumer == consumer));
                    }

                    posting.Post(charge, micros);
                }
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
