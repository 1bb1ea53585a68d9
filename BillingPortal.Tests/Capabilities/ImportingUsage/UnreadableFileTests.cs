using System.Text;
using BillingPortal.Capabilities.ImportingUsage;
using Shouldly;

namespace BillingPortal.Tests.Capabilities.ImportingUsage;

public sealed class UnreadableFileTests
{
    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("\n\n", "the file is empty")]
    [InlineData("name,amount\nAcme,5\n", "not the header of a FOCUS 1.0 file")]
    [InlineData("BilledCost;BillingAccountId\n1;2\n", "separated by semicolons")]
    [InlineData("BilledCost,BillingAccountId,BillingCurrency,BillingPeriodStart,ChargePeriodStart,ProviderName,ServiceName,SubAccountId\n",
        "the header lacks BillingAccountName, SubAccountName.")]
    [InlineData(FocusFile.Header + ",BilledCost\n", "names this column twice")]
    [InlineData(FocusFile.Header + "\n", "a header and no rows")]
    public async Task A_file_that_is_no_usage_is_refused_with_the_reason(string text, string reason)
    {
        var (rows, errors) = await FocusFile.ReadAsync(text);

        rows.ShouldBeEmpty();
        errors.Found.ShouldHaveSingleItem().Reason.ShouldContain(reason);
    }

    [Theory]
    [InlineData("504B0304AABB", "a ZIP archive or a spreadsheet")]
    [InlineData("1F8B0800AABB", "compressed with gzip")]
    [InlineData("50415231AABB", "Parquet")]
    [InlineData("FFFE42006900", "UTF-16")]
    [InlineData("4269006C0065", "binary")]
    [InlineData("4B6F6C6EE4F6FC0A", "not UTF-8")]
    public async Task A_file_that_is_no_text_is_refused_with_what_it_seems_to_be(string hex, string reason)
    {
        var (_, errors) = await FocusFile.ReadAsync(new MemoryStream(Convert.FromHexString(hex)));

        errors.Found.ShouldHaveSingleItem().Reason.ShouldContain(reason);
    }

    [Fact]
    public async Task Text_that_stops_being_utf_8_is_reported_with_its_row()
    {
        var rows = Encoding.UTF8.GetBytes(FocusFile.Text(Enumerable.Repeat(FocusFile.Row(), 1_000)));
        var (_, errors) = await FocusFile.ReadAsync(new MemoryStream([.. rows, 0xE4, 0x0A]));

        var error = errors.Found.ShouldHaveSingleItem();
        error.Row.ShouldNotBeNull().ShouldBeGreaterThan(500);
        error.Reason.ShouldContain("not UTF-8");
    }

    [Theory]
    [InlineData("x")]
    [InlineData("x,")]
    [InlineData("\"x\ny\",")]
    [InlineData("\"")]
    public async Task A_gigabyte_of_junk_is_refused_after_its_first_megabytes(string junk)
    {
        var file = new EndlessFile(junk);
        var reader = new FocusReader(file);
        await foreach (var _ in reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            Assert.Fail("Junk holds no row.");
        }

        reader.Errors.None.ShouldBeFalse();
        file.Given.ShouldBeLessThan(8L * UsageText.MaxRecord);
    }

    [Fact]
    public async Task A_gigabyte_of_junk_behind_a_good_header_is_refused_after_a_thousand_rows()
    {
        var file = new EndlessFile("junk,junk\n", FocusFile.Header + "\n");
        var reader = new FocusReader(file);
        await foreach (var _ in reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            Assert.Fail("Junk holds no row.");
        }

        reader.Errors.MayBeMore.ShouldBeTrue();
        file.Given.ShouldBeLessThan(UsageText.MaxRecord);
    }
}
