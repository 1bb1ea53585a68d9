using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Ledger;
using BillingPortal.Domain.Rating;
using BillingPortal.Tests.Domain.Rating;
using FsCheck;
using FsCheck.Fluent;

namespace BillingPortal.Tests.Laws;

public sealed class RatingLaws
{
    private static readonly Gen<string> Zones = Gen.Elements("", "Europe", "Asia");

    private static readonly Gen<string> Services = Gen.Elements("data", "sms");

    private static readonly Gen<ExactAmount> Fine = from digits in Gen.Choose(0, 2_000_000_000) select ExactAmount.Parse(FormattableString.Invariant($"{digits}E-11"));

    private static readonly Gen<ExactAmount> Round = from number in Gen.Choose(0, 40) select ExactAmount.Parse(FormattableString.Invariant($"{number}"));

    private static readonly Gen<ExactAmount> Rates = Gen.OneOf(Fine, Gen.Elements("0.0000005", "0.0000015", "0.25", "3").Select(ExactAmount.Parse));

    private static readonly Gen<RateBook> Books =
        from tariffs in (from zone in Zones from rate in Rates select (zone, rate)).ListOf(3)
        from customs in (from service in Services from zone in Zones from volume in Round from rate in Rates select (service, zone, volume, rate)).ListOf(3)
        from volumes in (from service in Services from zone in Zones from volume in Round select (service, zone, volume)).ListOf(3)
        select new RateBook
        {
            StandardTariff = 1,
            TariffRates =
            [
                new(90, 1, "data", "", "MB", ExactAmount.Parse("0.01"), Always), new(91, 1, "sms", "", "", ExactAmount.Parse("0.0700000005"), Always),
                .. tariffs.Select((rate, at) => new TariffRate(at + 1, 1, "data", rate.zone, "MB", rate.rate, Always)),
            ],
            CustomRates = [.. customs.Select((rate, at) => new CustomRate(at + 1, null, rate.service, rate.zone, rate.volume, rate.rate, Always))],
            Allowances = [.. volumes.Where(v => v.volume.Sign > 0).Select((v, at) => new Allowance(AllowanceKind.Volume, at + 1, "", v.service, v.zone, v.volume, Always))],
        };

    private static readonly Gen<(string Service, string Zone, ExactAmount Quantity)> Reports =
        from service in Services from zone in Zones from whole in Round from fine in Fine select (service, zone, whole + fine);

    private static readonly Arbitrary<(RateBook Book, RateBook Other, IReadOnlyList<(string Service, string Zone, ExactAmount Quantity)> Reports)> Histories =
        (from book in Books from other in Books from reports in Reports.ListOf() select (book, other, (IReadOnlyList<(string, string, ExactAmount)>)[.. reports.Where(r => r.Quantity.Sign > 0)]))
        .ToArbitrary();

    private static Months Always => new(new BillingPeriod(202601));

    [Fact]
    public void What_was_rated_is_what_was_posted_and_what_is_carried() =>
        Prop.ForAll(Histories, history => IsExact(Reported(history.Book, history.Reports))).QuickCheckThrowOnFailure();

    [Fact]
    public void Rating_again_by_the_same_rates_proposes_nothing() =>
        Prop.ForAll(Histories, history => Reported(history.Book, history.Reports).RateAgain() is Decision.Effects { Items.IsEmpty: true }).QuickCheckThrowOnFailure();

    [Fact]
    public void Rating_again_by_other_rates_leads_to_where_they_would_have_led_from_the_start() =>
        Prop.ForAll(Histories, history =>
        {
            var reported = Reported(history.Book, history.Reports) with { Book = history.Other };
            var again = reported.Apply(reported.RateAgain());
            var direct = Reported(history.Other, history.Reports);
            return IsExact(again) && again.Exact == direct.Exact
                && again.Standing.Select(line => line.Origin).SequenceEqual(direct.Standing.Select(line => line.Number))
                && again.Standing.Zip(direct.Standing).All(pair => pair.First.Parts.SequenceEqual(pair.Second.Parts))
                && again.RateAgain() is Decision.Effects { Items.IsEmpty: true }
                && Report(again, history.Reports).Exact == Report(direct, history.Reports).Exact;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("0.5", EntryKind.ChargeCredit, -5_000_000)]
    [InlineData("2", EntryKind.Charge, 10_000_000)]
    public void A_closed_months_difference_goes_to_the_next_open_one(string rate, EntryKind kind, long posted)
    {
        var book = new RateBook { StandardTariff = 1, TariffRates = [new(1, 1, "data", "", "MB", ExactAmount.Parse("1"), Always)] };
        var reported = RatingDesk.With(book).Report("data", "", ExactAmount.Parse("10"));
        var closed = Instant.From(new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero));
        var changed = reported with
        {
            State = reported.State with { ClosedUntil = closed },
            Book = book with { CustomRates = [new(1, null, "data", "", default, ExactAmount.Parse(rate), Always)] },
        };
        var again = changed.Apply(changed.RateAgain());
        (again.Entries[1].Kind, again.Entries[1].Period, again.Entries[1].EffectiveAt, again.Entries[1].Reason).ShouldBe((kind, 202604, closed, ReasonCode.UsageRatedAgain));
        (again.Posted - reported.Posted).ShouldBe(posted);
        again.Standing.Single().Period.ShouldBe(new BillingPeriod(202603));
    }

    private static bool IsExact(RatingDesk desk) => desk.Exact == ExactAmount.FromMicros(desk.Posted) + desk.Carried
        && desk.Carries.Values.All(carried => carried <= ExactAmount.Parse("5E-7") && carried >= ExactAmount.Parse("-5E-7"));

    private static RatingDesk Reported(RateBook book, IEnumerable<(string Service, string Zone, ExactAmount Quantity)> reports) => Report(RatingDesk.With(book), reports);

    private static RatingDesk Report(RatingDesk desk, IEnumerable<(string Service, string Zone, ExactAmount Quantity)> reports) =>
        reports.Aggregate(desk, (after, report) => after.Report(report.Service, report.Zone, report.Quantity));
}
