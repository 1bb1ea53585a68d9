using BillingPortal.Domain;
using BillingPortal.Web.Amounts;
using Bunit;
using Shouldly;

namespace BillingPortal.Tests.Web.Amounts;

public sealed class MoneyFieldTests : WebTest
{
    [Fact]
    public void Typing_echoes_the_amount_normalised_and_hands_it_to_the_form()
    {
        MoneyReading? read = null;
        string? kept = null;
        var field = Render<MoneyField>(f => f.Add(m => m.Currency, Currency.Usd).Add(m => m.OnRead, r => read = r).Add(m => m.TextChanged, t => kept = t));

        field.Find("input").Input("1.250,00");

        field.Find(".echo").TextContent.ShouldBe("Read as $1,250.00");
        read!.Money.ShouldBe(Money.Of(1250, Currency.Usd));
        kept.ShouldBe("1.250,00");
    }

    [Fact]
    public void What_is_wrong_is_tied_to_the_input_and_begins_with_its_label()
    {
        var field = Render<MoneyField>(f => f.Add(m => m.Currency, Currency.Usd).Add(m => m.Label, "Amount").Add(m => m.Text, "12,34,5"));

        var input = field.Find("input");
        input.GetAttribute("aria-invalid").ShouldBe("true");
        field.Find("#" + input.GetAttribute("aria-describedby")).TextContent.ShouldContain("Amount: “12,34,5” can be read in two ways.");
        field.FindAll(".echo").ShouldBeEmpty();
    }

    [Fact]
    public void What_the_form_found_stands_before_what_was_read() =>
        Render<MoneyField>(f => f.Add(m => m.Currency, Currency.Usd).Add(m => m.Text, "5").Add(m => m.Error, "Support may not raise cash."))
            .Find(".err").TextContent.ShouldContain("Support may not raise cash.");
}
