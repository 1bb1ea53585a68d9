using System.Collections.Immutable;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Domain.Rating;

/// <summary>Usage as it was reported.</summary>
/// <param name="Service">What was used.</param>
/// <param name="Ratezone">Where; empty where it was not said.</param>
/// <param name="Quantity">How much, above 0.</param>
/// <param name="Period">The month it was used in.</param>
/// <param name="ReportedAt">When it was reported: what was taken away before that does not count for it.</param>
public sealed record ReportedUsage(string Service, string Ratezone, ExactAmount Quantity, BillingPeriod Period, Instant ReportedAt);

/// <summary>Reported usage with its price.</summary>
/// <param name="Parts">Its parts, each with one price; what is included comes first.</param>
/// <param name="Unit">What a quantity of one is, as the tariff says; empty where the tariff does not know the service.</param>
/// <param name="Tally">What the month comes to with it.</param>
public sealed record PricedUsage(ImmutableArray<RatedPart> Parts, string Unit, UsageTally Tally)
{
    /// <summary>What it costs, exactly.</summary>
    public ExactAmount Amount => Parts.Aggregate(ExactAmount.Zero, (sum, part) => sum + part.Amount);
}

/// <summary>Prices usage (issue 4, "Rating"): by tariff, then custom rate, then inclusive volume. Pure; every price is exact.</summary>
public static class UsageRating
{
    /// <summary>Name and version of this rule, as entries state it.</summary>
    public const string Rule = "rate-usage/1";

    /// <summary>Decimals that a quantity or a rate may have.</summary>
    public const int Decimals = 11;

    /// <summary>The price of <paramref name="usage"/> after what <paramref name="tally"/> says was used before it; null where something of it has no rate.</summary>
    /// <exception cref="OverflowException">It is beyond what can be summed.</exception>
    public static PricedUsage? Price(RateBook book, UsageTally tally, ReportedUsage usage)
    {
        var parts = ImmutableArray.CreateBuilder<RatedPart>();
        var left = usage.Quantity;
        var after = tally;
        foreach (var allowance in book.AllowancesFor(usage.Service, usage.Ratezone, usage.Period, usage.ReportedAt))
        {
            var taken = Least(left, allowance.Volume - tally.Included.GetValueOrDefault(allowance.Key));
            if (taken.Sign > 0)
            {
                parts.Add(new(allowance.Kind == AllowanceKind.Package ? RatedBy.Package : RatedBy.Volume, allowance.Id, taken, ExactAmount.Zero));
                after = after.Taking(allowance, taken);
                left -= taken;
            }
        }

        var tariff = book.TariffRateFor(usage.Service, usage.Ratezone, usage.Period);
        if (left.Sign > 0 && !AddCharged(parts, book.StepsFor(usage.Service, usage.Ratezone, usage.Period, usage.ReportedAt), tariff, tally, usage, left))
        {
            return null;
        }

        return new PricedUsage(parts.ToImmutable(), tariff?.Unit ?? "", after.Using(usage.Ratezone, usage.Quantity));
    }

    /// <summary>
    /// Cuts what is left along the steps. A step counts all that was used in the month in its ratezone, included or not; below the lowest step
    /// the tariff's price holds.
    /// </summary>
    private static bool AddCharged(
        ImmutableArray<RatedPart>.Builder parts, ImmutableArray<CustomRate> steps, TariffRate? tariff, UsageTally tally, ReportedUsage usage, ExactAmount left)
    {
        var at = (steps.IsEmpty ? ExactAmount.Zero : tally.UsedIn(steps[0].Ratezone)) + usage.Quantity - left;
        while (left.Sign > 0)
        {
            var step = steps.LastOrDefault(rate => rate.Volume <= at);
            var next = steps.FirstOrDefault(rate => rate.Volume > at);
            var part = next is null ? left : Least(left, next.Volume - at);
            if (step is null && tariff is null)
            {
                return false;
            }

            parts.Add(step is not null ? new(RatedBy.Custom, step.Id, part, step.Rate) : new(RatedBy.Tariff, tariff!.Id, part, tariff.Rate));
            at += part;
            left -= part;
        }

        return true;
    }

    private static ExactAmount Least(ExactAmount a, ExactAmount b) => a < b ? a : b;
}
