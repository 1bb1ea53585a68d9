using System.Collections.Immutable;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Rating;
using BillingPortal.Store.Reading;
using BillingPortal.Store.Writing;

namespace BillingPortal.Store.Rating;

/// <summary>Reads rated usage for pages and programs. Whoever calls has asked whether it may.</summary>
public static class RatedUsageReading
{
    /// <summary>The line with this number; null where there is none.</summary>
    public static async Task<RatedLine?> LineAsync(BillingStore store, long organization, long number, CancellationToken cancel)
    {
        var connection = await JournalReading.OpenAsync(store, cancel);
        return (await RatingQueries.ListAsync(connection, $"SELECT {RatedLines.Columns} FROM rated_usage WHERE organization_id = @o AND number = @n", RatedLines.Read,
            ("o", organization), ("n", number))).FirstOrDefault();
    }

    /// <summary>Lines as they stand, newest first, before the line <paramref name="before"/>; of one month where one is named. One more than asked for tells that there are more.</summary>
    public static async Task<ImmutableArray<RatedLine>> PageAsync(
        BillingStore store, OrganizationId organization, BillingPeriod? period, long? before, int rows, CancellationToken cancel)
    {
        var connection = await JournalReading.OpenAsync(store, cancel);
        return await RatingQueries.ListAsync(connection,
            $"""
            SELECT {RatedLines.Columns} FROM rated_usage WHERE organization_id = @o AND superseded_by IS NULL {(period is null ? "" : "AND period = @period")}
              AND origin < @before ORDER BY origin DESC LIMIT @rows
            """, RatedLines.Read,
            [("o", organization.Value), ("before", before ?? long.MaxValue), ("rows", (long)rows + 1), .. period is { } month ? [("period", (long)month.Number)] : Array.Empty<(string, object)>()]);
    }

    /// <summary>Everything that a report's line was before, newest first.</summary>
    public static async Task<ImmutableArray<RatedLine>> HistoryAsync(BillingStore store, OrganizationId organization, long origin, CancellationToken cancel)
    {
        var connection = await JournalReading.OpenAsync(store, cancel);
        return await RatingQueries.ListAsync(connection, $"SELECT {RatedLines.Columns} FROM rated_usage WHERE organization_id = @o AND origin = @n ORDER BY number DESC", RatedLines.Read,
            ("o", organization.Value), ("n", origin));
    }

    /// <summary>The months that have rated usage, newest first.</summary>
    public static async Task<ImmutableArray<BillingPeriod>> MonthsAsync(BillingStore store, OrganizationId organization, CancellationToken cancel)
    {
        var connection = await JournalReading.OpenAsync(store, cancel);
        return await RatingQueries.ListAsync(connection, "SELECT DISTINCT period FROM rated_month WHERE organization_id = @o ORDER BY period DESC", row => RatingQueries.Month(row, 0),
            ("o", organization.Value));
    }

    /// <summary>Every ledger that was charged for a month's usage as it stands, of one service or of all.</summary>
    public static async Task<ImmutableArray<OrganizationId>> LedgersAsync(BillingStore store, OrganizationId organization, BillingPeriod period, string? service, CancellationToken cancel)
    {
        var connection = await JournalReading.OpenAsync(store, cancel);
        return await RatingQueries.ListAsync(connection,
            $"SELECT DISTINCT ledger_id FROM rated_usage WHERE organization_id = @o AND period = @period AND superseded_by IS NULL {(service is null ? "" : "AND service = @service")} ORDER BY ledger_id",
            row => new OrganizationId(row.GetInt64(0)), [("o", organization.Value), ("period", (long)period.Number), .. service is null ? Array.Empty<(string, object)>() : [("service", service)]]);
    }
}
