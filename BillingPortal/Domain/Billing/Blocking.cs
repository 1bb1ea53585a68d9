using System.Collections.Immutable;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Domain.Billing;

/// <summary>What follows of itself from an entry: an unfunded overdraft blocks, and its end unblocks (rules §2).</summary>
public static class Blocking
{
    /// <summary>The entry and what follows from it.</summary>
    public static ImmutableArray<Effect> After(LedgerState state, EntryDraft entry)
    {
        if (entry.Postings.IsEmpty)
        {
            return [];
        }

        var effects = ImmutableArray.Create<Effect>(new Effect.Post(state.Organization, entry));
        var overdraft = state.BalanceOf(AccountKind.Overdraft)
            + entry.Postings.Where(line => line.Account.Kind == AccountKind.Overdraft).Sum(line => line.Amount);
        return (overdraft < 0 && !state.AllowOverdraft, state.Blocked) switch
        {
            (true, null) => effects.Add(new Effect.Block(state.Organization, BlockCause.UnfundedOverdraft)),
            (false, BlockCause.UnfundedOverdraft) => effects.Add(new Effect.Unblock(state.Organization, BlockCause.UnfundedOverdraft)),
            _ => effects,
        };
    }
}
