using BillingPortal.Domain;
using BillingPortal.Domain.Plans;
using FsCheck;
using FsCheck.Fluent;

namespace BillingPortal.Tests.Domain.Plans;

public sealed class ProrationTests
{
    private static readonly string[] Currencies = ["JPY", "USD", "KWD"];

    [Fact]
    public void However_a_period_is_cut_its_parts_sum_to_its_price_and_none_is_negative() =>
        Prop.ForAll(Gen.Choose(1, 366).ToArbitrary(), Gen.Choose(0, 2_000_000).ToArbitrary(), Gen.ArrayOf(Gen.Choose(0, 366)).ToArbitrary(), (days, minor, cuts) =>
            Currencies.Select(Currency.Of).All(currency =>
            {
                int[] ends = [0, .. cuts.Select(cut => Math.Min(cut, days)).Order(), days];
                var parts = ends.Zip(ends.Skip(1), (from, to) => Proration.Part(minor * currency.MinorUnit, days, from, to, currency.MinorUnit)).ToList();
                return parts.Sum() == minor * currency.MinorUnit && parts.All(part => part >= 0 && part % currency.MinorUnit == 0);
            })).QuickCheckThrowOnFailure();

    [Fact]
    public void A_period_of_any_plan_that_is_changed_any_number_of_times_costs_what_its_days_cost() =>
        Prop.ForAll(Gen.Elements(Currencies).ToArbitrary(), Gen.ArrayOf(Gen.Choose(1, 30)).ToArbitrary(), Gen.Choose(1, 9).ToArbitrary(), (currency, cuts, seats) =>
        {
            // Each change adds a seat; what was paid for the days that were used, seat by seat, is all that is paid in the end.
            var subscription = PlanWorld.Paying("team", "2026-11-01", currency, seats);
            var minor = Currency.Of(currency).MinorUnit;
            var charged = subscription.Paid!.Net;
            var (used, from, net) = (0L, 0, charged);
            foreach (var cut in cuts.Distinct().Order())
            {
                if (cut > 29)
                {
                    break;
                }

                var taken = PlanWorld.On($"2026-11-{cut + 1:00}", subscription, currency: currency).Taken(new SubscriptionWish.Choose("team", subscription.Seats + 1));
                used += Proration.Part(net, 30 - from, 0, cut - from, minor);
                (subscription, from, net) = (taken.Next, cut, taken.Next.Paid!.Net);
                charged += taken.Charge!.Net;
            }

            return charged == used + net;
        }).QuickCheckThrowOnFailure();
}
