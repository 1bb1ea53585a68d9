using System.Globalization;
using BillingPortal.Store.Usage;

namespace BillingPortal.Capabilities.ImportingUsage;

/// <summary>How imports are put into words on their pages.</summary>
internal static class UsageImportWords
{
    /// <summary>Entries posted, where it posted any.</summary>
    public static string Entries(UsageImport import) =>
        import.State is UsageImportState.Published ? import.Summary.Entries.ToString("N0", CultureInfo.CurrentCulture) : "";

    /// <summary>What was posted, exactly, a currency at a time.</summary>
    public static string Posted(UsageImport import) =>
        import.State is UsageImportState.Published ? string.Join(", ", import.Summary.Sums.Select(sum => $"{sum.Posted} {sum.Currency}")) : "";

    /// <summary>The act of publishing, as its button says it.</summary>
    public static string Act(UsageSummary summary) => (summary.Replaced.Length, summary.Entries) switch
    {
        (0, 0) => "Record this delivery",
        (0, _) => $"Post {Count(summary.Entries, "entry", "entries")} to {Count(summary.OrganizationsCharged, "organization", "organizations")}",
        _ => $"Replace {Count(summary.Replaced.Length, "month", "months")}, post {Count(summary.Entries, "difference", "differences")}",
    };

    /// <summary>A figure with its noun.</summary>
    public static string Count(long count, string one, string many) => string.Create(CultureInfo.CurrentCulture, $"{count:N0} {(count == 1 ? one : many)}");
}
