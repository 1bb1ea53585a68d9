using System.Collections.Immutable;

namespace BillingPortal.Domain.Billing;

/// <summary>What one group came to in a delivery.</summary>
/// <param name="Amount">The exact sum of its rows.</param>
/// <param name="LastCharge">Its last charge period's start: when its entry is effective.</param>
public sealed record UsageSum(ExactAmount Amount, Instant LastCharge);

/// <summary>What is posted for one group, and what is carried on.</summary>
/// <param name="Group">The group.</param>
/// <param name="Before">What was delivered for it before.</param>
/// <param name="Delivered">What is delivered for it now.</param>
/// <param name="PostedMicros">The charge to post, in millionths; negative gives back; zero makes no entry.</param>
/// <param name="CarriedOut">What its sub-organization's service carries after it.</param>
/// <param name="LastCharge">When its entry is effective: the group's last charge in the new delivery, or before where that no longer has it.</param>
public sealed record UsageCharge(
    UsageGroup Group, ExactAmount Before, ExactAmount Delivered, long PostedMicros, ExactAmount CarriedOut, Instant LastCharge);

/// <summary>
/// From what was delivered to what is charged (rules §3): the differences to the last delivery, rounded to millionths, remainders carried.
/// </summary>
public static class UsageCharging
{
    /// <summary>
    /// The charges by which the ledger follows from <paramref name="before"/> to <paramref name="delivered"/>, in the order in which they are
    /// posted. Groups without a difference are left out; groups that only <paramref name="before"/> has are taken back.
    /// </summary>
    /// <param name="delivered">The new sums of whole deliveries.</param>
    /// <param name="before">The sums that the same deliveries had before; none for a first delivery.</param>
    /// <param name="carries">What each service carries; a service that carries nothing may be missing.</param>
    /// <exception cref="OverflowException">A charge is beyond the bounds of money.</exception>
    public static ImmutableArray<UsageCharge> Charge(
        IReadOnlyDictionary<UsageGroup, UsageSum> delivered,
        IReadOnlyDictionary<UsageGroup, UsageSum> before,
        IReadOnlyDictionary<UsageLine, ExactAmount> carries)
    {
        var charges = ImmutableArray.CreateBuilder<UsageCharge>();
        var carried = new Dictionary<UsageLine, ExactAmount>();
        foreach (var group in delivered.Keys.Concat(before.Keys.Where(g => !delivered.ContainsKey(g))).Order(UsageGroup.Order))
        {
            var (newSum, oldSum) = (delivered.GetValueOrDefault(group), before.GetValueOrDefault(group));
            var (now, then) = (newSum?.Amount ?? default, oldSum?.Amount ?? default);

            // A carry alone is at most half a millionth and posts nothing, so an unchanged group changes nothing.
            if (now == then)
            {
                continue;
            }

            var line = new UsageLine(group.Who, group.Service);
            var carriedIn = carried.TryGetValue(line, out var earlier) ? earlier : carries.GetValueOrDefault(line);
            var (posted, carriedOut) = Carry.Round(now - then, carriedIn);
            carried[line] = carriedOut;
            charges.Add(new(group, then, now, posted, carriedOut, (newSum ?? oldSum)!.LastCharge));
        }

        return charges.ToImmutable();
    }
}
