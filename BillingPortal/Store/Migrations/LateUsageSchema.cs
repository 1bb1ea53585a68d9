namespace BillingPortal.Store.Migrations;

/// <summary>
/// Entries of usage that stand in a later month than the one it was used in, since that one was closed (rules §3): what is given back for a month undoes
/// that month's draws, wherever they are booked. The month stands in the entry's detail, too; this finds it.
/// </summary>
public static class LateUsageSchema
{
    /// <summary>For SQLite.</summary>
    public static string Sqlite { get; } = Of("INTEGER", " WITHOUT ROWID", "json_extract(e.detail, '$.period')");

    /// <summary>For PostgreSQL.</summary>
    public static string Postgres { get; } = Of("bigint", "", "(e.detail::json ->> 'period')");

    /// <summary>Takes it away again.</summary>
    public const string Drop = "DROP TABLE late_usage;";

    private static string Of(string number, string withoutRowId, string month) => $"""
        CREATE TABLE late_usage (
          organization_id {number} NOT NULL, period {number} NOT NULL, seq {number} NOT NULL, PRIMARY KEY (organization_id, seq)){withoutRowId};
        CREATE INDEX late_usage_month ON late_usage (organization_id, period, seq);
        INSERT INTO late_usage (organization_id, period, seq)
          SELECT m.organization_id, m.month, m.seq FROM (
            SELECT e.organization_id, e.seq, e.period, CAST(replace({month}, '-', '') AS {number}) AS month FROM journal_entry e
            WHERE e.kind IN (1, 2) AND e.detail LIKE '%"period":"%') m
          WHERE m.month < m.period;
        """;
}
