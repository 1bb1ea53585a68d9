using BillingPortal.Domain;
using BillingPortal.Web.Amounts;
using Bunit;
using Shouldly;

namespace BillingPortal.Tests.Web.Amounts;

public sealed class MoneyTextTests : WebTest
{
    [Fact]
    public void What_is_not_known_is_never_shown_as_zero()
    {
        var text = Show(null, t => t.Add(m => m.WithWord, true).Add(m => m.ShowCurrency, true));

        text.Find(".unknown").TextContent.ShouldBe("Unknown");
        text.Markup.ShouldNotContain("0");
    }

    [Theory]
    [InlineData("-12.24", "−12.24", "Debit")]
    [InlineData("917.25", "917.25", "Credit")]
    [InlineData("0", "0.00", "")]
    public void An_amount_has_a_sign_and_a_word_and_a_true_zero_has_no_word(string amount, string shown, string word)
    {
        var text = Show(amount, t => t.Add(m => m.WithWord, true));

        text.Find("data").TextContent.ShouldBe(shown);
        text.Find(".cdw").TextContent.ShouldBe(word);
    }

    [Fact]
    public void Programs_find_the_exact_amount_in_the_value() => Show("-1234.5678").Find("data").GetAttribute("value").ShouldBe("-1234.5678");

    [Theory]
    [InlineData("255.18", "255.18", "")]
    [InlineData("255.184217", "255.18", "4217")]
    [InlineData("255.180001", "255.18", "0001")]
    [InlineData("-0.0015", "−0.00", "15")]
    public void The_slot_for_millionths_is_kept_and_filled_only_where_they_are_not_zero(string amount, string main, string slot)
    {
        var text = Show(amount, t => t.Add(m => m.Slot, true));

        text.Find(".u").TextContent.ShouldBe(slot);
        text.Find("data").TextContent.ShouldBe(main + slot);
    }

    [Fact]
    public void Outside_a_column_there_is_no_empty_slot() => Show("255.18").FindAll(".u").ShouldBeEmpty();

    [Fact]
    public void An_increase_carries_its_plus_sign_and_its_currency_where_asked() =>
        Show("1250", t => t.Add(m => m.WithPlus, true).Add(m => m.ShowCurrency, true)).Find("data").TextContent.ShouldBe("+$1,250.00");

    [Fact]
    public void A_yen_has_no_decimals_and_a_dinar_has_three()
    {
        Show("1250", currency: "JPY").Find("data").TextContent.ShouldBe("1,250");
        Show("1.25", currency: "KWD").Find("data").TextContent.ShouldBe("1.250");
    }

    [Fact]
    public void A_german_reader_sees_a_decimal_comma()
    {
        Reader("de");

        Show("1234.5").Find("data").TextContent.ShouldBe("1.234,50");
    }

    [Fact]
    public void An_amount_opens_its_explanation_and_the_two_are_tied()
    {
        var text = Show("-18.604217", t => t.Add(m => m.Explain, "<p>Compute</p>"));

        var button = text.Find("button.explain");
        var pop = text.Find("#" + button.GetAttribute("popovertarget"));
        pop.GetAttribute("role").ShouldBe("dialog");
        text.Find("#" + pop.GetAttribute("aria-labelledby")).TextContent.ShouldBe("Why −$18.604217?");
        pop.QuerySelector("p")!.TextContent.ShouldBe("Compute");
    }

    private IRenderedComponent<MoneyText> Show(string? amount, Action<ComponentParameterCollectionBuilder<MoneyText>>? more = null, string currency = "USD") =>
        Render<MoneyText>(text =>
        {
            text.Add(m => m.Value, amount is null ? null : Money.Of(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), Currency.Of(currency)));
            more?.Invoke(text);
        });
}
