using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Web.Amounts;
using Shouldly;

namespace BillingPortal.Tests.Web.Amounts;

public sealed class MoneyReadingTests
{
    [Theory]
    [InlineData("250,00", "en", "250.00")]
    [InlineData("250.00", "de", "250.00")]
    [InlineData("1.250,00", "en", "1250.00")]
    [InlineData("1,250.00", "de", "1250.00")]
    [InlineData("1.234.567,5", "de", "1234567.50")]
    [InlineData("1,234,567", "en", "1234567.00")]
    [InlineData("1,250", "en", "1250.00")]
    [InlineData("1,250", "de", "1.25")]
    [InlineData("1.250", "de", "1250.00")]
    [InlineData("1.250", "en", "1.25")]
    [InlineData("0.125", "de", "0.125")]
    [InlineData(",5", "en", "0.50")]
    [InlineData("-12.24", "en", "-12.24")]
    [InlineData("−12,24", "de", "-12.24")]
    [InlineData("+5", "en", "5.00")]
    [InlineData(" $1,250.5 ", "en", "1250.50")]
    [InlineData("1 250,00 USD", "fr", "1250.00")]
    [InlineData("1\u202f250,00", "fr", "1250.00")]
    [InlineData("1’250.00", "de-CH", "1250.00")]
    [InlineData("0.000001", "en", "0.000001")]
    public void What_people_of_any_locale_write_is_read(string text, string culture, string amount) =>
        Read(text, culture).Money.ShouldNotBeNull().ToDecimalString().ShouldBe(amount);

    [Theory]
    [InlineData("12,34,5", "en")]
    [InlineData("1.250", "fr")]
    [InlineData("1,2,3.4", "en")]
    [InlineData("1.2,3.4", "en")]
    [InlineData("1234,567", "en")]
    public void What_can_be_read_in_two_ways_is_asked_back(string text, string culture)
    {
        var reading = Read(text, culture);

        reading.Money.ShouldBeNull();
        reading.Problem.ShouldNotBeNull().ShouldContain("two ways");
    }

    [Fact]
    public void The_question_shows_how_to_write_both_meanings() =>
        Read("12,34,5", "en").Problem.ShouldBe("“12,34,5” can be read in two ways. Write 12345.00 or 1234.50.");

    [Theory]
    [InlineData("abc")]
    [InlineData("$")]
    [InlineData("1-2")]
    [InlineData("--5")]
    [InlineData("5.")]
    [InlineData("1e9")]
    [InlineData("٣٫٥")]
    public void What_is_no_amount_is_said_to_be_none(string text) => Read(text, "en").Problem.ShouldNotBeNull().ShouldContain("is not an amount");

    [Fact]
    public void More_than_six_decimals_are_refused() => Read("0.1234567", "en").Problem.ShouldNotBeNull().ShouldContain("six decimals");

    [Theory]
    [InlineData("9000000000001")]
    [InlineData("99999999999999999999999999999999999999999999")]
    public void An_amount_beyond_the_bounds_of_money_is_refused(string text) => Read(text, "en").Problem.ShouldNotBeNull().ShouldContain("more than the portal can hold");

    [Fact]
    public void Nothing_typed_is_neither_an_amount_nor_a_mistake()
    {
        Read("  ", "en").IsBlank.ShouldBeTrue();
        Read(null, "en").IsBlank.ShouldBeTrue();
    }

    [Fact]
    public void A_long_mistake_is_quoted_in_short() => Read(new string('x', 5_000), "en").Problem.ShouldNotBeNull().Length.ShouldBeLessThan(120);

    private static MoneyReading Read(string? text, string culture) => MoneyReading.Read(text, Currency.Usd, CultureInfo.GetCultureInfo(culture));
}
