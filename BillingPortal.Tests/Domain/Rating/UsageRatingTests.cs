using System.Collections.Immutable;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Rating;

namespace BillingPortal.Tests.Domain.Rating;

public sealed class UsageRatingTests
{
    private static readonly BillingPeriod March = new(202603);
    private static readonly Instant Noon = Instant.From(new DateTimeOffset(2026, 3, 18, 12, 0, 0, TimeSpan.Zero));

    /// <summary>Data at 0.01 everywhere, 0.02 in Asia; this organization pays 0.005 in Europe and 0.004 beyond 1,000; 100 are included everywhere, 50 in Europe.</summary>
    private static readonly RateBook Book = new()
    {
        StandardTariff = 1,
        TariffRates = [Tariff(1, "", "0.01"), Tariff(2, "Asia", "0.02"), Tariff(3, "Moon", "9") with { Months = new(new(202601), new(202602)) }],
        CustomRates = [Custom(7, "Europe", "0", "0.005"), Custom(8, "Europe", "1000", "0.004")],
        Allowances = [Volume(4, "", "100"), Volume(5, "Europe", "50")],
    };

    [Theory]
    [InlineData("", "30", "30 v4")]
    [InlineData("", "130", "100 v4, 30 t1 x 0.01")]
    [InlineData("Asia", "130.5", "100 v4, 30.5 t2 x 0.02")]
    [InlineData("Moon", "101", "100 v4, 1 t1 x 0.01")]
    [InlineData("Europe", "60", "50 v5, 10 v4")]
    [InlineData("Europe", "200", "50 v5, 100 v4, 50 c7 x 0.005")]
    [InlineData("Europe", "1500", "50 v5, 100 v4, 850 c7 x 0.005, 500 c8 x 0.004")]
    public void By_tariff_then_custom_rate_then_what_is_included(string ratezone, string quantity, string parts) =>
        Words(Price(Book, UsageTally.Empty, ratezone, quantity)!).ShouldBe(parts);

    [Fact]
    public void What_was_used_before_in_the_month_counts_for_volumes_and_steps()
    {
        var first = Price(Book, UsageTally.Empty, "Europe", "990")!;
        Words(Price(Book, first.Tally, "Europe", "20")!).ShouldBe("10 c7 x 0.005, 10 c8 x 0.004");
        Words(Price(Book, first.Tally, "Asia", "1")!).ShouldBe("1 t2 x 0.02");
        Words(Price(Book, Price(Book, UsageTally.Empty, "Asia", "20")!.Tally, "Europe", "140")!).ShouldBe("50 v5, 80 v4, 10 c7 x 0.005");
    }

    [Fact]
    public void A_step_that_holds_everywhere_counts_what_was_used_everywhere()
    {
        var book = Book with { CustomRates = [Custom(9, "", "10", "0.001")], Allowances = [] };
        Words(Price(book, UsageTally.Empty, "Asia", "12")!).ShouldBe("10 t2 x 0.02, 2 c9 x 0.001");
        Words(Price(book, Price(book, UsageTally.Empty, "Asia", "8")!.Tally, "Europe", "5")!).ShouldBe("2 t1 x 0.01, 3 c9 x 0.001");
    }

    [Fact]
    public void Nothing_is_priced_without_a_rate_for_all_of_it()
    {
        var volumeOnly = new RateBook { Allowances = [Volume(4, "", "100")] };
        Price(RateBook.Empty, UsageTally.Empty, "", "1").ShouldBeNull();
        Price(volumeOnly, UsageTally.Empty, "", "100.00000000001").ShouldBeNull();
        Words(Price(volumeOnly, UsageTally.Empty, "", "100")!).ShouldBe("100 v4");
        Price(new RateBook { CustomRates = [Custom(1, "", "5", "1")] }, UsageTally.Empty, "", "5").ShouldBeNull("below the lowest step the tariff's price would hold");
    }

    [Fact]
    public void What_is_taken_away_counts_for_what_was_reported_before_and_for_nothing_after()
    {
        var ended = Book with
        {
            Allowances = [Volume(4, "", "100") with { EndedAt = Noon }],
            CustomRates = [Custom(7, "", "0", "0.005") with { State = CustomRateState.Expired, EndedAt = Noon }],
        };
        Words(UsageRating.Price(ended, UsageTally.Empty, Usage("", "101") with { ReportedAt = new Instant(Noon.Micros - 1) })!).ShouldBe("100 v4, 1 c7 x 0.005");
        Words(UsageRating.Price(ended, UsageTally.Empty, Usage("", "101"))!).ShouldBe("101 t1 x 0.01");
    }

    [Fact]
    public void A_package_is_used_before_a_volume_and_a_tariffs_own_rate_before_a_general_one()
    {
        var book = Book with
        {
            Choices = [new(new(202602), 2)],
            TariffRates = [.. Book.TariffRates, Tariff(20, "", "0.1") with { Tariff = 2 }],
            CustomRates = [Custom(7, "", "0", "0.005") with { Tariff = 1 }, Custom(8, "", "0", "0.006") with { Tariff = 2 }, Custom(9, "", "0", "0.007")],
            Allowances = [Volume(4, "", "10"), Volume(5, "", "10") with { Kind = AllowanceKind.Package }],
        };
        Words(Price(book, UsageTally.Empty, "", "21")!).ShouldBe("10 p5, 10 v4, 1 c8 x 0.006");
        Words(UsageRating.Price(book, UsageTally.Empty, Usage("", "21") with { Period = new(202601) })!).ShouldBe("10 p5, 10 v4, 1 c7 x 0.005");
    }

    [Theory]
    [InlineData("0.00000000001", "0.00000000001", "0.0000000000000000000001")]
    [InlineData("123456789.12345678901", "0.5", "61728394.561728394505")]
    [InlineData("3", "0", "0")]
    public void A_price_is_exact_to_the_last_decimal(string quantity, string rate, string amount) =>
        Price(new RateBook { CustomRates = [Custom(1, "", "0", rate)] }, UsageTally.Empty, "", quantity)!.Amount.ToString().ShouldBe(amount);

    [Theory]
    [InlineData(202603, null, 202604, null, true)]
    [InlineData(202603, 202605, 202605, 202607, true)]
    [InlineData(202603, 202605, 202606, null, false)]
    [InlineData(202606, null, 202603, 202605, false)]
    [InlineData(202603, 202602, 202601, null, false)]
    public void Months_overlap_where_both_hold_in_one(int from, int? until, int otherFrom, int? otherUntil, bool overlap) =>
        new Months(new(from), Until(until)).Overlaps(new Months(new(otherFrom), Until(otherUntil))).ShouldBe(overlap);

    private static BillingPeriod? Until(int? month) => month is { } number ? new BillingPeriod(number) : null;

    private static ReportedUsage Usage(string ratezone, string quantity) => new("data", ratezone, ExactAmount.Parse(quantity), March, Noon);

    private static PricedUsage? Price(RateBook book, UsageTally tally, string ratezone, string quantity) => UsageRating.Price(book, tally, Usage(ratezone, quantity));

    private static TariffRate Tariff(long id, string ratezone, string rate) => new(id, 1, "data", ratezone, "MB", ExactAmount.Parse(rate), new(new(202601)));

    private static CustomRate Custom(long id, string ratezone, string volume, string rate) =>
        new(id, null, "data", ratezone, ExactAmount.Parse(volume), ExactAmount.Parse(rate), new(new(202601)));

    private static Allowance Volume(long id, string ratezone, string volume) => new(AllowanceKind.Volume, id, "", "data", ratezone, ExactAmount.Parse(volume), new(new(202601)));

    private static string Words(PricedUsage priced) => string.Join(", ", priced.Parts.Select(part =>
        FormattableString.Invariant($"{part.Quantity} {"pvct"[(int)part.By - 1]}{part.Id}") + (part.IsIncluded ? "" : $" x {part.Rate}")));
}
