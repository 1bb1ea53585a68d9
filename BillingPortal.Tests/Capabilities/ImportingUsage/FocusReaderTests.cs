using System.Text;
using BillingPortal.Capabilities.ImportingUsage;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using Shouldly;

namespace BillingPortal.Tests.Capabilities.ImportingUsage;

public sealed class FocusReaderTests
{
    [Fact]
    public async Task Columns_are_found_by_name_in_any_order()
    {
        var (rows, errors) = await FocusFile.ReadAsync(FocusFile.Text(FocusFile.Row(cost: "0.00001605990")));

        errors.Found.ShouldBeEmpty();
        rows.ShouldHaveSingleItem().ShouldBe(new FocusRow(
            2, new(new("AWS", "1000", "11"), "S3", new BillingPeriod(202409)), ExactAmount.Parse("0.0000160599"), Currency.Usd,
            Instant.From(new(2024, 9, 18, 22, 0, 0, TimeSpan.Zero)), "SunBird", "Atlas"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("NULL")]
    public async Task An_account_without_a_name_is_called_by_its_id(string name)
    {
        var (rows, _) = await FocusFile.ReadAsync(FocusFile.Text(FocusFile.Row(accountName: name, subName: name)));

        (rows[0].BillingAccountName, rows[0].SubAccountName).ShouldBe(("1000", "11"));
    }

    [Fact]
    public async Task Usage_without_a_sub_account_is_the_billing_accounts_own()
    {
        var (rows, _) = await FocusFile.ReadAsync(FocusFile.Text(FocusFile.Row(sub: "NULL", subName: "NULL")));

        (rows[0].Group.Who, rows[0].SubAccountName).ShouldBe((new("AWS", "1000", null), null));
    }

    [Theory]
    [InlineData("2024-09-18T22:00:00Z")]
    [InlineData("2024-09-18T22:00:00.000Z")]
    [InlineData("2024-09-19T00:00:00+02:00")]
    [InlineData("2024-09-18 22:00:00 UTC")]
    public async Task A_date_written_in_another_form_is_the_same_row(string charge)
    {
        var (rows, errors) = await FocusFile.ReadAsync(FocusFile.Text(
            FocusFile.Row(), FocusFile.Row(charge: charge, cost: "1.0000", period: "2024-09-01T00:00:00Z", accountName: "Renamed")));

        errors.Found.ShouldBeEmpty();
        rows[1].Fingerprint().ShouldBe(rows[0].Fingerprint());
    }

    [Fact]
    public async Task Rows_that_charge_differently_have_different_fingerprints()
    {
        var (rows, _) = await FocusFile.ReadAsync(FocusFile.Text(
            FocusFile.Row(), FocusFile.Row(cost: "2"), FocusFile.Row(sub: "12"), FocusFile.Row(sub: "NULL"), FocusFile.Row(service: "EC2"),
            FocusFile.Row(provider: "Oracle"), FocusFile.Row(account: "1001"), FocusFile.Row(charge: "2024-09-19"), FocusFile.Row(currency: "EUR"),
            FocusFile.Row(period: "2024-10-01")));

        rows.Select(r => Convert.ToHexString(r.Fingerprint())).Distinct().Count().ShouldBe(10);
    }

    [Fact]
    public async Task A_byte_order_mark_and_windows_line_ends_are_read_over()
    {
        var text = "\uFEFF" + FocusFile.Text(FocusFile.Row(), FocusFile.Row()).ReplaceLineEndings("\r\n");
        var (rows, errors) = await FocusFile.ReadAsync(text);

        (rows.Count, errors.None).ShouldBe((2, true));
    }

    [Theory]
    [InlineData("BilledCost", "12,50", "not a number")]
    [InlineData("BilledCost", "NULL", "an amount is needed")]
    [InlineData("BilledCost", "1E-30", "finer than 24 decimals")]
    [InlineData("BilledCost", "9999999999999", "beyond what money can hold")]
    [InlineData("BillingCurrency", "XXX", "not a currency")]
    [InlineData("BillingCurrency", "usd", "not a currency")]
    [InlineData("BillingAccountId", "NULL", "a value is needed")]
    [InlineData("ProviderName", "", "a value is needed")]
    [InlineData("ServiceName", "null", "a value is needed")]
    [InlineData("BillingPeriodStart", "2024-09-02 00:00:00", "not the first moment of a month in UTC")]
    [InlineData("BillingPeriodStart", "2024-09-01T00:00:00+02:00", "not the first moment of a month in UTC")]
    [InlineData("BillingPeriodStart", "01.09.2024", "not a date")]
    [InlineData("ChargePeriodStart", "2024-02-30 00:00:00", "not a date")]
    [InlineData("ChargePeriodStart", "0001-01-01 00:00:00", "not a date")]
    [InlineData("SubAccountName", "two\nlines", "control character")]
    public async Task A_wrong_field_is_reported_with_row_column_value_and_reason(string column, string value, string reason)
    {
        var columns = FocusFile.Header.Split(',').ToList();
        var fields = FocusFile.Row().Replace("{\"\"a\"\": \"\"b\"\"}", "x", StringComparison.Ordinal).Split(',');
        fields[columns.IndexOf(column)] = $"\"{value}\"";
        var (rows, errors) = await FocusFile.ReadAsync(FocusFile.Text(FocusFile.Row(), string.Join(',', fields), FocusFile.Row()));

        rows.Count.ShouldBe(2);
        var error = errors.Found.ShouldHaveSingleItem();
        (error.Row, error.Column, error.Value).ShouldBe((3, column, RowError.Excerpt(value)));
        error.Reason.ShouldContain(reason);
    }

    [Fact]
    public async Task A_row_with_another_number_of_columns_is_reported()
    {
        var (_, errors) = await FocusFile.ReadAsync(FocusFile.Text("a,b,c", FocusFile.Row()));

        errors.Found.ShouldHaveSingleItem().ToString().ShouldBe("row 2: 3 columns where the header has 12; a quote or a comma is misplaced.");
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_is_reported()
    {
        var (_, errors) = await FocusFile.ReadAsync(FocusFile.Text("NULL,\"Atlas,11,S3", FocusFile.Row(), FocusFile.Row()));

        errors.None.ShouldBeFalse();
    }

    [Fact]
    public async Task Every_wrong_row_is_reported_up_to_a_bound_and_reading_ends_there()
    {
        var (_, errors) = await FocusFile.ReadAsync(FocusFile.Text(Enumerable.Repeat("junk", RowErrors.Bound + 500)));

        (errors.Found.Count, errors.MayBeMore).ShouldBe((RowErrors.Bound, true));
    }
}
