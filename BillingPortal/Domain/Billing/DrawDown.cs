using System.Collections.Immutable;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Domain.Billing;

/// <summary>In which order a charge takes value (rules §1): monthly, promotional, cash, bonus; within one, earliest expiry, then oldest.</summary>
public static class DrawDown
{
    /// <summary>Name and version of this rule, as entries state it.</summary>
    public const string Rule = "draw-down/1";

    /// <summary>
    /// Takes up to <paramref name="amount"/> millionths from what <paramref name="state"/> holds at <paramref name="now"/>; lapsed lots are
    /// passed over. Gives the lines and what is still short.
    /// </summary>
    public static (ImmutableArray<PostingDraft> Lines, long Short) Take(LedgerState state, long amount, Instant now)
    {
        var lines = ImmutableArray.CreateBuilder<PostingDraft>();
        var left = amount;
        foreach (var (account, available) in ChartOfAccounts.DrawOrder.SelectMany(kind => Available(state, kind, now)))
        {
            var taken = Math.Min(left, available);
            if (taken > 0)
            {
                lines.Add(new PostingDraft(account, -taken));
                left -= taken;
            }
        }

        return (lines.ToImmutable(), left);
    }

    /// <summary>Takes exactly <paramref name="amount"/> millionths from one bucket, earliest expiry first; what it lacks is taken from the lot that never lapses.</summary>
    public static ImmutableArray<PostingDraft> TakeFrom(LedgerState state, AccountKind bucket, long amount, Instant now)
    {
        var lines = ImmutableArray.CreateBuilder<PostingDraft>();
        var left = amount;
        foreach (var account in InOrder(state, bucket, now).Where(account => account.Balance > 0))
        {
            var taken = Math.Min(left, account.Balance);
            lines.Add(new PostingDraft(account.Key, -taken));
            left -= taken;
        }

        lines.Add(new PostingDraft(AccountKey.Of(bucket), -left));
        return lines.ToImmutable();
    }

    /// <summary>Lots of a kind in the order they are drawn, with what each can give. Cash gives no more than keeps cash + bonus at or above zero.</summary>
    private static IEnumerable<(AccountKey Account, long Available)> Available(LedgerState state, AccountKind kind, Instant now) =>
        kind == AccountKind.Cash
            ? [(AccountKey.Of(kind), state.Refundable)]
            : InOrder(state, kind, now).Select(account => (account.Key, account.Balance));

    private static IEnumerable<Account> InOrder(LedgerState state, AccountKind kind, Instant now) => state.Accounts.Values
        .Where(account => account.Key.Kind == kind && (account.ExpiresAt ?? Instant.Never) > now)
        .OrderBy(account => account.ExpiresAt ?? Instant.Never)
        .ThenBy(account => account.Key);
}
