using System.Collections.Immutable;
using System.Data.Common;
using BillingPortal.Domain;
using BillingPortal.Domain.Billing;
using BillingPortal.Domain.Organizations;
using BillingPortal.Domain.Rating;

namespace BillingPortal.Store.Rating;

/// <summary>Reads rated usage.</summary>
internal static class RatedLines
{
    public const string Columns =
        "number, idempotency_key, service, ratezone, quantity, unit, occurred_at, reported_at, rated_at, period, parts, carried, ledger_id, entry_seq, origin, supersedes";

    /// <summary>One more line than <paramref name="most"/> at most, of a month as it stands, in the order of the reports.</summary>
    public static Task<ImmutableArray<RatedLine>> OfMonthAsync(DbConnection connection, OrganizationId organization, BillingPeriod period, string? service, int most) =>
        RatingQueries.ListAsync(connection,
            $"""
            SELECT {Columns} FROM rated_usage WHERE organization_id = @o AND period = @period AND superseded_by IS NULL {(service is null ? "" : "AND service = @service")}
            ORDER BY origin LIMIT @most
            """, Read,
            [("o", organization.Value), ("period", (long)period.Number), ("most", (long)most + 1), .. service is null ? Array.Empty<(string, object)>() : [("service", service)]]);

    public static RatedLine Read(DbDataReader row) => new()
    {
        Number = row.GetInt64(0),
        Key = row.GetString(1),
        Service = row.GetString(2),
        Ratezone = row.GetString(3),
        Quantity = RatingQueries.Exact(row, 4),
        Unit = row.GetString(5),
        OccurredAt = new Instant(row.GetInt64(6)),
        ReportedAt = new Instant(row.GetInt64(7)),
        RatedAt = new Instant(row.GetInt64(8)),
        Period = RatingQueries.Month(row, 9),
        Parts = RatedJson.Parts(row.GetString(10)),
        CarriedOut = RatingQueries.Exact(row, 11),
        Ledger = new OrganizationId(row.GetInt64(12)),
        EntrySeq = row.IsDBNull(13) ? null : row.GetInt64(13),
        Origin = row.GetInt64(14),
        Supersedes = row.IsDBNull(15) ? null : row.GetInt64(15),
    };
}
