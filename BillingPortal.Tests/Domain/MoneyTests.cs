using System.Globalization;
using BillingPortal.Domain;

namespace BillingPortal.Tests.Domain;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("93.39", "USD", "93.39")]
    [InlineData("-12.24", "USD", "-12.24")]
    [InlineData("5", "USD", "5.00")]
    [InlineData("0.123456", "USD", "0.123456")]
    [InlineData("0.1200", "USD", "0.12")]
    [InlineData("7", "JPY", "7.00")]
    [InlineData("1.5", "KWD", "1.500")]
    public void A_program_reads_at_least_two_decimals_and_no_needless_zero(string units, string currency, string expected) =>
        Money.Of(decimal.Parse(units, CultureInfo.InvariantCulture), Currency.Of(currency)).ToDecimalString().ShouldBe(expected);

    [Theory]
    [InlineData("1234.5", "USD", "en", "$1,234.50")]
    [InlineData("-12.24", "USD", "en", "−$12.24")]
    [InlineData("1234.5", "EUR", "de", "€1.234,50")]
    [InlineData("1234", "JPY", "en", "¥1,234")]
    [InlineData("18.604217", "USD", "en", "$18.604217")]
    [InlineData("3", "CHF", "en", "CHF 3.00")]
    public void A_person_reads_sign_currency_and_their_own_digits(string units, string currency, string culture, string expected) =>
        Money.Of(decimal.Parse(units, CultureInfo.InvariantCulture), Currency.Of(currency))
            .ToString(CultureInfo.GetCultureInfo(culture)).ShouldBe(expected);

    [Fact]
    public void Two_currencies_are_never_added() =>
        Should.Throw<CurrencyMismatchException>(() => new Money(1, Currency.Usd) + new Money(1, Currency.Of("EUR")));

    [Fact]
    public void An_amount_beyond_the_bounds_throws_and_does_not_wrap() =>
        Should.Throw<OverflowException>(() => new Money(long.MaxValue, Currency.Usd) + new Money(1, Currency.Usd));

    [Fact]
    public void A_seventh_decimal_is_no_money() => Should.Throw<ArgumentException>(() => Money.Of(0.0000001m, Currency.Usd));

    [Fact]
    public void A_currency_is_known_by_its_capital_letters_only()
    {
        Currency.TryOf("USD", out var dollar).ShouldBeTrue();
        dollar.MinorUnit.ShouldBe(10_000);
        Currency.TryOf("usd", out _).ShouldBeFalse();
        Currency.TryOf("XXX", out _).ShouldBeFalse();
    }
}
