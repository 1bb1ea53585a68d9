using System.Collections.Immutable;
using System.Globalization;

namespace BillingPortal.Domain.Plans;

/// <summary>Reckons what is due for a plan. Pure.</summary>
public static class Charges
{
    /// <summary>In days, with one to spare: no trial holds more periods.</summary>
    private const int LongestTrial = 367;

    private static readonly CultureInfo Words = CultureInfo.InvariantCulture;

    /// <summary>
    /// What is due for <paramref name="next"/>, which begins on <paramref name="from"/> within its current period, where <paramref name="before"/> is
    /// what it replaces: the plan for the days that are left, less what was paid for them, less the coupon.
    /// </summary>
    public static PlanCharge For(PlanView view, Subscription before, Subscription next, DateOnly from)
    {
        var version = view.Catalogue.Of(next.Plan, next.PlanVersion);
        var price = PriceOf(view, next, version);
        var period = next.Period ?? throw new InvalidOperationException("Only a plan with periods is charged.");
        var whole = price.For(view.Currency, next.Seats) ?? throw new InvalidOperationException($"{version.Id} is not sold in {view.Currency}.");
        var days = new PlanPeriod(from, period.End);
        var lines = ImmutableArray.CreateBuilder<ChargeLine>();
        lines.Add(new ChargeLine(ChargeLineKind.Plan, Named(version, price, next.Seats) + DaysOf(days, period),
            Figure(whole, view) + Fraction(days, period), Proration.Rest(whole, period, from, view.Currency.MinorUnit)));
        if (Unused(view, before, from) is { Amount: not 0 } unused)
        {
            lines.Add(unused);
            lines.AddRange(Used(view, before, next, from, unused) is { Amount: not 0 } used ? new[] { used } : []);
        }

        if (next.Coupon is { } coupon && coupon.Works(next.Plan, view.Currency))
        {
            var off = coupon.Terms.Of(whole, view.Currency);
            lines.Add(new ChargeLine(ChargeLineKind.Coupon, $"Coupon {coupon.Code}", coupon.Terms.Words(view.Currency) + (coupon.Terms.BasisPoints > 0 ? $" of {Figure(whole, view)}" : "") + Fraction(days, period),
                -Proration.Rest(off, period, from, view.Currency.MinorUnit)));
        }

        return new PlanCharge
        {
            Plan = next.Plan,
            Days = days,
            Currency = view.Currency.Code,
            Lines = lines.ToImmutable(),
            Tax = view.Tax,
            OnAccount = !view.HasCard && view.Postpaid && version.Terms.ByFinance,
        };
    }

    /// <summary>
    /// All that will be charged of itself as things stand: what the next period costs, and where a trial runs everything up to its end, if there is a card
    /// by then. Empty where nothing follows, as after a cancellation or on the plan that costs nothing.
    /// </summary>
    public static ImmutableArray<PlanCharge> Foreseen(PlanView view, Subscription subscription)
    {
        var charges = ImmutableArray.CreateBuilder<PlanCharge>();
        for (var (at, steps) = (subscription, 0); steps <= LongestTrial && (at.Trial is not null || charges.Count == 0); steps++)
        {
            if (Renewals.Next(view with { Subscription = at }) is not { } step)
            {
                break;
            }

            if (step.Charge is { } charge)
            {
                charges.Add(charge);
            }

            at = step.Next;
        }

        return charges.ToImmutable();
    }

    /// <summary>The first of what is <see cref="Foreseen"/>; null for nothing.</summary>
    public static PlanCharge? Upcoming(PlanView view, Subscription subscription) => Foreseen(view, subscription).FirstOrDefault();

    /// <summary>After the charge: what it pays for and what its coupon has left.</summary>
    internal static Subscription Paid(PlanView view, Subscription next, PlanCharge charge) => next with
    {
        Paid = new PaidPart(charge.Days.Start, charge.PaidNet) { Tax = charge.OnAccount ? null : charge.Tax },
        Coupon = next.Coupon is { } coupon && coupon.Works(next.Plan, view.Currency) ? coupon.AfterUse() : next.Coupon,
    };

    private static ChargeLine? Unused(PlanView view, Subscription before, DateOnly from)
    {
        if (before.Paid is not { } paid || before.Period is not { } period || from >= period.End)
        {
            return null;
        }

        var version = view.Catalogue.Of(before.Plan, before.PlanVersion);
        var covered = new PlanPeriod(paid.From, period.End);
        var left = new PlanPeriod(from, period.End);
        return new ChargeLine(ChargeLineKind.Unused, Named(version, PriceOf(view, before, version), before.Seats) + ", unused" + DaysOf(left, covered).TrimStart(','),
            Figure(paid.Net, view) + Fraction(left, covered) + ", paid", -Proration.Rest(paid.Net, covered, from, view.Currency.MinorUnit))
        { Tax = paid.Tax == view.Tax ? null : paid.Tax };
    }

    /// <summary>
    /// Where a period is cut off for one of another length, which has credits of its own: what was used of its credits beyond the share of the days gone was
    /// had for the days that are given back, and stays paid; never more than is given back.
    /// </summary>
    private static ChargeLine? Used(PlanView view, Subscription before, Subscription next, DateOnly from, ChargeLine unused)
    {
        if (before is not { Granted: { } granted, Period: { } period } || (before.Anchor == next.Anchor && before.Interval == next.Interval))
        {
            return null;
        }

        var minor = view.Currency.MinorUnit;
        var used = Proration.Round((Int128)(view.CreditsUsed + granted.Lasting), minor, minor);
        var gone = from.DayNumber - period.Start.DayNumber;
        var share = Proration.Part(granted.Monthly + granted.Lasting, period.Days, 0, gone, minor);
        var version = view.Catalogue.Of(before.Plan, before.PlanVersion);
        return new ChargeLine(ChargeLineKind.Credits, $"{version.Terms.Name}, credits used beyond its days",
            string.Create(Words, $"{Figure(used, view)} used, {Figure(share, view)} for {gone} of {period.Days} days"), Math.Clamp(used - share, 0, -unused.Amount))
        { Tax = unused.Tax };
    }

    private static PlanPrice PriceOf(PlanView view, Subscription subscription, PlanVersion version) => (view with { Subscription = subscription }).PriceOf(version);

    private static string Named(PlanVersion version, PlanPrice price, int seats) =>
        version.Terms.Name + (price.Kind == PriceKind.PerUser ? string.Create(Words, $", {seats} {(seats == 1 ? "seat" : "seats")}") : "");

    private static string DaysOf(PlanPeriod days, PlanPeriod whole) => days == whole ? "" : string.Create(Words, $", {days.Days} of {whole.Days} days");

    private static string Fraction(PlanPeriod days, PlanPeriod whole) => days == whole ? "" : string.Create(Words, $" × {days.Days} ⁄ {whole.Days}");

    private static string Figure(long micros, PlanView view) => Money.FormatMicros(micros, view.Currency.Digits, Words, grouped: true);
}
