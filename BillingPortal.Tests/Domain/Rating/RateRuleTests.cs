using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Rating;

namespace BillingPortal.Tests.Domain.Rating;

/// <summary>Contract 4's rules of custom rates and inclusive volumes, by months: now it is March 2026.</summary>
public sealed class RateRuleTests
{
    private static readonly BillingPeriod March = new(202603);
    private static readonly Instant Noon = Instant.From(new DateTimeOffset(2026, 3, 18, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(202601, null, 202603, null, "202601-202602")]
    [InlineData(202601, 202612, 202603, 202604, "202601-202602")]
    [InlineData(202603, null, 202603, null, "202603-202602")]
    [InlineData(202605, null, 202603, null, "202605-202602")]
    [InlineData(202605, null, 202603, 202604, "")]
    [InlineData(202601, 202602, 202603, null, "")]
    public void An_overlapping_older_rate_ends_the_month_before(int from, int? until, int newFrom, int? newUntil, string ends)
    {
        var older = Rate(7, from, until);
        var change = Added(new CustomRateWish { Service = "data", Rate = ExactAmount.Parse("0.02"), From = new(newFrom), Until = Month(newUntil) }, older);
        string.Join(';', change.Ends.Select(end => $"{end.Left.From.Number}-{end.Left.Until?.Number}")).ShouldBe(ends);
    }

    [Fact]
    public void A_rate_begins_with_this_month_and_ends_no_other_step_zone_service_or_tariff()
    {
        var other = new[] { Rate(1) with { Volume = ExactAmount.Parse("10") }, Rate(2) with { Ratezone = "Asia" }, Rate(3) with { Service = "sms" }, Rate(4) with { Tariff = 5 }, Rate(5) with { State = CustomRateState.Expired } };
        var change = Added(new CustomRateWish { Service = "data", Rate = ExactAmount.Parse("0.02") }, other);
        (change.Ends.IsEmpty, change.Rate.Months, change.Rate.Months.StartsOn).ShouldBe((true, new Months(March), new DateOnly(2026, 3, 1)));
        CustomRates.Add(new CustomRateWish { Service = "data", Rate = Rate(1).Rate, From = new(202601) }, [Rate(1)], Currency.Usd, March, null)
            .ShouldBeOfType<Outcome<CustomRateChange>.Refused>().Refusal.Code.ShouldBe(RefusalCode.Taken);
    }

    [Theory]
    [InlineData("Rate", "out_of_range", "-0.01", "USD", 202603, null)]
    [InlineData("Rate", "out_of_range", "0.000000000001", "USD", 202603, null)]
    [InlineData("Rate", "out_of_range", "1000000.1", "USD", 202603, null)]
    [InlineData("Rate", "required", null, "USD", 202603, null)]
    [InlineData("Currency", "invalid_reference", "1", "EUR", 202603, null)]
    [InlineData("EndDate", "out_of_range", "1", "USD", 202603, 202602)]
    [InlineData("StartDate", "out_of_range", "1", "USD", 202601, null)]
    [InlineData("StartDate", "out_of_range", "1", "USD", 210001, null)]
    public void A_rate_that_cannot_be_meant_is_named(string field, string code, string? rate, string currency, int from, int? until) =>
        CustomRates.Add(new CustomRateWish { Service = "data", Rate = rate is null ? null : ExactAmount.Parse(rate), Currency = currency, From = new(from), Until = Month(until) }, [], Currency.Usd, March, new BillingPeriod(202602))
            .ShouldBeOfType<Outcome<CustomRateChange>.Invalid>().Errors.Select(error => (error.Field, error.Code)).ShouldBe([(field, code)]);

    [Theory]
    [InlineData(202601, null, CustomRateState.Expired, 202603)]
    [InlineData(202603, 202612, CustomRateState.Expired, 202603)]
    [InlineData(202604, null, CustomRateState.Deleted, null)]
    [InlineData(202601, 202602, null, null)]
    [InlineData(202603, 202602, null, null)]
    public void A_started_rate_expires_a_later_one_is_deleted_an_ended_one_stays(int from, int? until, CustomRateState? state, int? left)
    {
        var outcome = CustomRates.Remove(Rate(7, from, until), March, Noon);
        if (state is { } expected)
        {
            var rate = outcome.ShouldBeOfType<Outcome<CustomRate>.Done>().Value;
            (rate.State, rate.Months.Until?.Number, rate.EndedAt).ShouldBe((expected, left, Noon));
        }
        else
        {
            outcome.ShouldBeOfType<Outcome<CustomRate>.Refused>().Refusal.Code.ShouldBe(RefusalCode.CannotBeDeleted);
        }
    }

    [Theory]
    [InlineData(true, 202601, null, "202601-202603 at once")]
    [InlineData(true, 202604, null, "202604-202603 at once")]
    [InlineData(true, 202601, 202603, "202601-202603 at once")]
    [InlineData(false, 202601, null, "202601-202603")]
    [InlineData(false, 202604, null, "202604-202603")]
    [InlineData(false, 202601, 202603, "CannotBeDeleted")]
    [InlineData(false, 202601, 202602, "CannotBeDeleted")]
    [InlineData(true, 202601, 202602, "CannotBeDeleted")]
    public void A_volume_ends_at_once_from_above_and_with_the_month_by_its_own_people(bool fromAbove, int from, int? until, string left) =>
        Words(Allowances.End(Volume(from, until), fromAbove, March, Noon)).ShouldBe(left);

    [Fact]
    public void A_package_ends_with_the_month_that_is_paid_for() =>
        Words(Allowances.End(Volume(202601, null) with { Kind = AllowanceKind.Package }, atOnce: true, March, Noon)).ShouldBe("202601-202603");

    [Fact]
    public void A_volume_begins_with_this_month_or_later_and_above_nothing()
    {
        Allowances.Add(Wish("100", 202602), AllowanceKind.Volume, [], March).ShouldBeOfType<Outcome<Allowance>.Invalid>().Errors.ShouldHaveSingleItem().Field.ShouldBe("StartDate");
        Allowances.Add(Wish("0", null), AllowanceKind.Volume, [], March).ShouldBeOfType<Outcome<Allowance>.Invalid>().Errors.ShouldHaveSingleItem().Field.ShouldBe("Volume");
        Allowances.Add(Wish("100", null), AllowanceKind.Package, [], March).ShouldBeOfType<Outcome<Allowance>.Invalid>().Errors.Select(error => error.Field).ShouldBe(["Name", "Price"]);
        var added = Allowances.Add(Wish("100", null), AllowanceKind.Volume, [], March).ShouldBeOfType<Outcome<Allowance>.Done>().Value;
        added.Months.ShouldBe(new Months(March));
        Allowances.Add(Wish("100", null), AllowanceKind.Volume, [added with { Id = 4 }], March).ShouldBeOfType<Outcome<Allowance>.Refused>().Refusal.Code.ShouldBe(RefusalCode.Taken);
    }

    private static string Words(Outcome<Allowance> outcome) => outcome switch
    {
        Outcome<Allowance>.Done(var left) => $"{left.Months.From.Number}-{left.Months.Until?.Number}{(left.EndedAt == Noon ? " at once" : "")}",
        Outcome<Allowance>.Refused(var refusal) => refusal.Code.ToString(),
        _ => "?",
    };

    private static CustomRateChange Added(CustomRateWish wish, params CustomRate[] standing) =>
        CustomRates.Add(wish, [.. standing], Currency.Usd, March, null).ShouldBeOfType<Outcome<CustomRateChange>.Done>().Value;

    private static AllowanceWish Wish(string volume, int? from) => new() { Service = "data", Volume = ExactAmount.Parse(volume), From = Month(from) };

    private static Allowance Volume(int from, int? until) => new(AllowanceKind.Volume, 4, "", "data", "", ExactAmount.Parse("100"), new(new(from), Month(until)));

    private static CustomRate Rate(long id, int from = 202601, int? until = null) => new(id, null, "data", "", default, ExactAmount.Parse("0.01"), new(new(from), Month(until)));

    private static BillingPeriod? Month(int? number) => number is { } month ? new BillingPeriod(month) : null;
}
