using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using FsCheck;
using FsCheck.Fluent;

namespace BillingPortal.Tests.Domain.Billing;

public sealed class RehearsalTests
{
    private static readonly Instant From = At("2026-08-22T00:00Z");
    private static readonly AutoRecharge Rule = new(Enabled: true, Units(20), Units(100), MonthlyLimit: null);

    [Fact]
    public void It_equals_a_plain_step_by_step_replay() => Holds((recharge, cap, past) =>
    {
        var naive = new NaiveRehearsal(recharge, cap, past);
        naive.Run();
        var rehearsal = Rehearsal.Of(recharge, cap, past);
        return (rehearsal.Recharges.Select(made => (made.At, made.Available, made.SettledAt)).SequenceEqual(naive.Recharges)).Label("recharges")
            .And((rehearsal.BrokenAt == naive.BrokenAt).Label("breaker"))
            .And((rehearsal.Paused.Length == naive.PausedMonths).Label("paused"))
            .And((rehearsal.RefusedByCap == naive.RefusedByCap).Label("refused by the cap"))
            .And((rehearsal.RefusedForBalance == naive.RefusedForBalance).Label("refused for balance"))
            .And(rehearsal.Curve.All(point => point.Available == naive.Available(point.At)).Label("curve"));
    });

    [Fact]
    public void It_never_charges_above_the_monthly_limit() => Holds((recharge, cap, past) =>
        Rehearsal.Of(recharge, cap, past).Recharges.GroupBy(made => BillingPeriod.Of(made.At, past.Zone))
            .All(month => recharge.MonthlyLimit is not { } limit || month.Sum(made => made.Amount) <= limit).ToProperty());

    [Fact]
    public void Requests_never_pass_a_hard_cap() => Holds((recharge, cap, past) =>
    {
        var asked = past with { Usage = [.. past.Usage.Select(usage => usage with { Reported = 0 })] };
        return (!cap.IsHard || Rehearsal.Of(recharge, cap, asked).Curve.All(point => point.Spent <= Math.Max(cap.Amount!.Value, SpentBefore(asked)))).ToProperty();
    });

    [Fact]
    public void What_is_beyond_a_hard_cap_is_what_was_reported_beyond_it() => Holds((recharge, cap, past) =>
    {
        var rehearsal = Rehearsal.Of(recharge, cap, past);
        return (rehearsal.Overshoot <= past.Usage.Sum(usage => Math.Max(0, usage.Reported)) && (cap.IsHard || rehearsal.Overshoot == 0)).ToProperty();
    });

    [Fact]
    public void No_two_recharges_are_in_flight_together() => Holds((recharge, cap, past) =>
    {
        var made = Rehearsal.Of(recharge, cap, past).Recharges;
        return made.Zip(made.Skip(1)).All(pair => pair.Second.At >= pair.First.SettledAt).ToProperty();
    });

    [Fact]
    public void Exactly_at_the_threshold_nothing_is_charged()
    {
        Fired(Rule, Past(50, Requested("2026-09-01T00:00Z", 30))).ShouldBeEmpty();
        Fired(Rule, Past(50, Requested("2026-09-01T00:00Z", 30.000001m))).ShouldBe(["2026-09-01T00:00"]);
    }

    [Fact]
    public void A_limit_without_room_for_the_whole_amount_pauses_and_the_next_month_goes_on()
    {
        var past = Past(50, Requested("2026-09-01T00:00Z", 40), Requested("2026-09-10T00:00Z", 95), Requested("2026-10-02T00:00Z", 1));
        var rehearsal = Rehearsal.Of(Rule with { MonthlyLimit = Units(150) }, SpendingCap.Off, past);
        rehearsal.Recharges.Length.ShouldBe(2);
        rehearsal.Paused.ShouldBe([At("2026-09-10T00:00Z")]);
        rehearsal.Recharges[1].At.ShouldBe(At("2026-10-02T00:00Z"));
    }

    [Fact]
    public void A_second_recharge_within_an_hour_opens_the_breaker()
    {
        var past = Past(50, Requested("2026-09-01T00:00Z", 40), Requested("2026-09-01T00:59Z", 100), Requested("2026-09-03T00:00Z", 1));
        var rehearsal = Rehearsal.Of(Rule, SpendingCap.Off, past);
        rehearsal.Recharges.Length.ShouldBe(1);
        rehearsal.BrokenAt.ShouldBe(At("2026-09-01T00:59Z"));
    }

    [Fact]
    public void A_burst_that_outruns_settlement_is_empty_until_the_payment_settles()
    {
        var past = Past(50, Requested("2026-10-02T01:00Z", 40), Requested("2026-10-02T01:30Z", 25)) with { Settles = TimeSpan.FromHours(3) };
        var rehearsal = Rehearsal.Of(Rule, SpendingCap.Off, past);
        rehearsal.Empty.ShouldBe([new Stretch(At("2026-10-02T01:30Z"), At("2026-10-02T04:00Z"))]);
        rehearsal.RefusedForBalance.ShouldBe(Units(15));
        Rehearsal.CoveringThreshold(Rule, SpendingCap.Off, past).ShouldBeNull();
        Rehearsal.CoveringThreshold(Rule, SpendingCap.Off, past with
        {
            Usage = [Requested("2026-09-01T00:00Z", 1), .. past.Usage],
        }).ShouldBe(Units(50));
        Rehearsal.CoveringThreshold(Rule with { Amount = Units(5) }, SpendingCap.Off, past with { Usage = [Requested("2026-09-01T00:00Z", 300)] }).ShouldBeNull();
    }

    [Fact]
    public void A_hard_cap_stops_until_its_window_ends_and_recharges_stand_still_meanwhile()
    {
        var past = Past(50, Requested("2026-09-10T00:00Z", 30), Requested("2026-09-11T00:00Z", 10), Requested("2026-10-02T00:00Z", 5));
        var rehearsal = Rehearsal.Of(Rule with { Threshold = Units(30) }, new SpendingCap(true, Units(30), null, Soft: false), past);
        rehearsal.Stopped.ShouldBe([new Stretch(At("2026-09-10T00:00Z"), At("2026-10-01T00:00Z"))]);
        rehearsal.RefusedByCap.ShouldBe(Units(10));
        rehearsal.Recharges.Select(made => made.At).ShouldBe([At("2026-10-02T00:00Z")]);
        rehearsal.Alerts.Select(alert => alert.Level).ShouldBe([50, 75, 90, 100]);
    }

    [Fact]
    public void A_soft_cap_tells_and_stops_nothing()
    {
        var past = Past(50, Requested("2026-09-10T00:00Z", 16), Requested("2026-09-11T00:00Z", 20));
        var rehearsal = Rehearsal.Of(AutoRecharge.Off, new SpendingCap(true, Units(30), null, Soft: true), past);
        var (first, then) = (At("2026-09-10T00:00Z"), At("2026-09-11T00:00Z"));
        rehearsal.Alerts.ShouldBe([new CapAlert(first, 50), new CapAlert(then, 75), new CapAlert(then, 90), new CapAlert(then, 100)]);
        rehearsal.RefusedByCap.ShouldBe(0);
        rehearsal.Stopped.ShouldBeEmpty();
    }

    [Fact]
    public void Reported_usage_passes_the_cap_and_late_usage_counts_in_its_own_window()
    {
        var late = new PastUsage(At("2026-10-03T00:00Z"), At("2026-09-30T12:00Z"), 0, Units(40), 0);
        var rehearsal = Rehearsal.Of(AutoRecharge.Off, new SpendingCap(true, Units(30), null, Soft: false), Past(100, late, Requested("2026-10-04T00:00Z", 30)));
        rehearsal.Overshoot.ShouldBe(Units(10));
        rehearsal.RefusedByCap.ShouldBe(0);
    }

    [Fact]
    public void A_postpaid_organization_is_never_recharged_nor_empty()
    {
        var rehearsal = Rehearsal.Of(Rule, SpendingCap.Off, Past(0, Requested("2026-09-10T00:00Z", 16)) with { ChargingModel = ChargingModel.Postpaid });
        rehearsal.Recharges.ShouldBeEmpty();
        rehearsal.Empty.ShouldBeEmpty();
        rehearsal.RefusedForBalance.ShouldBe(0);
    }

    [Fact]
    public void Usage_spread_over_an_hour_keeps_its_sum_and_its_order()
    {
        var parts = new PastUsage(From, From, 1_000_003, 7, -5).Spread(TimeSpan.FromHours(1), 12).ToList();
        parts.Sum(part => part.Requested).ShouldBe(1_000_003);
        parts.Sum(part => part.Reported).ShouldBe(7);
        parts.Sum(part => part.PaidIn).ShouldBe(-5);
        parts.Select(part => part.At).ShouldBe(Enumerable.Range(0, 12).Select(n => From.Plus(TimeSpan.FromMinutes(5 * n))));
    }

    private static void Holds(Func<AutoRecharge, SpendingCap, RehearsedPast, Property> law) =>
        Prop.ForAll(RehearsalGen.Rules.ToArbitrary(), RehearsalGen.Pasts.ToArbitrary(), (rule, past) => law(rule.Recharge, rule.Cap, past)).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static long SpentBefore(RehearsedPast past) => past.Usage.Where(usage => usage.At < past.From).Sum(usage => usage.Requested);

    private static string[] Fired(AutoRecharge rule, RehearsedPast past) =>
        [.. Rehearsal.Of(rule, SpendingCap.Off, past).Recharges.Select(made => made.At.ToUtc().ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture))];

    private static RehearsedPast Past(decimal opening, params PastUsage[] usage) => new()
    {
        From = From,
        Until = At("2026-11-20T00:00Z"),
        Zone = TimeZoneInfo.Utc,
        ChargingModel = ChargingModel.Prepaid,
        Opening = Units(opening),
        Usage = [.. usage],
    };

    private static PastUsage Requested(string at, decimal amount) => new(At(at), At(at), Units(amount), 0, 0);

    private static long Units(decimal units) => Money.Of(units, Currency.Usd).Micros;

    private static Instant At(string text) => Instant.From(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture));
}
