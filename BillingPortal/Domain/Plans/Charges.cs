using System.Collections.Immutable;
using System.Globalization;

namespace BillingPortal.Domain.Plans;

/// <summary>Reckons what is due for a plan. Pure.</summary>
public static class Charges
{
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
    /// What the period after <paramref name="subscription"/>'s current one will cost as things stand; null where none follows, as after a cancellation
    /// or on the plan that costs nothing.
    /// </summary>
    public static PlanCharge? Upcoming(PlanView view, Subscription subscription)
    {
        if (subscription.CancelAtPeriodEnd)
        {
            return null;
        }

        var next = subscription switch
        {
            { Trial: { } trial } => Renewals.Converted(view with { Subscription = subscription, Today = trial.EndsOn }),
            { State: SubscriptionState.Active } => Renewals.Renewed(view with { Subscription = subscription }),
            _ => null,
        };
        if (next?.Period is not { } period)
        {
            return null;
        }

        // A trial over a paid plan turns into a part of that plan's period.
        var from = subscription.Trial?.EndsOn ?? period.Start;
        return For(view, Renewals.Lapsed(subscription, from), next, from) is { Net: >= 0 } charge ? charge : null;
    }

    /// <summary>After the charge: what it pays for and what its coupon has left.</summary>
    internal static Subscription Paid(PlanView view, Subscription next, PlanCharge charge) => next with
    {
        Paid = new PaidPart(charge.Days.Start, charge.PaidNet),
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
            Figure(paid.Net, view) + Fraction(left, covered) + ", paid", -Proration.Rest(paid.Net, covered, from, view.Currency.MinorUnit));
    }

    private static PlanPrice PriceOf(PlanView view, Subscription subscription, PlanVersion version) => (view with { Subscription = subscription }).PriceOf(version);

    private static string Named(PlanVersion version, PlanPrice price, int seats) =>
        version.Terms.Name + (price.Kind == PriceKind.PerUser ? string.Create(Words, $", {seats} {(seats == 1 ? "seat" : "seats")}") : "");

    private static string DaysOf(PlanPeriod days, PlanPeriod whole) => days == whole ? "" : string.Create(Words, $", {days.Days} of {whole.Days} days");

    private static string Fraction(PlanPeriod days, PlanPeriod whole) => days == whole ? "" : string.Create(Words, $" × {days.Days} ⁄ {whole.Days}");

    private static string Figure(long micros, PlanView view) => Money.FormatMicros(micros, view.Currency.Digits, Words, grouped: true);
}
