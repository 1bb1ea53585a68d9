using System.Collections.Immutable;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;

namespace BillingPortal.Domain.Ledger;

/// <summary>Where a ledger stands after an effect: the one place that says so, for decisions that look ahead and for the writer.</summary>
public static class LedgerFold
{
    /// <summary>The accounts and the window after an entry's lines; numbers and hashes are the journal's.</summary>
    public static LedgerState After(this LedgerState state, EntryDraft entry, Instant effectiveAt)
    {
        var accounts = state.Accounts.ToBuilder();
        foreach (var line in entry.Postings)
        {
            var before = accounts.TryGetValue(line.Account, out var account)
                ? account
                : new Account(line.Account, 0, entry.Lapses.TryGetValue(line.Account, out var lapse) ? lapse : null);
            accounts[line.Account] = before with { Balance = before.Balance + line.Amount };
        }

        return state.AfterSpending(SpentIn(entry), effectiveAt) with { Accounts = accounts.ToImmutable() };
    }

    /// <summary>The window after <paramref name="amount"/> millionths were spent with an effect at that moment; late ones count in their own window.</summary>
    public static LedgerState AfterSpending(this LedgerState state, long amount, Instant effectiveAt) =>
        amount != 0 && state.Window is { } window && window.Contains(effectiveAt) ? state with { Window = window with { Spent = window.Spent + amount } } : state;

    /// <summary>What an entry spends: charges net of corrections, which is what it does to revenue (rules §6). Plan fees must not be booked there.</summary>
    public static long SpentIn(EntryDraft entry) => entry.Postings.Where(line => line.Account.Kind == AccountKind.Revenue).Sum(line => line.Amount);

    /// <summary>Who else spent by it: the consumers whose charges this ledger pays.</summary>
    public static IEnumerable<(OrganizationId Consumer, long Amount)> Consumers(EntryDraft entry) =>
        entry.Postings.Where(line => line.Account.Consumer is not null).Select(line => (line.Account.Consumer!.Value, line.Amount));

    /// <summary>The state after an effect that is no entry.</summary>
    public static LedgerState After(this LedgerState state, Effect effect) => effect switch
    {
        Effect.Block(_, var cause) => state with { Blocked = (state.Blocked ?? BlockCause.None) | cause },
        Effect.Unblock(_, var cause) => state with { Blocked = Left((state.Blocked ?? BlockCause.None) & ~cause) },
        Effect.SetRule(_, var rule, _) => state with { Rule = rule },
        Effect.Watch(_, var window) => state with { Window = window },
        Effect.Recharge(_, var intent, _) => state with { Recharges = With(state.Recharges, intent) },
        Effect.SetCard(_, var card) => state.Rule.Card is { } held && held.Id == card.Id
            ? state with { Rule = state.Rule with { Card = card.Removed ? null : held with { Inactive = card.Inactive } } }
            : state,
        Effect.Configure(_, var now, _, _) => state with
        {
            Disabled = now.Disabled, AllowOverdraft = now.AllowOverdraft, Payer = now.Payer, Parent = now.Parent, ChargingModel = now.ChargingModel,
        },
        Effect.SetPeriod(_, _, var until) => state with { ClosedUntil = until },
        Effect.Notify(_, var notice) => state with { Rule = Told(state.Rule, notice) },
        _ => state,
    };

    private static BlockCause? Left(BlockCause causes) => causes == BlockCause.None ? null : causes;

    private static ImmutableArray<RechargeIntent> With(ImmutableArray<RechargeIntent> recharges, RechargeIntent intent)
    {
        for (var i = 0; i < recharges.Length; i++)
        {
            if (recharges[i].Number == intent.Number)
            {
                return recharges.SetItem(i, intent);
            }
        }

        return recharges.Add(intent);
    }

    /// <summary>The three throttles of contract 1.</summary>
    private static BillingRule Told(BillingRule rule, Notice notice) => notice.Kind switch
    {
        NoticeKind.LowBalance => rule with { LowBalanceAt = notice.At },
        NoticeKind.OutOfBalance => rule with { OutOfBalanceAt = notice.At },
        NoticeKind.SpendingCap => rule with { CapAlertAt = notice.At },
        _ => rule,
    };
}
