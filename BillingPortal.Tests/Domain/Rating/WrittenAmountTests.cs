using System.Globalization;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;

namespace BillingPortal.Tests.Domain.Rating;

public sealed class WrittenAmountTests
{
    [Theory]
    [InlineData("7.2", "EUR", "en", "€7.20", "")]
    [InlineData("-1234.005", "EUR", "de", "−€1.234,00", "5")]
    [InlineData("6.7083333339", "USD", "en", "$6.70", "83333339")]
    [InlineData("0", "USD", "en", "$0.00", "")]
    [InlineData("120", "JPY", "en", "¥120", "")]
    [InlineData("120.25", "JPY", "en", "¥120", ".25")]
    public void An_exact_amount_is_written_to_its_minor_unit_and_no_digit_beyond_is_lost(string amount, string currency, string culture, string main, string tail) =>
        ExactAmount.Parse(amount).WrittenIn(Currency.Of(currency), CultureInfo.GetCultureInfo(culture)).ShouldBe((main, tail));
}
