using System.Text;
using BillingPortal.Capabilities.ImportingUsage;

namespace BillingPortal.Tests.Capabilities.ImportingUsage;

/// <summary>Builds FOCUS files whose columns stand in another order than the enumeration's, among columns that nobody reads.</summary>
internal static class FocusFile
{
    public const string Header =
        "AvailabilityZone,SubAccountName,SubAccountId,ServiceName,ProviderName,ChargePeriodStart,BillingPeriodStart,BillingCurrency,"
        + "BillingAccountName,BillingAccountId,BilledCost,Tags";

    /// <summary>One row, quoted where needed.</summary>
    public static string Row(
        string cost = "1.00", string account = "1000", string accountName = "SunBird", string sub = "11", string subName = "Atlas",
        string service = "S3", string provider = "AWS", string charge = "2024-09-18 22:00:00", string period = "2024-09-01 00:00:00",
        string currency = "USD") =>
        string.Join(',', new[] { "NULL", subName, sub, service, provider, charge, period, currency, accountName, account, cost, "{\"a\": \"b\"}" }.Select(Quote));

    /// <summary>The text of a file with these rows.</summary>
    public static string Text(params IEnumerable<string> rows) => string.Join('\n', rows.Prepend(Header)) + "\n";

    public static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>Reads the whole of it.</summary>
    public static async Task<(List<FocusRow> Rows, RowErrors Errors)> ReadAsync(Stream file)
    {
        var reader = new FocusReader(file);
        var rows = new List<FocusRow>();
        await foreach (var row in reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add(row);
        }

        return (rows, reader.Errors);
    }

    public static Task<(List<FocusRow> Rows, RowErrors Errors)> ReadAsync(string text) => ReadAsync(Stream(text));

    private static string Quote(string value) => value.AsSpan().ContainsAny(",\"\n") ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
}
