using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Web.Charts;

namespace BillingPortal.Capabilities.BillingRules;

/// <content>What is reckoned for the picture.</content>
public sealed partial class RehearsalPanel
{
    /// <summary>What to rehearse.</summary>
    private sealed record RehearsalWish(AutoRecharge Recharge, SpendingCap Cap, RehearsedPast Past);

    /// <summary>A day of the table.</summary>
    private sealed record RehearsedDay(DateOnly Day, long Lowest, long Last, long Spent, int Recharges);

    /// <summary>The rehearsal and what is drawn of it.</summary>
    private sealed record RehearsalAnswer(RehearsalWish Wish, Rehearsal Rehearsal, long? Covering, ImmutableArray<TimePoint> Points, ImmutableArray<RehearsedDay> Days)
    {
        public ImmutableArray<Instant> Marks => [.. Rehearsal.Recharges.Select(recharge => recharge.At)];

        public static RehearsalAnswer Of(RehearsalWish wish)
        {
            var rehearsal = Rehearsal.Of(wish.Recharge, wish.Cap, wish.Past);
            var prepaid = wish.Past.ChargingModel == ChargingModel.Prepaid;
            return new(wish, rehearsal,
                rehearsal.Empty.IsEmpty || wish.Recharge is not { Enabled: true, Threshold: not null, Amount: not null } ? null : Rehearsal.CoveringThreshold(wish.Recharge, wish.Cap, wish.Past),
                [.. rehearsal.Curve.Select(point => new TimePoint(point.At, prepaid ? point.Available : point.Spent))],
                [.. DaysOf(rehearsal, wish.Past)]);
        }

        /// <summary>Every day, also those on which nothing happened: what stood at the end of the day before stands on.</summary>
        private static IEnumerable<RehearsedDay> DaysOf(Rehearsal rehearsal, RehearsedPast past)
        {
            DateOnly DayOf(Instant at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at.ToUtc(), past.Zone).Date);
            var points = rehearsal.Curve.ToLookup(point => DayOf(point.At));
            var recharges = rehearsal.Recharges.ToLookup(recharge => DayOf(recharge.At));
            var (last, spent) = (past.Opening, 0L);
            for (var day = DayOf(past.From); day <= DayOf(past.Until); day = day.AddDays(1))
            {
                var lowest = Math.Min(last, points[day].Select(point => point.Available).DefaultIfEmpty(last).Min());
                foreach (var point in points[day].TakeLast(1))
                {
                    (last, spent) = (point.Available, point.Spent);
                }

                yield return new RehearsedDay(day, lowest, last, spent, recharges[day].Count());
            }
        }
    }
}
