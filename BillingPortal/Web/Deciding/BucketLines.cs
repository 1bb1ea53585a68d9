using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Ledger;
using BillingPortal.Web.Amounts;

namespace BillingPortal.Web.Deciding;

/// <summary>One line of a before-and-after table.</summary>
/// <param name="Kind">The bucket.</param>
/// <param name="Before">What it held.</param>
/// <param name="After">What it would hold.</param>
public sealed record BucketLine(AccountKind Kind, Money Before, Money After)
{
    /// <summary>What changes.</summary>
    public Money Change => After - Before;

    /// <summary>The bucket's name.</summary>
    public string Name => ChartOfAccounts.NameOf(Kind);

    /// <summary>The class that colours its key; null for what has no colour of its own.</summary>
    public string? Hue => HueOf(Kind);

    /// <summary>The lines of two ledgers: the buckets, and whatever else of the customer's side is not empty. An overdraft only where there is one.</summary>
    public static ImmutableArray<BucketLine> Between(LedgerState before, LedgerState after) =>
    [
        .. ChartOfAccounts.All.Where(ChartOfAccounts.IsCustomers)
            .Select(kind => new BucketLine(kind, new Money(before.BalanceOf(kind), before.Currency), new Money(after.BalanceOf(kind), before.Currency)))
            .Where(line => ChartOfAccounts.DrawOrder.Contains(line.Kind) || !line.Before.IsZero || !line.After.IsZero),
    ];

    /// <summary>The class that colours the key of <paramref name="kind"/>.</summary>
    public static string? HueOf(AccountKind kind) => kind switch
    {
        AccountKind.Monthly => Buckets.HueClass(BucketHue.Monthly),
        AccountKind.Promotional => Buckets.HueClass(BucketHue.Promotional),
        AccountKind.Cash => Buckets.HueClass(BucketHue.Cash),
        AccountKind.Bonus => Buckets.HueClass(BucketHue.Bonus),
        AccountKind.Overdraft => Buckets.HueClass(BucketHue.Overdraft),
        _ => null,
    };
}
