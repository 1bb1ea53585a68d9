using System.Collections.Immutable;
using System.Globalization;

namespace BillingPortal.Domain.Plans;

/// <summary>For how long a coupon takes something off. Stored: never renumber.</summary>
public enum CouponDuration
{
    /// <summary>In one period.</summary>
    Once = 1,

    /// <summary>In a number of periods.</summary>
    Repeating = 2,

    /// <summary>In every period.</summary>
    Forever = 3,
}

/// <summary>What a coupon takes off a plan's price.</summary>
/// <param name="BasisPoints">Hundredths of a percent, above 0 to 10,000; 0 where it is an amount.</param>
/// <param name="Amounts">Millionths a period by currency code; empty where it is a percentage.</param>
/// <param name="Duration">For how long.</param>
/// <param name="Periods">In how many periods, where it repeats.</param>
/// <param name="Plans">The plans that it applies to; empty for all.</param>
public sealed record CouponTerms(int BasisPoints, ImmutableSortedDictionary<string, long> Amounts, CouponDuration Duration, int? Periods, ImmutableArray<string> Plans)
{
    /// <summary>How many periods it lasts; null for ever.</summary>
    public int? Lasts => Duration switch { CouponDuration.Once => 1, CouponDuration.Repeating => Periods, _ => null };

    /// <summary>True where it applies to a plan.</summary>
    public bool AppliesTo(string plan) => Plans.IsEmpty || Plans.Contains(plan, StringComparer.Ordinal);

    /// <summary>True where it takes something off in a currency.</summary>
    public bool IsFor(Currency currency) => BasisPoints > 0 || Amounts.ContainsKey(currency.Code);

    /// <summary>What it takes off a whole period's price; never more than the price.</summary>
    public long Of(long price, Currency currency) => BasisPoints > 0
        ? Proration.Round((Int128)price * BasisPoints, (Int128)currency.MinorUnit * 10_000, currency.MinorUnit)
        : Math.Min(price, Amounts.GetValueOrDefault(currency.Code));

    /// <summary>For people: "10 %" or "$5.00".</summary>
    public string Words(Currency currency) => BasisPoints > 0
        ? (BasisPoints / 100m).ToString("0.##", CultureInfo.InvariantCulture) + " %"
        : new Money(Amounts.GetValueOrDefault(currency.Code), currency).ToString(CultureInfo.InvariantCulture);
}

/// <summary>A coupon of the platform's. Its terms are copied where it is redeemed, so that a later change takes nothing away.</summary>
/// <param name="Code">What a person types: 1 to 255 characters without spaces around; compared in capitals.</param>
/// <param name="Terms">What it takes off.</param>
/// <param name="ExpiresAt">From when it can no longer be redeemed; null for never.</param>
/// <param name="Limit">How often it can be redeemed by all together; null without a limit.</param>
public sealed record Coupon(string Code, CouponTerms Terms, Instant? ExpiresAt, int? Limit)
{
    /// <summary>The longest code (contract 5).</summary>
    public const int MaxLength = 255;

    /// <summary>A code as it is compared and stored.</summary>
    public static string Normalise(string code) => code.Trim().ToUpperInvariant();
}

/// <summary>A coupon as it works on a subscription.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Terms">What it takes off, as it was when it was redeemed.</param>
/// <param name="Left">In how many further periods it counts, this one included while it was not used; null for ever.</param>
/// <param name="Used">True where it took something off in this period already, so that a further charge of the period is discounted without counting again.</param>
public sealed record AppliedCoupon(string Code, CouponTerms Terms, int? Left, bool Used = false)
{
    /// <summary>True where it takes something off the next charge for <paramref name="plan"/>.</summary>
    public bool Works(string plan, Currency currency) => (Used || Left is null or > 0) && Terms.AppliesTo(plan) && Terms.IsFor(currency);

    /// <summary>After a charge that it was taken off.</summary>
    public AppliedCoupon AfterUse() => Used ? this : this with { Used = true, Left = Left - 1 };

    /// <summary>At the beginning of the next period; null where it has ended.</summary>
    public AppliedCoupon? AtNextPeriod() => Left == 0 ? null : this with { Used = false };
}
