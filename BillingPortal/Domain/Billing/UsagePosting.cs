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
        foreach (var effect in effects)
        {
            _state = effect switch
            {
                Effect.Post post => After(post.Entry),
                Effect.Block block => _state with { Blocked = block.Cause },
                Effect.Unblock => _state with { Blocked = null },
                _ => _state,
            };
        }

        return effects;
    }

    private LedgerState After(EntryDraft entry)
    {
        var accounts = _state.Accounts;
        foreach (var line in entry.Postings)
        {
            var before = accounts.TryGetValue(line.Account, out var account) ? account : new Account(line.Account, 0);
            accounts = accounts.SetItem(line.Account, before with { Balance = before.Balance + line.Amount });
        }

        var seq = _state.Seq + 1;
        _draws.AddRange(entry.Postings.Where(line => ChartOfAccounts.IsCustomers(line.Account.Kind))
            .Select(line => new DrawLine(_state.Organization, entry.Period ?? 0, seq, entry.Kind, null, line.Account, line.Amount)));
        return _state with { Seq = seq, Accounts = accounts };
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
