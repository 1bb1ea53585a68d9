using BillingPortal.Domain.Invoices;

namespace BillingPortal.Tests.Domain.Invoices;

public sealed class NumberNameTests
{
    [Fact]
    public void Bare_digits_mean_the_end_of_a_number_of_the_last_ten_years()
    {
        var named = NumberName.Of(" 412 ", 2026);
        named.Begins.ShouldBe("412");
        named.Whole.Length.ShouldBe(20);
        named.Whole.ShouldContain("INV-2026-0412");
        named.Whole.ShouldContain("CN-2017-0412");
        NumberName.Of("00012345", 2026).Whole.ShouldContain("INV-2026-12345");
    }

    [Theory]
    [InlineData("inv-2026-04")]
    [InlineData("1234567890")]
    [InlineData("٤١٢")]
    [InlineData("")]
    public void Anything_else_is_how_a_number_begins(string text)
    {
        var named = NumberName.Of(text, 2026);
        (named.Begins, named.Whole.Length).ShouldBe((text.ToUpperInvariant(), 0));
    }
}
