using System.Globalization;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Billing;

/// <summary>
/// Posts one organization's charges of an import, one after the other: each sees the balances, the block and the draws that the one
/// before it left. Where the organization uses another's balance, they are its payer's entries, tagged with it (rules §1).
/// </summary>
internal sealed class UsagePosting(PostUsage command, OrganizationUsage usage, Course course, IEnumerable<DrawLine> draws)
{
    private readonly List<DrawLine> _draws = [.. draws];
    private readonly OrganizationId _payer = usage.Payer ?? usage.Organization;

    private LedgerState State => course[_payer];

    /// <summary>Posts the entry of <paramref name="charge"/> and what follows from it.</summary>
    public void Post(UsageCharge charge)
    {
        var entry = Draft(charge, usage.Again.Contains(charge.Group.Period) ? ReasonCode.UsageRedelivered : ReasonCode.UsageReported);
        var seq = State.Seq + 1;
        Consequences.Post(course, _payer, entry);
        if (entry.Period != charge.Group.Period.Number)
        {
            course.Add(new Effect.BookLater(_payer, seq, charge.Group.Period));
        }

        _draws.AddRange(entry.Postings.Where(line => ChartOfAccounts.IsCustomers(line.Account.Kind))
            .Select(line => new DrawLine(_payer, charge.Group.Period.Number, seq, entry.Kind, null, line.Account, line.Amount)));
    }

    private EntryDraft Draft(UsageCharge charge, ReasonCode reason)
    {
        var (period, effectiveAt) = Open(charge);
        var posted = charge.PostedMicros;
        var lines = posted > 0 ? Drawn(posted) : GivenBack.Lines(State, _draws.Where(draw => draw.Period == charge.Group.Period.Number), -posted);
        var revenue = usage.Payer is null ? AccountKey.Of(AccountKind.Revenue) : AccountKey.RevenueFrom(usage.Organization);
        return new EntryDraft(posted > 0 ? EntryKind.Charge : EntryKind.ChargeCredit, reason, [.. lines, new(revenue, posted)])
        {
            Service = charge.Group.Service,
            Period = period.Number,
            EffectiveAt = effectiveAt,
            KeySuffix = string.Create(CultureInfo.InvariantCulture, $":{charge.Group.Period.Number}:{charge.Group.Service}")
                + (usage.Payer is null ? "" : $"@{usage.Organization}"),
            Detail = string.Create(CultureInfo.InvariantCulture,
                $$"""{"rule":"{{(posted > 0 ? DrawDown.Rule : GivenBack.Rule)}}","import":{{command.Import}},"period":"{{charge.Group.Period}}","delivered":"{{charge.Delivered}}","before":"{{charge.Before}}","carried_out":"{{charge.CarriedOut}}"{{ConsumerDetail.Of(usage.Payer is null ? null : usage.Organization)}}}"""),
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
