using BillingPortal.Web.Csv;
using Shouldly;

namespace BillingPortal.Tests.Web.Csv;

public sealed class CsvCellTests
{
    [Theory]
    [InlineData("=HYPERLINK(\"http://evil\")")]
    [InlineData("+1+cmd|' /C calc'!A0")]
    [InlineData("-2+3")]
    [InlineData("@SUM(1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("\n=1")]
    [InlineData("＝1")]
    [InlineData("-")]
    [InlineData("-12.24\n=1")]
    [InlineData("+49 30 1234")]
    public void A_cell_that_a_spreadsheet_would_run_is_neutralised(string text) => CsvCell.Neutral(text).ShouldBe("'" + text);

    [Theory]
    [InlineData("-12.24")]
    [InlineData("+12.24")]
    [InlineData("0.000001")]
    [InlineData("-15")]
    [InlineData("Acme, \"Robotics\"")]
    [InlineData("2026-11-20T09:52:06Z")]
    [InlineData("a=b")]
    [InlineData("")]
    public void A_plain_number_and_plain_text_stay_as_they_are(string text) => CsvCell.Neutral(text).ShouldBe(text);

    [Fact]
    public void Commas_quotes_and_line_ends_are_quoted() =>
        CsvCell.Line("a,b", "say \"hi\"", "two\nlines", null, "-3.10", "=1,2").ShouldBe("\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",,-3.10,\"'=1,2\"\r\n");
}
