using System.Collections.Immutable;
using System.Globalization;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Domain.Billing;

/// <summary>
/// Posts one organization's charges of an import, one after the other: each sees the balances, the block and the draws that the one
/// before it left.
/// </summary>
internal sealed class UsagePosting(
    PostUsage command, ImmutableHashSet<BillingPeriod> again, LedgerState state, IEnumerable<DrawLine> draws, Instant now)
{
    private readonly List<DrawLine> _draws = [.. draws];
    private LedgerState _state = state;

    /// <summary>The entry of <paramref name="charge"/>, and what follows from it.</summary>
    public ImmutableArray<Effect> Post(UsageCharge charge)
    {
        var entry = Draft(charge, again.Contains(charge.Group.Period) ? ReasonCode.UsageRedelivered : ReasonCode.UsageReported);
        var effects = Blocking.After(_state, entry);
        var (posted, next) = Journal.Post(_state, entry, command, now);
        _state = next with
        {
            Blocked = effects.Aggregate(_state.Blocked, (blocked, effect) => effect switch
            {
                Effect.Block block => block.Cause,
                Effect.Unblock => null,
                _ => blocked,
            }),
        };
        _draws.AddRange(posted.Postings.Where(line => ChartOfAccounts.IsCustomers(line.Account.Kind))
            .Select(line => new DrawLine(posted.Organization, posted.Period, posted.Seq, posted.Kind, null, line.Account, line.Amount)));
        return effects;
    }

    private EntryDraft Draft(UsageCharge charge, ReasonCode reason)
    {
        var (period, effectiveAt) = Open(charge);
        var posted = charge.PostedMicros;
        var lines = posted > 0 ? Drawn(posted) : GivenBack.Lines(_state, _draws.Where(draw => draw.Period == charge.Group.Period.Number), -posted);
        return new EntryDraft(posted > 0 ? EntryKind.Charge : EntryKind.ChargeCredit, reason, [.. lines, new(AccountKey.Of(AccountKind.Revenue), posted)])
        {
            Service = charge.Group.Service,
            Period = period.Number,
            EffectiveAt = effectiveAt,
            KeySuffix = string.Create(CultureInfo.InvariantCulture, $":{charge.Group.Period.Number}:{charge.Group.Service}"),
            Detail = string.Create(CultureInfo.InvariantCulture,
                $$"""{"rule":"{{(posted > 0 ? DrawDown.Rule : GivenBack.Rule)}}","import":{{command.Import}},"period":"{{charge.Group.Period}}","delivered":"{{charge.Delivered}}","before":"{{charge.Before}}","carried_out":"{{charge.CarriedOut}}"}"""),
        };
    }

    private IEnumerable<PostingDraft> Drawn(long amount)
    {
        var (lines, shortfall) = DrawDown.Take(_state, amount, now);
        var last = _state.ChargingModel == ChargingModel.Postpaid ? AccountKind.UnbilledReceivable : AccountKind.Overdraft;
        return [.. lines, new(AccountKey.Of(last), -shortfall)];
    }

    /// <summary>The period and time to post it with: a closed period's differences go to the next open one (rules §3).</summary>
    private (BillingPeriod Period, Instant EffectiveAt) Open(UsageCharge charge)
    {
        var effectiveAt = Instant.Later(charge.LastCharge, _state.ClosedUntil);
        if (_state.ClosedUntil.Micros == long.MinValue)
        {
            return (charge.Group.Period, effectiveAt);
        }

        var firstOpen = BillingPeriod.Of(_state.ClosedUntil, _state.TimeZone);
        return (charge.Group.Period.Number < firstOpen.Number ? firstOpen : charge.Group.Period, effectiveAt);
    }
}
