using BillingPortal.Domain;
using BillingPortal.Domain.Plans;
using FsCheck;
using FsCheck.Fluent;

namespace BillingPortal.Tests.Domain.Plans;

public sealed class SubscriptionWalkTests
{
    private static readonly SubscriptionWish[] Wishes =
    [
        new SubscriptionWish.Choose("free"), new SubscriptionWish.Choose("standard"), new SubscriptionWish.Choose("advanced"), new SubscriptionWish.Choose("weekly"),
        new SubscriptionWish.Choose("yearly"), new SubscriptionWish.Choose("daily"), new SubscriptionWish.Choose("team", 3), new SubscriptionWish.Choose("team", 7),
        new SubscriptionWish.Choose("team", 2, "OFF"), new SubscriptionWish.Choose("advanced", 1, "OFF"), new SubscriptionWish.Choose("enterprise", 1), new SubscriptionWish.Upgrade(),
        new SubscriptionWish.StartTrial("advanced"), new SubscriptionWish.EndTrial(), new SubscriptionWish.Cancel(), new SubscriptionWish.Cancel(TrialOnly: true), new SubscriptionWish.Resume(), new SubscriptionWish.Redeem("OFF"),
        new SubscriptionWish.Agree(PlanPrice.Agreed),
    ];

    [Fact]
    public void Whatever_is_wished_paid_and_declined_in_whatever_order_the_subscription_stays_consistent() =>
        Prop.ForAll(Gen.ListOf(Step).ToArbitrary(), Gen.Elements("JPY", "USD", "KWD").ToArbitrary(), (steps, currency) =>
        {
            var walk = new Walk(currency);
            var fault = steps.Select(walk.Take).FirstOrDefault(fault => fault is not null);
            return (fault is null).Label(fault ?? "");
        }).QuickCheckThrowOnFailure();

    private static Gen<(int Days, int Wish, bool Card, bool Paid)> Step =>
        from days in Gen.Choose(0, 20)
        from wish in Gen.Choose(0, Wishes.Length - 1)
        from card in Gen.Choose(0, 3)
        from paid in Gen.Choose(0, 3)
        select (days, wish, card > 0, paid > 0);

    private sealed class Walk(string currency)
    {
        private DateOnly _today = new(2027, 12, 29);
        private Subscription _now = Subscription.None(PlanWorld.Catalogue.Of("free", 1));

        public string? Take((int Days, int Wish, bool Card, bool Paid) step)
        {
            for (var day = 0; day < step.Days; day++)
            {
                _today = _today.AddDays(1);
                while (Renewals.Due(View(step.Card)) is { } due)
                {
                    if (Become(due, step.Card && step.Paid, due.Unpaid ?? _now) is { } late)
                    {
                        return late;
                    }
                }
            }

            return Transitions.Of(View(step.Card), Wishes[step.Wish]) is Transition.Taken taken ? Become(taken, step.Paid, _now) : null;
        }

        private string? Become(Transition.Taken taken, bool paid, Subscription otherwise)
        {
            var before = _now;
            if (taken.Charge is { } charge && (charge.Net < 0 || charge.Lines.Any(line => line.Amount % Currency.Of(currency).MinorUnit != 0) || charge.Total < 0))
            {
                return $"{before}: a charge of {charge.Total}";
            }

            _now = taken.Charge is { Total: > 0 } && !paid ? otherwise : taken.Next;
            var fault = Fault(_now);
            return fault is null && (ReferenceEquals(_now, before) || _now.Version == before.Version + 1) ? null : $"{fault ?? "the version"}: {before} -> {_now}";
        }

        private string? Fault(Subscription now)
        {
            _ = Charges.Upcoming(View(true), now);
            var periods = now.State is SubscriptionState.Active or SubscriptionState.PastDue;
            return periods != (now.Period is not null) ? "a period"
                : periods == (now.Plan == PlanCatalogue.Free) ? "the plan"
                : now.Paid is { } paid && (now.Period is not { } period || !period.Contains(paid.From) || paid.Net < 0 || now.State != SubscriptionState.Active) ? "what was paid"
                : now.Scheduled is not null && (now.State != SubscriptionState.Active || now.CancelAtPeriodEnd) ? "what is scheduled"
                : now.CancelAtPeriodEnd && now.State != SubscriptionState.Active ? "the cancellation"
                : now.Trial is not null && !now.TrialUsed ? "the trial"
                : now.Coupon is { Left: < 0 } ? "the coupon"
                : now.Seats > 1 && now.Plan != "team" ? "the seats"
                : null;
        }

        private PlanView View(bool card) => PlanWorld.On(_today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), _now, card, currency, finance: true) with
        {
            Coupon = PlanWorld.Percent("OFF", 3_333, CouponDuration.Repeating, 2),
        };
    }
}
