using System.Collections.Immutable;
using BillingPortal.Domain.Ledger;

namespace BillingPortal.Domain.Billing;

/// <summary>What an adjustment changes. A closed set; amounts in millionths.</summary>
public abstract record Adjustment
{
    private Adjustment() { }

    /// <summary>Adds to a bucket, or takes from it where <paramref name="Amount"/> is negative.</summary>
    public sealed record Add(AccountKind Bucket, long Amount) : Adjustment;

    /// <summary>Sets what remains in one bucket.</summary>
    public sealed record Set(AccountKind Bucket, long Target) : Adjustment;

    /// <summary>
    /// Contract 2's PUT: sets what remains of monthly credits, of cash, and of pre-pay credits (cash + bonus). Null leaves a field as it is:
    /// Δbonus = Δcredits − Δcash.
    /// </summary>
    public sealed record SetRemaining(long? Monthly, long? Cash, long? Credits) : Adjustment;

    internal Decision? Check(LedgerState state) => this switch
    {
        Add { Amount: 0 } => Decision.Wrong("Amount", "too_small", "An amount of zero changes nothing."),
        Set { Bucket: not AccountKind.Overdraft, Target: < 0 } => Decision.Wrong("Amount", "too_small", "What remains cannot be below zero."),
        Set { Bucket: AccountKind.Overdraft, Target: > 0 } => Decision.Wrong("Amount", "too_large", "An overdraft is zero or below."),
        Set(var bucket, var target) when target == state.BalanceOf(bucket) =>
            Decision.Wrong("Amount", "unchanged", "That is what remains already; nothing would change."),
        SetRemaining { Monthly: < 0 } => Decision.Wrong("monthly_credits_remaining", "too_small", "What remains cannot be below zero."),
        SetRemaining { Cash: < 0 } => Decision.Wrong("pre_pay_cash_remaining", "too_small", "What remains cannot be below zero."),
        SetRemaining { Credits: < 0 } => Decision.Wrong("pre_pay_credits_remaining", "too_small", "What remains cannot be below zero."),
        _ => null,
    };

    internal ImmutableArray<(AccountKind Bucket, long Amount)> Deltas(LedgerState state) => this switch
    {
        Add(var bucket, var amount) => [(bucket, amount)],
        Set(var bucket, var target) => [(bucket, target - state.BalanceOf(bucket))],
        SetRemaining remaining => Deltas(state, remaining),
        _ => throw new InvalidOperationException("The set of adjustments is closed."),
    };

    internal void Describe(CanonicalForm form)
    {
        switch (this)
        {
            case Add(var bucket, var amount):
                form.Add("add").Add((long)bucket).Add(amount);
                break;
            case Set(var bucket, var target):
                form.Add("set").Add((long)bucket).Add(target);
                break;
            case SetRemaining(var monthly, var cash, var credits):
                form.Add("remaining").Add(monthly).Add(cash).Add(credits);
                break;
        }
    }

    private static ImmutableArray<(AccountKind Bucket, long Amount)> Deltas(LedgerState state, SetRemaining remaining)
    {
        var monthly = remaining.Monthly - state.BalanceOf(AccountKind.Monthly) ?? 0;
        var cash = remaining.Cash - state.BalanceOf(AccountKind.Cash) ?? 0;
        var credits = remaining.Credits - (state.BalanceOf(AccountKind.Cash) + state.BalanceOf(AccountKind.Bonus)) ?? 0;
        return [(AccountKind.Monthly, monthly), (AccountKind.Cash, cash), (AccountKind.Bonus, credits - cash)];
    }
}
