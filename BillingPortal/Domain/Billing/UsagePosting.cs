using System.Globalization;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>
/// Posts one organization's charges of an import, one after the other: each sees the balances, the block and the draws that the one
/// before it left. Where the ledger is another's, they are that one's entries, tagged with the organization (rules §1).
/// </summary>
internal sealed class UsagePosting(PostUsage command, OrganizationUsage usage, OrganizationId ledger, Course course, IEnumerable<DrawLine> draws)
{
    private readonly List<DrawLine> _draws = [.. draws];
    private readonly bool _isOwn = ledger == usage.Organization;

    private LedgerState State => course[ledger];

    /// <summary>Posts the ledger's share of <paramref name="charge"/> in millionths, and what follows from it.</summary>
    public void Post(UsageCharge charge, long posted)
    {
        var entry = Draft(charge, posted, usage.Again.Contains(charge.Group.Period) ? ReasonCode.UsageRedelivered : ReasonCode.UsageReported);
        var seq = State.Seq + 1;
        Consequences.Post(course, ledger, entry);
        if (entry.Period != charge.Group.Period.Number)
        {
            course.Add(new Effect.BookLater(ledger, seq, charge.Group.Period));
        }

        _draws.AddRange(entry.Postings.Where(line => ChartOfAccounts.IsCustomers(line.Account.Kind))
            .Select(line => new DrawLine(ledger, charge.Group.Period.Number, seq, entry.Kind, null, line.Account, line.Amount)));
    }

    private EntryDraft Draft(UsageCharge charge, long posted, ReasonCode reason)
    {
        var (period, effectiveAt) = Open(charge);
        var lines = posted > 0 ? Drawn(posted) : GivenBack.Lines(State, _draws.Where(draw => draw.Period == charge.Group.Period.Number), -posted);
        var revenue = _isOwn ? AccountKey.Of(AccountKind.Revenue) : AccountKey.RevenueFrom(usage.Organization);
        return new EntryDraft(posted > 0 ? EntryKind.Charge : EntryKind.ChargeCredit, reason, [.. lines, new(revenue, posted)])
        {
            Service = charge.Group.Service,
            Period = period.Number,
            EffectiveAt = effectiveAt,
            KeySuffix = string.Create(CultureInfo.InvariantCulture, $":{charge.Group.Period.Number}:{charge.Group.Service}")
                + (_isOwn ? "" : $"@{usage.Organization}"),
            Detail = string.Create(CultureInfo.InvariantCulture,
                $$"""{"rule":"{{(posted > 0 ? DrawDown.Rule : GivenBack.Rule)}}","import":{{command.Import}},"period":"{{charge.Group.Period}}","delivered":"{{charge.Delivered}}","before":"{{charge.Before}}","carried_out":"{{charge.CarriedOut}}"{{ConsumerDetail.Of(_isOwn ? null : usage.Organization)}}}"""),
        };
    }

    private IEnumerable<PostingDraft> Drawn(long amount)
    {
        var (lines, shortfall) = DrawDown.Take(State, amount, course.Now);
        var last = State.ChargingModel == ChargingModel.Postpaid ? AccountKind.UnbilledReceivable : AccountKind.Overdraft;
        return [.. lines, new(AccountKey.Of(last), -shortfall)];
    }

    /// <summary>The period and time to post it with: a closed period's differences go to the next open one (rules §3).</summary>
    private (BillingPeriod Period, Instant EffectiveAt) Open(UsageCharge charge)
    {
        var effectiveAt = Instant.Later(charge.LastCharge, State.ClosedUntil);
        if (State.ClosedUntil.Micros == long.MinValue)
        {
            return (charge.Group.Period, effectiveAt);
        }

        var firstOpen = BillingPeriod.Of(State.ClosedUntil, State.TimeZone);
        return (charge.Group.Period.Number < firstOpen.Number ? firstOpen : charge.Group.Period, effectiveAt);
    }
}
